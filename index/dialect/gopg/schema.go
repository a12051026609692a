package gopg

import (
	"slices"
	"strings"

	"github.com/rells-dev/rells/index/dialect"
	"github.com/rells-dev/rells/index/facts"
	"github.com/rells-dev/rells/index/relation"
)

// schema is what go-pg knows of a struct before it looks at its relations (Table, after
// init1). Once made it is read only.
type schema struct {
	typ       facts.Type
	typeName  string // TypeName
	modelName string // ModelName
	table     string // SQLName, "" for none

	fields   []*field          // Fields: of several of one column the last
	all      []*field          // allFields: with those that others have replaced
	ignored  []*field          // skippedFields, and what is replaced
	byColumn map[string]*field // FieldsMap: ignored ones, too
	primary  []*field          // PKs

	// open: a struct is embedded that could not be resolved. There may be fields
	// that nobody has seen, so that not finding one means nothing.
	open     bool
	troubles []trouble
	mentions []relation.Mention // of tags that are no relation's
}

// field is one field of a schema (Field).
type field struct {
	goName string
	path   []string // the names from the model to the field
	column string   // SQLName
	tag    tag
	decl   *facts.Field // nil for one that is to be added
	file   *facts.File
	typ    facts.Type // as declared: go-pg takes one pointer off
}

// says reports whether the tag makes a relation of the field, whatever its type.
func (f *field) says() bool { return f.tag.Has("rel") || f.tag.Has(many2many) }

// indirect takes one pointer off, as go-pg does (indirectType).
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
	embedding []facts.Type // the structs being read, outermost first
}

// maxEmbedding bounds the depth of embedded structs.
const maxEmbedding = 16

// parse reads the columns and keys of a struct (newTable and initFields).
func (p *parser) parse(t facts.Type) *schema {
	typeName := dialect.TypeName(t)
	sch := &schema{
		typ: t, typeName: dialect.UpperFirst(typeName), modelName: dialect.Underscore(typeName), byColumn: map[string]*field{},
	}
	sch.table = dialect.TableOf(p.scope, t, sch.modelName)
	p.addFields(sch, t, nil)
	return sch
}

// addFields reads the fields of a struct into the schema of the model, those of
// embedded structs in their place.
func (p *parser) addFields(sch *schema, t facts.Type, path []string) {
	p.embedding = append(p.embedding, t)
	defer func() { p.embedding = p.embedding[:len(p.embedding)-1] }()
	for _, sf := range t.Fields() {
		f := &field{
			goName: sf.Name.Text, path: append(slices.Clone(path), sf.Name.Text),
			tag: parseTag(sf.Field), decl: sf.Field, file: sf.File, typ: sf.Type,
		}
		switch {
		case sf.Embedded:
			p.anonymous(sch, f)
		case f.goName == tableField:
			if len(path) == 0 {
				sch.tableName(f)
			}
		case sf.Exported:
			sch.newField(f)
		}
	}
}

// anonymous reads an embedded struct, of an unexported type too: its fields are the
// model's, and with inherit its table and its names as well.
func (p *parser) anonymous(sch *schema, f *field) {
	if old, _ := f.decl.Tag("sql"); f.tag.Text == "-" || old.Value.Text == "-" {
		return
	}
	t := indirect(f.typ)
	switch {
	case t == nil || t.Shape() == facts.Unknown || len(p.embedding) > maxEmbedding || slices.ContainsFunc(p.embedding, same(t)):
		sch.open = true
		return
	case t.Shape() != facts.Struct:
		return // passed over
	}
	p.addFields(sch, t, f.path)
	if f.tag.Has("inherit") {
		sub := (&parser{scope: p.scope, embedding: slices.Clone(p.embedding)}).parse(t)
		sch.table, sch.typeName, sch.modelName = sub.table, sub.typeName, sub.modelName
	}
}

func same(t facts.Type) func(facts.Type) bool {
	return func(other facts.Type) bool { return !t.Ref().IsZero() && t.Ref() == other.Ref() }
}

// newField makes a column, which may turn out to be a relation, of a field.
func (sch *schema) newField(f *field) {
	f.column = dialect.Underscore(f.goName)
	skip := f.tag.Name.Text == "-"
	if !skip && f.tag.Name.Text != "" {
		f.column = f.tag.Name.Text
	}
	sch.checkField(f)
	if there := sch.byColumn[f.column]; there != nil {
		sch.remove(there, f)
	}
	primary := sch.isPrimary(f)
	if alias, ok := f.tag.Last("alias"); ok {
		sch.byColumn[unquoted(alias.Value).Text] = f
	}
	sch.all = append(sch.all, f)
	sch.byColumn[f.column] = f
	if skip {
		sch.ignored = append(sch.ignored, f)
		return
	}
	sch.fields = append(sch.fields, f)
	if primary {
		sch.primary = append(sch.primary, f)
	}
}

// isPrimary reports whether a field is, or is part of, the primary key: by its column
// only as long as there is no other.
func (sch *schema) isPrimary(f *field) bool {
	switch {
	case f.tag.Has("pk"):
		return true
	case strings.HasSuffix(f.column, "_id"), strings.HasSuffix(f.column, "_uuid"), strings.HasPrefix(f.column, "fk_"):
		return false // ForeignKeyFlag
	}
	return len(sch.primary) == 0 && !f.tag.Has("nopk") &&
		(f.column == "id" || f.column == "uuid" || f.column == "pk_"+sch.modelName)
}

// remove takes a field out for another of its column, or of its other name (RemoveField).
func (sch *schema) remove(f, by *field) {
	is := func(other *field) bool { return other == f }
	if slices.ContainsFunc(sch.fields, is) {
		sch.ignored = append(sch.ignored, f)
		sch.checkReplaced(f, by)
	}
	sch.fields = slices.DeleteFunc(sch.fields, is)
	sch.primary = slices.DeleteFunc(sch.primary, is)
	delete(sch.byColumn, f.column)
}

// tableName reads the tag of the field that speaks about the table.
func (sch *schema) tableName(f *field) {
	sch.checkTable(f)
	declared := unquoted(f.tag.Name)
	switch declared.Text {
	case "":
		return
	case "_":
		sch.table = ""
		return
	}
	sch.table = declared.Text
	m := relation.Mention{Role: relation.TableRole, Table: declared.Text}
	sch.mentions = append(sch.mentions, dialect.MentionAt(f.file, declared, relation.FieldID{Model: sch.typ.Ref()}, m))
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
		if f.says() {
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
