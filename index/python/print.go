package python

import (
	"hash/maphash"

	"github.com/rells-dev/rells/index/facts"
)

// printer hashes what a file says, without the places where it says it.
type printer struct{ maphash.Hash }

// printOf is a fingerprint of what a file says: equal prints mean equal meaning.
func printOf(f *facts.File) uint64 {
	p := &printer{}
	p.SetSeed(seed)
	for _, imp := range f.Imports {
		p.texts(imp.Path.Text, imp.Name.Text, imp.Member.Text)
		maphash.WriteComparable(&p.Hash, imp.Checking)
	}
	for i := range f.Decls {
		d := &f.Decls[i]
		p.texts("class", d.Name.Text, d.Within)
		p.value(d.Value)
		p.values(d.Args)
		p.values(d.Decorators)
		for j := range d.Type.Fields {
			p.field(&d.Type.Fields[j])
		}
	}
	for i := range f.Methods {
		m := &f.Methods[i]
		p.texts("def", m.Receiver, m.Name.Text)
		p.values(m.Decorators)
		if m.Returns != nil {
			p.value(&m.Returns.Value)
		}
	}
	p.values(f.Statements)
	for i := range f.Defined {
		p.texts(f.Defined[i].Name)
	}
	for i := range f.Extensions {
		p.value(&f.Extensions[i].Of)
		p.field(&f.Extensions[i].Field)
	}
	return p.Sum64()
}

// outlineOf is a fingerprint of what names a file has, and where they come from, on which
// all depends that names stand for.
func outlineOf(f *facts.File) uint64 {
	p := &printer{}
	p.SetSeed(seed)
	for i := range f.Imports {
		p.texts("import", f.Imports[i].Path.Text, f.Imports[i].Name.Text, f.Imports[i].Member.Text)
	}
	for i := range f.Decls {
		p.texts("class", f.Decls[i].Name.Text, f.Decls[i].Within)
		maphash.WriteComparable(&p.Hash, f.Decls[i].Value != nil)
	}
	for i := range f.Defined {
		p.texts("def", f.Defined[i].Name)
	}
	return p.Sum64()
}

func (p *printer) texts(texts ...string) {
	for _, s := range texts {
		p.WriteString(s)
		p.WriteByte(0)
	}
}

func (p *printer) field(f *facts.Field) {
	p.texts(f.Name.Text)
	maphash.WriteComparable(&p.Hash, [2]bool{f.Embedded, f.Optional})
	p.value(f.Annotation)
	p.value(f.Value)
}

func (p *printer) values(list []facts.Value) {
	maphash.WriteComparable(&p.Hash, len(list))
	for i := range list {
		p.value(&list[i])
	}
}

func (p *printer) value(v *facts.Value) {
	if v == nil {
		p.WriteByte(0xff)
		return
	}
	p.WriteByte(byte(v.Kind))
	p.texts(v.Name.Text, v.Key.Text)
	maphash.WriteComparable(&p.Hash, v.Spread)
	if v.Kind != facts.TextValue { // there it is but another view of the text
		p.value(v.Of)
	}
	p.values(v.Args)
}
