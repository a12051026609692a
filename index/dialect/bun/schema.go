package bun

import (
	"fmt"
	"slices"

	"github.com/rells-dev/rells/index/dialect"
	"github.com/rells-dev/rells/index/facts"
	"github.com/rells-dev/rells/index/relation"
)

// schema is what Bun knows of a struct before it looks at its relations
// (schema/table.go, Table). Once made it is read only.
type schema struct {
	typ       facts.Type
	typeName  string // TypeName
	modelName string // ModelName
	table     string // Name

	fields   []*field // allFields: embedded ones in place of the structs that embed them
	relating []*field // relFields: the relations among them, the struct's own first
	ignored  []*field
	byColumn map[string]*field // FieldMap: neither relations nor ignored fields
	primary  []*field          // PKs

	// open: a struct is embedded that could not be resolved. There may be fields
	// that nobody has seen, so that not finding one means nothing.
	open     bool
	troubles []trouble
	mentions []relation.Mention // of tags that are no relation's
}

// field is one field of a schema (schema/field.go, Field).
type field struct {
	goName   string
	path     []string // the names from the model to the field
	index    []int    // reflect.StructField.Index
	column   string   // Name: with the prefixes of the structs it stands in
	tag      tag
	decl     *facts.Field // nil for one that is to be added
	file     *facts.File
	typ      facts.Type
	primary  bool
	scanOnly bool
}

// isRelation reports whether Bun looks for a relation in the field.
func (f *field) isRelation() bool { return f.tag.Has("rel") || f.tag.Has("m2m") }

// indirect takes one pointer off, as Bun does (IndirectType).
func indirect(t facts.Type) facts.Type {
	if t != nil && t.Shape() == facts.Pointer {
		return t.Elem()
	}
	return t
}

// place is where the field's name stands; zero for one that no source declares yet.
func (f *field) place() relation.Place { return dialect.NamePlace(f.file, f.decl) }

// parse reads a struct as a model.
func parse(s dialect.Scope, t facts.Type) *schema {
	return (&parser{scope: s}).parse(t)
}

// parser reads one struct and those that it embeds.
type parser struct {
	scope     dialect.Scope
	embedding []facts.Ref // the structs being read, outermost first
}

// maxEmbedding bounds the depth of embedded structs.
const maxEmbedding = 16

// parse reads the columns and keys of a struct (Table.init and processFields).
func (p *parser) parse(t facts.Type) *schema {
	typeName := dialect.TypeName(t)
	sch := &schema{typ: t, typeName: dialect.UpperFirst(typeName), modelName: dialect.Underscore(typeName), byColumn: map[string]*field{}}
	sch.table = dialect.TableOf(p.scope, t, sch.modelName)
	p.embedding = append(p.embedding, t.Ref())
	defer func() { p.embedding = p.embedding[:len(p.embedding)-1] }()

	taken := map[string]bool{}
	var embedded []embeddedField
	for i, sf := range t.Fields() {
		tag := parseTag(sf.Field)
		f := &field{
			goName: sf.Name.Text, path: []string{sf.Name.Text}, index: []int{i},
			tag: tag, decl: sf.Field, file: sf.File, typ: sf.Type,
		}
		switch {
		case tag.Text == "-":
			taken[f.goName] = true
			sch.ignored = append(sch.ignored, f)
		case !sf.Exported && !sf.Embedded:
		case sf.Embedded && isBaseModel(sf):
			sch.base(f)
		case sf.Embedded:
			embedded = append(embedded, p.anonymous(sch, f)...)
		case tag.Has("embed"):
			embedded = append(embedded, p.embed(sch, f)...)
		default:
			sch.newField(f)
			taken[f.column] = true
		}
	}
	sch.takeEmbedded(embedded, taken)
	return sch
}

// newField makes a column or a relation of a field that stands in the struct itself.
func (sch *schema) newField(f *field) {
	f.column = dialect.Underscore(f.goName)
	if f.tag.Name.Text != "" {
		f.column = f.tag.Name.Text
	}
	if item, ok := f.tag.Last("column"); ok {
		f.column = item.Value.Text
	}
	f.primary = f.tag.Has("pk")
	f.scanOnly = f.tag.Has("scanonly")
	sch.checkField(f)
	sch.addField(f)
}

// addField enters a field (addField): of several with one column the last counts.
func (sch *schema) addField(f *field) {
	sch.fields = append(sch.fields, f)
	if f.isRelation() {
		sch.relating = append(sch.relating, f)
		return
	}
	sch.byColumn[f.column] = f
	if alt, ok := f.tag.Last("alt"); ok {
		sch.byColumn[alt.Value.Text] = f
	}
	if f.primary && !f.scanOnly {
		sch.primary = append(sch.primary, f)
	}
}

// sort puts fields into the order of the source (sortFieldsByStruct).
func (sch *schema) sort() {
	byIndex := func(a, b *field) int { return slices.Compare(a.index, b.index) }
	slices.SortStableFunc(sch.fields, byIndex)
	slices.SortStableFunc(sch.primary, byIndex)
}

// byGoName is the first field, relations included, of a Go name; nil for none.
func (sch *schema) byGoName(name string) *field {
	for _, f := range sch.fields {
		if f.goName == name {
			return f
		}
	}
	return nil
}

// relationTypes are the types of the fields that are relations.
func (sch *schema) relationTypes() []facts.Type {
	var types []facts.Type
	for _, f := range sch.fields {
		if f.isRelation() {
			types = append(types, f.typ)
		}
	}
	return types
}

// id identifies a field of the model.
func (sch *schema) id(f *field) relation.FieldID {
	return relation.FieldID{Model: sch.typ.Ref(), Field: dialect.Selector(sch.typ, f.path)}
}

// label is what messages call the type of a schema.
func (sch *schema) label() string { return dialect.Label(sch.typ) }

const baseModel = "BaseModel"

// isBaseModel reports whether a field is Bun's own BaseModel, which holds the table.
func isBaseModel(f facts.StructField) bool {
	ref := f.Type.Ref()
	return f.Name.Text == baseModel && ref.Name == baseModel && (ref.Package == module || ref.Package == module+"/schema")
}

// base reads the tag of bun.BaseModel (processBaseModelField).
func (sch *schema) base(f *field) {
	sch.checkBase(f)
	declared := f.tag.Name
	if item, ok := f.tag.Last("table"); ok {
		declared = item.Value
	}
	if declared.Text == "" {
		return
	}
	sch.table = declared.Text
	m := relation.Mention{Role: relation.TableRole, Table: declared.Text}
	sch.mentions = append(sch.mentions, dialect.MentionAt(f.file, declared, relation.FieldID{Model: sch.typ.Ref()}, m))
}

// invalidEmbed: only a struct can be embedded.
func (sch *schema) invalidEmbed(f *field) {
	item, _ := f.tag.Last("embed")
	m := f.mistake(relation.EmbeddedInvalid, "bun1", item.Name)
	m.Text = fmt.Sprintf("embed takes the fields of a struct, but %s is none", f.typ)
	sch.trouble(f, m)
}
