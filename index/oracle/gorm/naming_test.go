package oracle

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"github.com/rells-dev/rells/index/oracle/gorm/generate"
)

// TestNaming holds rells, with the naming strategy in its settings, against GORM
// with the same strategy: one batch of models under each.
func TestNaming(t *testing.T) {
	seed := *seedFlag
	if seed == 0 {
		seed = rand.Uint64N(1 << 32)
	}
	fmt.Printf("naming: seed %d (RELLS_ORACLE_SEED repeats it)\n", seed)
	cases, err := generate.Cases("testdata/rules")
	if err != nil {
		t.Fatal(err)
	}
	b := growBatch(t, generate.New(seed, cases))
	for _, strategy := range []struct{ naming, settings string }{
		{`{"TablePrefix":"shop_"}`, `table_prefix = "shop_"`},
		{`{"SingularTable":true}`, `singular_table = true`},
		{`{"NoLowerCase":true}`, `no_lower_case = true`},
		{`{"TablePrefix":"S.","SingularTable":true,"NoLowerCase":true}`,
			"table_prefix = 'S.'\nsingular_table = true\nno_lower_case = true"},
	} {
		t.Run(strategy.settings, func(t *testing.T) {
			b.naming = strategy.naming
			text := []byte("[gorm]\n" + strategy.settings + "\n")
			if err := os.WriteFile(filepath.Join(b.dir, "rells.toml"), text, 0o644); err != nil {
				t.Fatal(err)
			}
			b.mustAgree(t)
		})
	}
}
