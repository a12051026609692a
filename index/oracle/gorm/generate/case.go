package generate

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/parser"
	"go/printer"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"

	"golang.org/x/tools/txtar"
)

// Case is one rule of GORM's as a small piece of Go with holes for its names:
// $O, $T, $U and $W are models, $B and $C structs to embed, $N one with an
// unexported name, $V the type of a column, $L and $M defined slices or
// aliases, $F, $G and $H fields. $ptr is
// "*" or nothing, $many is "[]" or "[]*", $key the type of a key. A list of
// words in braces is joined, and may begin with what makes a name of another:
// ${col T ID} is the column of TID, ${plural O} the table of O, ${sing F} the
// singular of F.
//
// Lines that begin with //want say what GORM makes of it; see Want.
type Case struct {
	Name   string // as "G9/has-before-belongs": the rule, and what of it
	Weight int    // how often it is generated, against the others; 1 unless a line //weight says
	text   string
}

// Cases reads the cases from the txtar files of a folder, in order.
func Cases(dir string) ([]Case, error) {
	files, err := filepath.Glob(filepath.Join(dir, "*.txtar"))
	if err != nil || len(files) == 0 {
		return nil, fmt.Errorf("no cases in %s: %v", dir, err)
	}
	var cases []Case
	for _, file := range files {
		archive, err := txtar.ParseFile(file)
		if err != nil {
			return nil, err
		}
		for _, f := range archive.Files {
			c := Case{Name: f.Name, Weight: 1, text: string(f.Data)}
			if m := weightLine.FindStringSubmatch(c.text); m != nil {
				c.Weight, _ = strconv.Atoi(m[1])
			}
			cases = append(cases, c)
		}
	}
	return cases, nil
}

// Instance is a case with its holes filled.
type Instance struct {
	Case    string
	Types   []*Type
	Want    []Want
	Mistake bool // GORM refuses a model of it
}

// Fill fills the holes of a case. fill is called once for each hole.
func (c Case) Fill(fill func(hole string) string) (Instance, error) {
	filled := map[string]string{}
	hole := func(name string) string {
		if !isHole.MatchString(name) {
			return name
		}
		if _, ok := filled[name]; !ok {
			filled[name] = fill(name)
		}
		return filled[name]
	}
	src := os.Expand(c.text, func(words string) string { return joinWords(strings.Fields(words), hole) })

	inst := Instance{Case: c.Name}
	var err error
	if inst.Want, err = wants(src); err != nil {
		return inst, fmt.Errorf("%s: %v", c.Name, err)
	}
	for _, w := range inst.Want {
		inst.Mistake = inst.Mistake || w.Verdict == "refused"
	}
	inst.Types, err = parseTypes(src)
	if err != nil {
		return inst, fmt.Errorf("%s: %v\n%s", c.Name, err, src)
	}
	for _, t := range inst.Types {
		t.Role = roleOf(t.Name, filled)
		for _, w := range inst.Want {
			t.Mistake = t.Mistake || w.Verdict == "refused" && w.ID == t.Name
		}
	}
	return inst, nil
}

var weightLine = regexp.MustCompile(`(?m)^//weight (\d+)$`)

var isHole = regexp.MustCompile(`^([OTUWBCNVLMFGH]|ptr|many|key)$`)

// joinWords joins the words of one hole of a case; see Case.
func joinWords(words []string, hole func(string) string) string {
	convert := func(s string) string { return s }
	switch words[0] {
	case "col":
		convert, words = column, words[1:]
	case "plural":
		convert, words = table, words[1:]
	case "sing":
		convert, words = singular, words[1:]
	}
	var joined strings.Builder
	for _, w := range words {
		joined.WriteString(hole(w))
	}
	return convert(joined.String())
}

// roleOf tells a type's role by the hole that its name has filled.
func roleOf(name string, filled map[string]string) Role {
	for hole, with := range filled {
		if with != name {
			continue
		}
		switch hole {
		case "B", "C", "N":
			return Base
		case "V", "L", "M":
			return Value
		}
	}
	return Model
}

// parseTypes reads the type and method declarations of a piece of Go.
func parseTypes(src string) ([]*Type, error) {
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "case.go", "package p\n"+src, parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	text := func(n ast.Node) string {
		var b bytes.Buffer
		printer.Fprint(&b, fset, n)
		return b.String()
	}
	var types []*Type
	for _, decl := range file.Decls {
		switch decl := decl.(type) {
		case *ast.GenDecl:
			for _, spec := range decl.Specs {
				types = append(types, parseType(spec.(*ast.TypeSpec), text))
			}
		case *ast.FuncDecl:
			receiver := strings.TrimLeft(text(decl.Recv.List[0].Type), "*")
			receiver, _, _ = strings.Cut(receiver, "[")
			for _, t := range types {
				if t.Name == receiver {
					t.Methods = append(t.Methods, Method{Name: decl.Name.Name, Text: text(decl)})
				}
			}
		}
	}
	return types, nil
}

func parseType(spec *ast.TypeSpec, text func(ast.Node) string) *Type {
	t := &Type{Name: spec.Name.Name, Alias: spec.Assign.IsValid()}
	if spec.TypeParams != nil {
		var params []string
		for _, p := range spec.TypeParams.List {
			for _, n := range p.Names {
				params = append(params, n.Name+" "+text(p.Type))
			}
		}
		t.Params = "[" + strings.Join(params, ", ") + "]"
	}
	body, ok := spec.Type.(*ast.StructType)
	if !ok {
		t.Expr = text(spec.Type)
		return t
	}
	t.Struct = true
	for _, f := range body.Fields.List {
		field := Field{Type: text(f.Type)}
		if f.Tag != nil {
			field.Tag = strings.Trim(f.Tag.Value, "`")
		}
		if len(f.Names) == 0 {
			t.Fields = append(t.Fields, field)
		}
		for _, n := range f.Names {
			field.Name = n.Name
			t.Fields = append(t.Fields, field)
		}
	}
	return t
}
