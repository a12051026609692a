package oracle

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"testing"
)

// root is the root of rells' repository, seen from this folder.
var root = filepath.Join("..", "..", "..")

// rells is the command that is held against GORM.
var rells Rells

var rellsFlag = flag.String("rells", "", "the rells command, built; where empty it is built from this repository")

// TestMain builds rells once for all tests.
func TestMain(m *testing.M) {
	os.Exit(run(m))
}

func run(m *testing.M) int {
	flag.Parse()
	if rells = Rells(*rellsFlag); rells != "" {
		return m.Run()
	}
	dir, err := os.MkdirTemp("", "rells-oracle-")
	if err != nil {
		fmt.Println(err)
		return 1
	}
	defer os.RemoveAll(dir)
	if rells, err = BuildRells(root, dir); err != nil {
		fmt.Println(err)
		return 1
	}
	return m.Run()
}
