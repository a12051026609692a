package beego

import (
	"slices"
	"strings"

	"github.com/rells-dev/rells/index/dialect"
	"github.com/rells-dev/rells/index/facts"
	"github.com/rells-dev/rells/index/relation"
)

// schema is what Beego knows of a model before it looks at others (ModelInfo). Once made
// it is read only.
type schema struct {
	typ     facts.Type
	table   string
	renamed bool // the table may be called otherwise, which cannot be told

	fields  []*field // in Beego's order: embedded ones in place of the structs that embed them
	ignored []*field
	primary *field // nil for none

	// open: a struct is embedded, or a field has a type, that could not be resolved.
	// There may be fields that nobody has seen, so that not finding one means nothing.
	open     bool
	naming   naming
	troubles []trouble
}

// field is one field of a schema (FieldInfo).
type field struct {
	path     []string // the names from the model to the field
	column   string
	tag      tag
	decl     *facts.Field // nil for one that is to be added
	file     *facts.File
	typ      facts.Type
	kind     fieldKind
	primary  bool
	stored   relation.Stored
	mistaken bool   // Beego refuses it
	through  string // table of the model that a rel(m2m) names with rel_through; "" where that cannot be told
}

// fieldKind is what Beego takes a field for.
type fieldKind uint8

const (
	unknownField fieldKind = iota // its type cannot be told
	columnField
	foreignKey  // rel(fk)
	oneToOne    // rel(one)
	manyToMany  // rel(m2m)
	reverseOne  // reverse(one)
	reverseMany // reverse(many)
)

// isRelation reports whether the field leads to another model.
func (f *field) isRelation() bool { return f.kind > columnField }

// holdsKey reports whether the field is the column of a foreign key.
func (f *field) holdsKey() bool { return f.kind == foreignKey || f.kind == oneToOne }

// name is the field's own name.
func (f *field) name() string { return f.path[len(f.path)-1] }

// place is where the field's name stands; zero for one that no source declares yet.
func (f *field) place() relation.Place { return dialect.NamePlace(f.file, f.decl) }

// target is the struct that a relation leads to, behind the one pointer, or the slice of
// pointers, that Beego wants there; nil where there is none. Of what Beego refuses it is
// the struct that was meant, of one that is to be added its type.
func (f *field) target() facts.Type {
	t, _ := dialect.Element(f.typ)
	if f.decl != nil && !f.mistaken && f.isRelation() {
		t = f.typ.Elem()
		if f.kind == manyToMany || f.kind == reverseMany {
			t = t.Elem()
		}
	}
	if t == nil || t.Shape() != facts.Struct {
		return nil
	}
	return t
}

// leadsTo reports whether a relation leads to a model.
func (f *field) leadsTo(sch *schema) bool {
	t := f.target()
	return t != nil && t.Ref() == sch.typ.Ref()
}

// parse reads a struct as a model (NewModelInfo).
func parse(s dialect.Scope, t facts.Type) *schema {
	p := parser{scope: s, sch: &schema{typ: t, naming: namingOf(s, t)}}
	table, known := tableOf(s, t)
	p.sch.table, p.sch.renamed = table, !known
	p.fields(t, nil)
	p.sch.findPrimary()
	return p.sch
}

// parser reads the fields of one model.
type parser struct {
	scope     dialect.Scope
	sch       *schema
	embedding []facts.Ref // the structs being read, outermost first
}

// maxEmbedding bounds the depth of embedded structs.
const maxEmbedding = 16

// fields reads the fields of a struct (AddModelFields): what is not exported is passed
// over, an embedded struct of an unexported type with all that it has.
func (p *parser) fields(t facts.Type, path []string) {
	p.embedding = append(p.embedding, t.Ref())
	defer func() { p.embedding = p.embedding[:len(p.embedding)-1] }()
	for _, sf := range t.Fields() {
		f := &field{
			path: append(slices.Clone(path), sf.Name.Text), tag: parseTag(sf.Field),
			decl: sf.Field, file: sf.File, typ: sf.Type,
		}
		switch {
		case !sf.Exported:
		case sf.Embedded:
			p.embed(f)
		case f.tag.has("-"):
			p.sch.ignored = append(p.sch.ignored, f)
		default:
			p.field(f)
		}
	}
}

