package ask

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Program is a program that asks an ORM about worlds: packages of generated models.
type Program struct {
	Truth  string // import path of the package truth, which asks the ORM
	Gather string // declares what is gathered of the worlds: "models []any"
	World  string // gathers it of one, whose package is %[1]s: "models = append(models, %[1]s.Models()...)"
	Print  string // asks about it and prints what the ORM says as JSON, or is an error: "truth.Print(os.Stdout, models...)"
	// More are files beside the program, by their slash-separated names: "rells.toml".
	More map[string][]byte
}

// NewWorlds writes a module as [NewModule] does: worlds, whose source is given by the
// names of their packages, and a program in the folder ask.
func NewWorlds(dir string, worlds map[string][]byte, program Program) (*Module, error) {
	files := map[string][]byte{"ask/main.go": program.source(slices.Sorted(maps.Keys(worlds)))}
	maps.Copy(files, program.More)
	for name, source := range worlds {
		files[name+"/models.go"] = source
	}
	return NewModule(dir, files)
}

func (p Program) source(worlds []string) []byte {
	var imports, gathering strings.Builder
	for _, name := range worlds {
		fmt.Fprintf(&imports, "\t%q\n", ModulePath+"/"+name)
		fmt.Fprintf(&gathering, "\t"+p.World+"\n", name)
	}
	return fmt.Appendf(nil, `package main

import (
	"log"
	"os"

	%q
%s)

func main() {
	var %s
%s	if err := %s; err != nil {
		log.Fatal(err)
	}
}
`, p.Truth, imports.String(), p.Gather, gathering.String(), p.Print)
}
