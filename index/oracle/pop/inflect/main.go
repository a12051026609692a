// Command inflect writes the words by which flect forms names, as far as pop's depend on
// them, for index/dialect/pop: it takes them out of the module's own source, since flect
// exports none of them.
//
//	go run ./inflect > ../../dialect/pop/flect.txt
package main

import (
	"bufio"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

const module = "github.com/gobuffalo/flect"

func main() {
	out := bufio.NewWriter(os.Stdout)
	if err := write(out); err != nil {
		log.Fatal(err)
	}
	if err := out.Flush(); err != nil {
		log.Fatal(err)
	}
}

func write(out io.Writer) error {
	listed, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}} {{.Version}}", module).Output()
	if err != nil {
		return err
	}
	dir, version, _ := strings.Cut(strings.TrimSpace(string(listed)), " ")
	fmt.Fprintf(out, "# what %s %s knows of names, by index/oracle/pop/inflect\n", module, version)
	words, err := variable(filepath.Join(dir, "acronyms.go"), "baseAcronyms")
	if err != nil {
		return err
	}
	var acronyms []string
	for _, e := range words.Elts {
		// names are looked up in upper case: gbps and WiFi are never found
		if word := text(e.(*ast.KeyValueExpr).Key); word == strings.ToUpper(word) {
			acronyms = append(acronyms, word)
		}
	}
	slices.Sort(acronyms)
	for _, word := range acronyms {
		fmt.Fprintln(out, "acronym", word)
	}
	rules := filepath.Join(dir, "plural_rules.go")
	if words, err = variable(rules, "dictionary"); err != nil {
		return err
	}
	for _, e := range words.Elts {
		fmt.Fprintln(out, entry(e.(*ast.CompositeLit)))
	}
	if words, err = variable(rules, "singularToPluralSuffixList"); err != nil {
		return err
	}
	for _, e := range words.Elts {
		pair := e.(*ast.CompositeLit).Elts
		fmt.Fprintln(out, "suffix", text(pair[0]), text(pair[1]))
	}
	return nil
}

// entry is a word of the dictionary: its singular and plural, behind them another plural
// from which the singular is known; whole words alone are not looked for at the end of
// longer ones, and of one-way ones the plural is no name for the singular.
func entry(word *ast.CompositeLit) string {
	of := map[string]string{}
	for _, e := range word.Elts {
		pair := e.(*ast.KeyValueExpr)
		of[pair.Key.(*ast.Ident).Name] = text(pair.Value)
	}
	kind := "word"
	if of["exact"] == "true" {
		kind = "whole"
	}
	if of["unidirectional"] == "true" {
		kind = "oneway"
	}
	plural := of["plural"]
	if plural == "" {
		plural = of["singular"]
	}
	return strings.TrimSpace(fmt.Sprint(kind, " ", of["singular"], " ", plural, " ", of["alternative"]))
}

// variable finds the literal that a variable is initialised with.
func variable(path, name string) (*ast.CompositeLit, error) {
	file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
	if err != nil {
		return nil, err
	}
	for _, decl := range file.Decls {
		g, ok := decl.(*ast.GenDecl)
		if !ok || g.Tok != token.VAR {
			continue
		}
		for _, s := range g.Specs {
			if v := s.(*ast.ValueSpec); v.Names[0].Name == name && len(v.Values) == 1 {
				return v.Values[0].(*ast.CompositeLit), nil
			}
		}
	}
	return nil, fmt.Errorf("%s declares no %s", path, name)
}

func text(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.BasicLit:
		s, err := strconv.Unquote(e.Value)
		if err != nil {
			return e.Value
		}
		return s
	case *ast.Ident:
		return e.Name
	}
	return ""
}
