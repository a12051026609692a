package golang

import (
	"cmp"
	"hash/maphash"
	"maps"
	"slices"
	"strings"

	"github.com/rells-dev/rells/index/facts"
)

// prints are fingerprints of what a file says, without the places where it says
// it: equal prints mean equal meaning. They hold within one process.
type prints struct {
	file     uint64   // what the file itself adds to each of its declarations
	decls    []uint64 // by index in File.Decls
	outlines []uint64 // likewise, without the fields that a struct does not embed
	methods  []uint64 // by index in File.Methods
	imports  uint64
	dots     uint64 // of the dot imports alone
}

var seed = maphash.MakeSeed()

// printer hashes facts, each string and number with its end marked.
type printer struct{ maphash.Hash }

func newPrinter() *printer {
	p := &printer{}
	p.SetSeed(seed)
	return p
}

func (p *printer) text(s string) {
	p.WriteString(s)
	p.WriteByte(0)
}

func (p *printer) flags(flags ...bool) {
	for _, f := range flags {
		if f {
			p.WriteByte(1)
		} else {
			p.WriteByte(2)
		}
	}
}

func (p *printer) number(n int) { maphash.WriteComparable(&p.Hash, n) }

func combine(a, b uint64) uint64 { return maphash.Comparable(seed, [2]uint64{a, b}) }

func printsOf(base string, f *facts.File) prints {
	var out prints
	p := newPrinter()
	p.text(base)
	p.flags(f.Included, f.Generated, f.ValidUTF8)
	out.file = p.Sum64()

	out.decls, out.outlines = make([]uint64, len(f.Decls)), make([]uint64, len(f.Decls))
	for i := range f.Decls {
		d := &f.Decls[i]
		p.Reset()
		p.declared(f, d)
		p.outline(&d.Type)
		out.outlines[i] = p.Sum64()
		p.expr(&d.Type)
		out.decls[i] = p.Sum64()
	}
	out.methods = make([]uint64, len(f.Methods))
	for i := range f.Methods {
		p.Reset()
		p.method(&f.Methods[i])
		out.methods[i] = p.Sum64()
	}

	all, dots := newPrinter(), newPrinter()
	for _, imp := range f.Imports {
		all.text(imp.Name.Text)
		all.text(imp.Path.Text)
		if imp.Name.Text == "." {
			dots.text(imp.Path.Text)
		}
	}
	out.imports, out.dots = all.Sum64(), dots.Sum64()
	return out
}

// declared prints what a declaration says beside its type expression.
func (p *printer) declared(f *facts.File, d *facts.Decl) {
	p.text(d.Within)
	p.flags(d.Alias)
	p.number(len(d.Params))
	for _, param := range d.Params {
		p.text(param)
	}
	if d.Within != "" {
		// Which local types the declaration sees is part of what it means.
		met := map[string]int{}
		for i := range f.Decls {
			if other := &f.Decls[i]; other.Within == d.Within {
				met[other.Name.Text]++
				if holds(other.Scope, d.Span.Start) {
					p.text(other.Name.Text)
					p.number(met[other.Name.Text])
				}
			}
		}
	}
}

// outline prints what a type expression says but for the fields that a struct does not
// embed: all that counts for what its methods are.
func (p *printer) outline(e *facts.Expr) {
	if e.Kind != facts.StructExpr {
		p.expr(e)
		return
	}
	p.WriteByte(byte(e.Kind))
	for i := range e.Fields {
		if f := &e.Fields[i]; f.Embedded {
			p.text(f.Name.Text)
			p.expr(&f.Type)
		}
	}
}

// holds reports whether the name of a local type of the given scope can be used
// at an offset.
func holds(scope facts.Span, offset int32) bool {
	return scope.Start <= offset && offset < scope.End
}

func (p *printer) expr(e *facts.Expr) {
	if e == nil {
		p.WriteByte(0xff)
		return
	}
	p.WriteByte(byte(e.Kind))
	p.text(e.Package)
	p.text(e.Name)
	p.text(e.Length)
	p.number(len(e.Args))
	for i := range e.Args {
		p.expr(&e.Args[i])
	}
	if e.Key != nil {
		p.expr(e.Key)
	}
	if e.Elem != nil {
		p.expr(e.Elem)
	}
	p.number(len(e.Fields))
	for i := range e.Fields {
		p.field(&e.Fields[i])
	}
}

func (p *printer) field(f *facts.Field) {
	p.text(f.Name.Text)
	p.text(f.Literal.Text)
	p.flags(f.Embedded, f.Exported, f.Open, f.Literal.IsZero())
	p.number(int(f.Group))
	p.number(len(f.Tags))
	for i := range f.Tags {
		t := &f.Tags[i]
		p.text(t.Key.Text)
		p.text(t.Value.Text)
		p.WriteByte(byte(t.Defect))
		p.flags(t.Visible)
	}
	p.expr(&f.Type)
}

func (p *printer) method(m *facts.Method) {
	p.text(m.Receiver)
	p.text(m.Name.Text)
	p.text(m.Literal.Text)
	p.flags(m.Pointer, m.Literal.IsZero())
	p.number(m.Params)
	p.number(int(m.Zero))
	p.number(len(m.Results))
	for i := range m.Results {
		p.expr(&m.Results[i])
	}
	p.function(m.Returns)
}

func (p *printer) function(f *facts.Function) {
	p.flags(f != nil)
	if f == nil {
		return
	}
	p.text(f.Self)
	p.flags(f.Variadic)
	p.number(len(f.Params))
	for _, param := range f.Params {
		p.text(param)
	}
	p.value(&f.Value)
}

