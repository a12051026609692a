package gorm

import (
	"strings"

	"github.com/rells-dev/rells/index/dialect"
	"github.com/rells-dev/rells/index/facts"
	"github.com/rells-dev/rells/index/relation"
)

// schema is what GORM v2 knows of a type before it looks at the relations
// (schema/schema.go, Schema). Once made it is read only.
type schema struct {
	typ    facts.Type
	naming naming
	name   string // of the type, "" for an unnamed struct
	table  string // "" when the source does not tell it

	fields                   []*field // embedded ones in place of the structs that embed them
	byName, byPath, byColumn fieldNames
	primary                  []*field // PrimaryFields
	mainKey                  *field   // PrioritizedPrimaryField

	// open: a struct is embedded that could not be resolved. There may be fields
	// that nobody has seen, so that not finding one means nothing.
	open     bool
	troubles []trouble

	// Of the schema of a model, not of one made for an embedded struct: what each
	// reading of the model says alike, wherever its relations lead.
	release  release
	asRead   []relation.Field // by index in fields
	mistakes []relation.Mistake
}

// field is one field of a schema (schema/field.go, Field). A field of an embedded
// struct is shared by the schemas of that struct and of those that embed it.
type field struct {
	name     string
	path     []string // BindNames: the names from the model to the field
	column   string   // DBName, "" for none
	settings settings
	decl     *facts.Field // nil for a field of gorm.Model without its source
	file     *facts.File
	written  facts.Type // as declared
	typ      facts.Type // pointers taken off
	owner    *schema    // OwnerSchema: the outermost embedded struct it stands in, nil for none

	dataType, gormType dataType
	primary            bool
	autoIncrement      bool
	creatable          bool
	updatable          bool
	readable           bool
	embedded           *schema // EmbeddedSchema: its fields stand in place of this one
	lost               bool    // embeds what could not be resolved
	refused            bool    // a mistake already says that GORM can do nothing with it
}

// visible reports whether GORM reads or writes the field.
func (f *field) visible() bool { return f.creatable || f.updatable || f.readable }

// isRelation reports whether GORM looks for a relation in the field: in all that
// is no column.
func (f *field) isRelation() bool { return f.dataType == "" && f.gormType == "" && f.visible() }

// unsure reports whether it cannot be told if the field is a column.
func (f *field) unsure() bool { return f.dataType == unknownType && f.visible() }

// parse reads a type as a model.
func parse(s dialect.Scope, t facts.Type) *schema {
	p := &parser{scope: s, naming: namingOf(s, t)}
	sch := p.parse(t, p.tableOf(t))
	sch.release = releaseOf(s, t)
	sch.describe()
	return sch
}

// parser reads one model and the structs that it embeds.
type parser struct {
	scope     dialect.Scope
	naming    naming
	embedding []facts.Ref // the structs being read, outermost first
}

// maxEmbedding bounds the depth of embedded structs. GORM itself does not end on
// a struct that embeds itself.
const maxEmbedding = 16

// parse reads the columns and keys of a struct (ParseWithSpecialTableName). The
// table is the model's, in embedded structs too.
func (p *parser) parse(t facts.Type, table string) *schema {
	sch := newEmptySchema(t, p.naming)
	sch.name, sch.table = dialect.TypeName(t), table
	p.embedding = append(p.embedding, t.Ref())
	defer func() { p.embedding = p.embedding[:len(p.embedding)-1] }()

	declared := t.Fields()
	sch.fields = make([]*field, 0, len(declared))
	for _, sf := range declared {
		if !sf.Exported {
			continue
		}
		f := p.parseField(sch, sf)
		switch {
		case f.embedded != nil:
			sch.open = sch.open || f.embedded.open
			sch.fields = append(sch.fields, f.embedded.fields...)
		case f.lost:
			sch.open = true
		default:
			sch.fields = append(sch.fields, f)
		}
	}
	for _, names := range []*fieldNames{&sch.byName, &sch.byPath, &sch.byColumn} {
		names.grow(len(sch.fields))
	}
	for _, f := range sch.fields {
		sch.register(f)
	}
	sch.choosePrimary()
	for _, f := range sch.fields {
		if f.isRelation() {
			sch.byName.set(f.name, f)
			sch.byPath.set(strings.Join(f.path, "."), f)
		}
	}
	sch.markAutoIncrement()
	return sch
}

func newEmptySchema(t facts.Type, n naming) *schema {
	return &schema{typ: t, naming: n}
}