// embed reads the fields of an embedded struct, whatever its tag says. Beego panics on
// one that is embedded by pointer, or is none.
func (p *parser) embed(f *field) {
	sch := p.sch
	switch t := f.typ; {
	case t == nil || t.Shape() == facts.Unknown, slices.Contains(p.embedding, t.Ref()), len(p.embedding) > maxEmbedding:
		sch.open = true
	case t.Shape() == facts.Struct:
		p.fields(t, f.path)
	default:
		sch.trouble(f, sch.embedsNoStruct(f))
	}
}

// field reads a field that is not embedded, and enters it.
func (p *parser) field(f *field) {
	sch := p.sch
	f.kind = kindOf(f)
	sch.checkTag(f)
	sch.checkType(f)
	f.column = sch.columnOf(f)
	f.through = p.throughTable(f)
	if f.kind == columnField {
		f.stored = stored(f.typ)
	}
	sch.checkColumn(f)
	if f.kind == unknownField {
		sch.open = sch.open || !f.mistaken
	}
	if other := sch.clashing(f); other != nil {
		sch.trouble(f, sch.duplicate(f, other))
	}
	f.primary = (f.tag.has("pk") || f.tag.has("auto")) && (f.kind <= columnField || f.holdsKey())
	if f.primary && sch.primary != nil {
		sch.trouble(f, sch.secondKey(f))
	} else if f.primary {
		sch.primary = f
	}
	sch.fields = append(sch.fields, f)
}

// throughTable is the table of the model between the sides of a rel(m2m).
func (p *parser) throughTable(f *field) string {
	_, through := f.joins()
	dot := strings.LastIndexByte(through, '.')
	if f.kind != manyToMany || dot < 0 {
		return ""
	}
	t, ok := p.scope.Declared(facts.Ref{Package: through[:dot], Name: through[dot+1:]})
	if !ok || t.Shape() != facts.Struct {
		return ""
	}
	table, known := tableOf(p.scope, t)
	if !known {
		return ""
	}
	return table
}

// columnOf is the column of a field (getColumnName).
func (sch *schema) columnOf(f *field) string {
	column := f.tag.value("column")
	switch {
	case f.kind > oneToOne:
		return f.name()
	case column != "":
		return column
	case f.holdsKey():
		return sch.naming.column(f.name()) + "_id"
	}
	return sch.naming.column(f.name())
}

// clashing is an earlier field of the same name or column, nil for none (Fields.Add).
func (sch *schema) clashing(f *field) *field {
	for _, other := range sch.fields {
		if other.name() == f.name() || other.column == f.column && (!sch.naming.unsure || other.fixed() && f.fixed()) {
			return other
		}
	}
	return nil
}

// fixed reports whether the column of a field is the same whatever names are made of.
func (f *field) fixed() bool { return f.kind > oneToOne || f.tag.value("column") != "" }

// findPrimary takes an integer field called id for the key of a model that names none
// (ModelCache.Register).
func (sch *schema) findPrimary() {
	if sch.primary != nil {
		return
	}
	for _, f := range sch.fields {
		if f.kind == columnField && strings.EqualFold(f.name(), "id") && counts(f.typ) {
			f.primary, sch.primary = true, f
			return
		}
	}
}

// byName is the field of a name, nil for none.
func (sch *schema) byName(name string) *field {
	for _, f := range sch.fields {
		if f.name() == name {
			return f
		}
	}
	return nil
}

// id identifies a field of the model.
func (sch *schema) id(f *field) relation.FieldID {
	return relation.FieldID{Model: sch.typ.Ref(), Field: dialect.Selector(sch.typ, f.path)}
}

// keyID identifies the column of a field: of a relation, that is no field of its own.
func (sch *schema) keyID(f *field) relation.FieldID {
	if f.isRelation() {
		return relation.FieldID{Model: sch.typ.Ref(), Field: f.column}
	}
	return sch.id(f)
}

// label is what messages call the type of a schema.
func (sch *schema) label() string { return dialect.Label(sch.typ) }