// definition is the print of what a name is defined as.
func (p *printer) definition(d *facts.Definition) uint64 {
	p.Reset()
	p.text(d.Text.Text)
	p.function(d.Function)
	return p.Sum64()
}

func (p *printer) value(v *facts.Value) {
	p.WriteByte(byte(v.Kind))
	p.text(v.Name.Text)
	p.text(v.Key.Text)
	p.flags(v.Spread, v.Of != nil)
	if v.Of != nil {
		p.value(v.Of)
	}
	p.expr(v.Type)
	p.number(len(v.Args))
	for i := range v.Args {
		p.value(&v.Args[i])
	}
}

// Names of the symbols that are not types; see facts.Symbol.
const (
	packageImports = "import"
	packageTypes   = "type"
)

func fileImports(base string) string { return "import " + base }

func outlineOf(name string) string { return outlinePrefix + name }

const outlinePrefix = "outline "

func dotImports(base string) string { return "import . " + base }

// changes lists the symbols that differ between two states of the packages of a
// folder, sorted.
func changes(before, after []*pkg) []facts.Symbol {
	var changed []facts.Symbol
	for _, old := range before {
		if packageAt(after, old.path) == nil {
			changed = append(changed, diff(old, &pkg{path: old.path})...)
		}
	}
	for _, pk := range after {
		old := packageAt(before, pk.path)
		if old == nil {
			old = &pkg{path: pk.path}
		}
		changed = append(changed, diff(old, pk)...)
	}
	slices.SortFunc(changed, func(a, b facts.Symbol) int {
		return cmp.Or(strings.Compare(a.Package, b.Package), strings.Compare(a.Name, b.Name))
	})
	return slices.Compact(changed)
}

func packageAt(packages []*pkg, path string) *pkg {
	for _, pk := range packages {
		if pk.path == path {
			return pk
		}
	}
	return nil
}

// diff lists the symbols that differ between two states of one package.
func diff(old, now *pkg) []facts.Symbol {
	var names []string
	if old.name != now.name || old.importable != now.importable {
		names = append(names, "")
	}
	if old.importSet() != now.importSet() {
		names = append(names, packageImports)
	}
	others := false
	for name, ts := range now.types {
		was := old.types[name]
		if was == nil || was.print != ts.print {
			names = append(names, name)
		}
		if was == nil || was.outline != ts.outline {
			names = append(names, outlineOf(name))
		}
		others = others || was == nil && ts.decl.Within == ""
	}
	for name, was := range old.types {
		if now.types[name] == nil {
			names = append(names, name, outlineOf(name))
			others = others || was.decl.Within == ""
		}
	}
	if others {
		names = append(names, packageTypes)
	}
	for _, name := range names {
		if first, _, numbered := strings.Cut(name, "#"); numbered {
			names = append(names, first) // a look-up chooses among all of that name
		}
	}
	names = append(names, definitionDiff(old, now)...)
	names = append(names, fileDiff(old, now)...)
	symbols := make([]facts.Symbol, len(names))
	for i, name := range names {
		symbols[i] = facts.Symbol{Package: now.path, Name: name}
	}
	return symbols
}

// fileDiff names the import lists that differ between two states of a package.
func fileDiff(old, now *pkg) []string {
	var names []string
	was := map[string]*sourceFile{}
	for _, f := range old.files {
		was[f.base] = f
	}
	for _, f := range now.files {
		o := was[f.base]
		delete(was, f.base)
		if o == nil || o.prints.imports != f.prints.imports {
			names = append(names, fileImports(f.base))
		}
		if o == nil || o.prints.dots != f.prints.dots {
			names = append(names, dotImports(f.base))
		}
	}
	for base := range was {
		names = append(names, fileImports(base), dotImports(base))
	}
	return names
}

// definitionDiff names the constants and functions that differ between two states of a
// package. A name means another thing where what one of its files says of it does.
func definitionDiff(old, now *pkg) []string {
	var names []string
	was := map[string]*sourceFile{}
	for _, f := range old.files {
		was[f.base] = f
	}
	for _, f := range now.files {
		o := was[f.base]
		delete(was, f.base)
		if o != f {
			names = append(names, f.definitionDiff(o)...)
		}
	}
	for _, o := range was {
		names = append(names, o.definitionDiff(nil)...)
	}
	return names
}

// definitionDiff names the definitions that differ between two states of a file; o is nil
// for one that was not there.
func (f *sourceFile) definitionDiff(o *sourceFile) []string {
	var names []string
	p := newPrinter()
	was := map[string]uint64{}
	if o != nil && o.prints.file == f.prints.file {
		for i := range o.facts.Defined {
			d := &o.facts.Defined[i]
			was[d.Name] = combine(was[d.Name], p.definition(d))
		}
	} else if o != nil {
		names = o.definitionDiff(nil)
	}
	is := map[string]uint64{}
	for i := range f.facts.Defined {
		d := &f.facts.Defined[i]
		is[d.Name] = combine(is[d.Name], p.definition(d))
	}
	for name, print := range is {
		if was[name] != print {
			names = append(names, name)
		}
		delete(was, name)
	}
	return slices.AppendSeq(names, maps.Keys(was))
}

// importSet fingerprints the set of paths that the package imports.
func (pk *pkg) importSet() uint64 {
	p := newPrinter()
	for _, path := range pk.imports() {
		p.text(path)
	}
	return p.Sum64()
}

// imports lists the paths that the package imports, without its tests, sorted.
func (pk *pkg) imports() []string {
	var paths []string
	for _, f := range pk.files {
		if f.test && pk.importable {
			continue
		}
		for _, imp := range f.facts.Imports {
			paths = append(paths, imp.Path.Text)
		}
	}
	slices.Sort(paths)
	return slices.Compact(paths)
}