// newColumn is a field that no source declares, of the given data type, "" for a
// relation.
func newColumn(name string, set settings, kind dataType) *field {
	return &field{
		name: name, path: []string{name}, settings: set, dataType: kind, gormType: kind,
		creatable: true, updatable: true, readable: true,
	}
}

// add puts a field behind the others.
func (sch *schema) add(f *field) {
	sch.fields = append(sch.fields, f)
	sch.register(f)
}

// register makes the field known under its column and its names: of several with
// one column the least deep counts, of several with one name the first.
func (sch *schema) register(f *field) {
	if f.column == "" && f.dataType != "" {
		f.column = sch.naming.column(f.name)
	}
	path := strings.Join(f.path, ".")
	if f.column != "" {
		before := sch.byColumn.of(f.column)
		if before == nil || f.visible() && len(f.path) < len(before.path) {
			sch.byColumn.set(f.column, f)
			sch.byName.set(f.name, f)
			sch.byPath.set(path, f)
			sch.replacePrimary(before, f)
		}
	}
	if before := sch.byName.of(f.name); before == nil || before.settings.of("-").value == "-" {
		sch.byName.set(f.name, f)
	}
	if before := sch.byPath.of(path); before == nil || before.settings.of("-").value == "-" {
		sch.byPath.set(path, f)
	}
}

// replacePrimary takes the key whose column the field took over out of the
// primary key, and the field in if it is one.
func (sch *schema) replacePrimary(before, f *field) {
	if before != nil && before.primary {
		var kept []*field
		for _, key := range sch.primary {
			if key.column != before.column {
				kept = append(kept, key)
			}
		}
		sch.primary = kept
	}
	if f.primary {
		sch.primary = append(sch.primary, f)
	}
}

// choosePrimary makes ID the primary key where no field is tagged, and finds the
// key that a single foreign key points to.
func (sch *schema) choosePrimary() {
	id := sch.lookUp("id")
	if id == nil {
		id = sch.lookUp("ID")
	}
	if id != nil {
		if id.primary {
			sch.mainKey = id
		} else if len(sch.primary) == 0 {
			id.primary = true
			sch.mainKey = id
			sch.primary = append(sch.primary, id)
		}
	}
	if sch.mainKey != nil {
		return
	}
	if len(sch.primary) == 1 {
		sch.mainKey = sch.primary[0]
		return
	}
	for _, key := range sch.primary {
		if key.autoIncrement {
			sch.mainKey = key
			return
		}
	}
}

// markAutoIncrement makes an integer key auto-increment. It shows where the
// struct is embedded beside another key.
func (sch *schema) markAutoIncrement() {
	key := sch.mainKey
	if key == nil || key.gormType != intType && key.gormType != uintType || key.settings.has("AUTOINCREMENT") {
		return
	}
	key.autoIncrement = true
}

// lookUp finds a field by column, by Go name, and by the column that would be the
// name's (LookUpField); nil for none.
func (sch *schema) lookUp(name string) *field {
	if f := sch.lookUpExactly(name); f != nil {
		return f
	}
	return sch.byColumn.of(sch.naming.column(name))
}

// lookUpExactly finds a field by column and by Go name; nil for none.
func (sch *schema) lookUpExactly(name string) *field {
	if f := sch.byColumn.of(name); f != nil {
		return f
	}
	return sch.byName.of(name)
}

// lookUpNear finds a field by the name in the innermost embedded struct on the
// path that has it (LookUpFieldByBindName). The model itself is not searched.
func (sch *schema) lookUpNear(path []string, name string) *field {
	for i := len(path) - 1; i > 0; i-- {
		if f := sch.byPath.of(strings.Join(path[:i], ".") + "." + name); f != nil {
			return f
		}
	}
	return nil
}

// keysUnsure reports whether the primary key may be another than the one seen:
// none was tagged, and what was not seen may hold one.
func (sch *schema) keysUnsure() bool {
	if !sch.open {
		return false
	}
	for _, key := range sch.primary {
		if isPrimary(key.settings) {
			return false
		}
	}
	return true
}

// tableOf is the table of a type: what TableName says, else the plural of the
// name; "" when TableName decides at run time.
func (p *parser) tableOf(t facts.Type) string {
	m, ok := t.Method("TableName")
	switch {
	case ok && len(m.Results) == 1 && m.Results[0].Name == "string" && m.Params < 2:
		return m.Literal.Text
	case !ok && hidden(t):
		return ""
	}
	return p.naming.table(dialect.TypeName(t))
}
