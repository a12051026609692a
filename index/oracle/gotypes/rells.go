package oracle

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"sync"

	"github.com/rells-dev/rells/index/facts"
	"github.com/rells-dev/rells/index/golang"
	"github.com/rells-dev/rells/index/workspace"
)

// reading is what rells says of a field.
type reading struct {
	target  *target
	basic   string
	unknown bool // rells says that it does not know
}

// view is what rells makes of a module.
type view struct {
	fields map[place]reading
	types  map[place]facts.Type // declared types, by the place of their names
}

// read resolves every field of the given files of a workspace.
func read(root string, files []string, env golang.Environment) (*view, error) {
	program, err := open(root, env)
	if err != nil {
		return nil, err
	}
	v := &view{fields: map[place]reading{}, types: map[place]facts.Type{}}
	session := program.Session()
	for _, path := range files {
		program.Load(filepath.Dir(path))
		f := program.File(path)
		if f == nil {
			continue
		}
		for _, t := range session.Declared(f) {
			_, d := t.Decl()
			v.types[place{path, int(d.Name.Span.Start)}] = t
			if d.Type.Kind == facts.StructExpr {
				v.structure(t)
			}
		}
	}
	return v, nil
}

// open makes a program over a folder, as the index does.
func open(root string, env golang.Environment) (*golang.Program, error) {
	files := workspace.New(workspace.Options{
		Roots:    []string{root},
		Claim:    golang.DecidesNames,
		Enter:    golang.Enters,
		Anywhere: golang.DecidesNames,
	})
	var mu sync.Mutex
	var modules []string
	err := files.Walk(context.Background(), nil, func(path string, _ []byte) {
		mu.Lock()
		defer mu.Unlock()
		modules = append(modules, path)
	})
	if err != nil {
		return nil, err
	}
	slices.Sort(modules)
	program := golang.NewProgram(files, []string{root}, golang.Wanted{}, env)
	program.ModulesChanged(modules)
	files.Allow(program.Outside()...)
	return program, nil
}

// structure takes in the fields of a struct, and of structs without name inside it.
func (v *view) structure(t facts.Type) {
	for _, f := range t.Fields() {
		v.fields[place{f.File.Path, int(f.Name.Span.Start)}] = lead(f.Type)
		inner := f.Type
		for inner.Elem() != nil && inner.Ref().IsZero() && inner.Shape() != facts.Map {
			inner = inner.Elem()
		}
		if inner.Ref().IsZero() && inner.Shape() == facts.Struct {
			v.structure(inner)
		}
	}
}

// lead follows a type to the struct or the basic type behind its elements.
func lead(t facts.Type) reading {
	for range 100 { // a type may be its own element
		switch t.Shape() {
		case facts.Unknown:
			return reading{unknown: true, target: named(t)}
		case facts.Struct:
			if t.Ref().IsZero() {
				return reading{target: &target{name: "struct"}}
			}
			return reading{target: named(t)}
		case facts.Basic:
			return reading{basic: t.Basic()}
		}
		if t.Elem() == nil {
			break
		}
		t = t.Elem()
	}
	return reading{}
}

// named is the target that a declared type is, nil for a type without name.
func named(t facts.Type) *target {
	if t.Ref().IsZero() {
		return nil
	}
	out := &target{name: t.Ref().String()}
	if f, d := t.Decl(); d != nil {
		out.at = fmt.Sprintf("%s:%d", f.Path, line(f, d.Name.Span.Start))
	}
	return out
}

// line is the 1-based line of an offset.
func line(f *facts.File, offset int32) int {
	n, found := slices.BinarySearch(f.Lines, offset)
	if found {
		n++
	}
	return n
}
