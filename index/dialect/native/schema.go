package native

import (
	"slices"
	"strings"

	"github.com/rells-dev/rells/index/dialect"
	"github.com/rells-dev/rells/index/facts"
	"github.com/rells-dev/rells/index/relation"
)

// schema is a struct with the fields of the structs that it embeds.
type schema struct {
	typ    facts.Type
	name   string
	fields []*field
	open   bool // embeds what could not be resolved
}

// field is one field of a schema.
type field struct {
	facts.StructField
	path     []string // names of the embedded structs on the way, then its own
	selector string
	target   facts.Type // the struct it leads to, nil for none
	many     bool
	unknown  bool // it cannot be told where it leads

	tagged bool // carries a tag of ours, well formed or not
	items  []dialect.Item
	stated relation.Statement
	bad    []malformed
}

const maxEmbedding = 16

func newSchema(s dialect.Scope, t facts.Type) *schema {
	sch := &schema{typ: t, name: dialect.TypeName(t)}
	sch.collect(s, t, nil, nil)
	for _, f := range sch.fields {
		f.selector = dialect.Selector(t, f.path)
		f.stated.Field = relation.FieldID{Model: t.Ref(), Field: f.selector}
	}
	return sch
}

// collect takes in the fields of a struct that stands at the end of the path.
func (sch *schema) collect(s dialect.Scope, t facts.Type, path []string, above []facts.Ref) {
	if len(path) > maxEmbedding || slices.Contains(above, t.Ref()) {
		return
	}
	above = append(slices.Clone(above), t.Ref())
	for _, sf := range t.Fields() {
		f := newField(s, sf, path)
		base := dialect.Indirect(sf.Type)
		switch {
		case !sf.Embedded || f.tagged:
			sch.fields = append(sch.fields, f)
		case base == nil || base.Shape() == facts.Unknown:
			sch.open = true
		case base.Shape() == facts.Struct:
			sch.collect(s, base, f.path, above)
		}
	}
}

func newField(s dialect.Scope, sf facts.StructField, path []string) *field {
	f := &field{StructField: sf, path: append(slices.Clone(path), sf.Name.Text)}
	elem, many := dialect.Element(sf.Type)
	f.many = many
	f.unknown = elem == nil || elem.Shape() == facts.Unknown
	if !f.unknown && elem.Shape() == facts.Struct {
		f.target = elem
	}
	tag, ok := sf.Tag(key(s, sf.File))
	if !ok {
		return f
	}
	f.tagged = true
	f.items = lex(tag.Value)
	f.stated, f.bad = state(f.items)
	f.stated.Place = f.place()
	f.stated.File = sf.File.Path
	f.stated.Value = tag.Value
	if f.target != nil {
		f.stated.Target = f.target.Ref()
	}
	return f
}

func (f *field) place() relation.Place {
	return relation.Place{File: f.File.Path, Span: f.Name.Span}
}

// declares reports whether the field's tag speaks of a relation.
func (f *field) declares() bool { return f.tagged && ours(f.items) && !f.stated.Not }

// lookUp finds a field by its selector or by its full path; nil for none.
func (sch *schema) lookUp(name string) *field {
	for _, f := range sch.fields {
		if f.selector == name || strings.Join(f.path, ".") == name {
			return f
		}
	}
	return nil
}

// primary is the primary key: the field ID, or Id.
func (sch *schema) primary() *field {
	if f := sch.lookUp("ID"); f != nil {
		return f
	}
	return sch.lookUp("Id")
}

// conventional finds the key that a prefix makes: AuthorID, or AuthorId.
func (sch *schema) conventional(prefix string) *field {
	if f := sch.lookUp(prefix + "ID"); f != nil {
		return f
	}
	return sch.lookUp(prefix + "Id")
}

func (sch *schema) id(f *field) relation.FieldID {
	return relation.FieldID{Model: sch.typ.Ref(), Field: f.selector}
}
