package ask

import (
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"
)

// Fields is how many relation fields a run compares at least: a fresh sample, or what
// RELLS_ORACLE=full asks for. RELLS_ORACLE_FIELDS sets another number.
func Fields(sample, full int) int {
	if n := number("RELLS_ORACLE_FIELDS"); n > 0 {
		return int(n)
	}
	if os.Getenv("RELLS_ORACLE") == "full" {
		return full
	}
	return sample
}

// Seed draws the seed of a run, or takes that of RELLS_ORACLE_SEED, and prints it.
func Seed() uint64 {
	seed := number("RELLS_ORACLE_SEED")
	if seed == 0 {
		seed = 1 + rand.Uint64N(1<<32)
	}
	fmt.Printf("seed %d (RELLS_ORACLE_SEED repeats it)\n", seed)
	return seed
}

// number reads a variable of the environment; 0 where it is none.
func number(variable string) uint64 {
	n, err := strconv.ParseUint(os.Getenv(variable), 10, 64)
	if err != nil {
		return 0
	}
	return n
}
