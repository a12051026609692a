package pop

import (
	"slices"
	"strings"

	"github.com/rells-dev/rells/index/dialect"
	"github.com/rells-dev/rells/index/facts"
	"github.com/rells-dev/rells/index/relation"
)

// schema is what there is to know of a struct before its associations are read. Once
// made it is read only.
type schema struct {
	typ      facts.Type
	typeName string
	table    string // "" where it cannot be told
	// pointerTable: only a pointer tells the table, so that slices are kept in another.
	pointerTable bool
	fields       []*field // depth first, embedded structs before what is in them
	// open: a struct is embedded that could not be resolved. There may be fields that
	// nobody has seen, so that not finding one means nothing.
	open     bool
	refusals []refusal
}

// field is one field of a schema, of the struct itself or of one that it embeds.
type field struct {
	name   string
	path   []string // the names from the model to the field
	index  []int    // reflect.StructField.Index
	column string   // "" for none
	decl   *facts.Field
	file   *facts.File
	typ    facts.Type
	// through are the indices of the pointers on the way, which pop sets as it comes to
	// them.
	through [][]int
}

// refusal is an embedded field that pop does not get past.
type refusal struct {
	field *field
	text  string
}

// maxEmbedding bounds the depth of embedded structs.
const maxEmbedding = 16

// parse reads the fields of a struct.
func parse(t facts.Type) *schema {
	sch := &schema{typ: t, typeName: dialect.TypeName(t)}
	sch.nameTable()
	sch.enter(t, &field{}, []facts.Ref{t.Ref()})
	return sch
}

// enter adds the fields of a struct that stands at an embedded field, or of the model.
func (sch *schema) enter(t facts.Type, at *field, within []facts.Ref) {
	for i, sf := range t.Fields() {
		f := &field{
			name: sf.Name.Text, path: append(slices.Clone(at.path), sf.Name.Text), index: append(slices.Clone(at.index), i),
			decl: sf.Field, file: sf.File, typ: sf.Type, through: at.through,
		}
		sch.fields = append(sch.fields, f)
		if sf.Embedded {
			sch.embed(f, within)
			continue
		}
		f.column = columnOf(sf.Field)
	}
}

// columnOf is the column of a field (columns/tags.go, TagsFor): its Go name where no tag
// of pop stands on it.
func columnOf(f *facts.Field) string {
	if tag, ok := f.Tag(dbKey); ok && tag.Value.Text != "" {
		if tag.Value.Text == "-" {
			return ""
		}
		return tag.Value.Text
	}
	if slices.ContainsFunc(popKeys, func(key string) bool { return tagged(f, key) != nil }) {
		return ""
	}
	return f.Name.Text
}

// tagged is the value of a tag as pop finds it; nil where there is none, or an empty one.
func tagged(f *facts.Field, key string) *facts.Slot {
	tag, ok := f.Tag(key)
	if !ok || tag.Value.Text == "" {
		return nil
	}
	return &tag.Value
}

// embed goes into an embedded struct (forStruct): it must be one, behind one pointer at
// most, and reflection must be allowed to look at it.
func (sch *schema) embed(f *field, within []facts.Ref) {
	t := f.typ
	pointer := t.Shape() == facts.Pointer
	if pointer {
		t = t.Elem()
	}
	switch {
	case t == nil || t.Shape() == facts.Unknown:
		sch.open = true
		return
	case !f.decl.Exported:
		sch.refusals = append(sch.refusals, refusal{f, "pop looks into every embedded struct, and panics on one whose type is not exported"})
	case t.Shape() != facts.Struct:
		sch.refusals = append(sch.refusals, refusal{f, "pop looks into whatever is embedded, and " + t.String() + " is no struct"})
		return
	}
	if t.Shape() != facts.Struct {
		return
	}
	if len(within) > maxEmbedding || slices.Contains(within, t.Ref()) && !t.Ref().IsZero() {
		sch.open = true
		return
	}
	at := *f
	if pointer {
		at.through = append(slices.Clone(f.through), f.index)
	}
	sch.enter(t, &at, append(slices.Clone(within), t.Ref()))
}

// byName is the field that Go selects by a name (reflect.Type.FieldByName): the least
// deep, if it is alone; nil for none.
func (sch *schema) byName(name string) *field {
	var found *field
	alone := false
	for _, f := range sch.fields {
		switch {
		case f.name != name || found != nil && len(f.path) > len(found.path):
		case found != nil && len(f.path) == len(found.path):
			alone = false
		default:
			found, alone = f, true
		}
	}
	if !alone {
		return nil
	}
	return found
}

// byColumn is the field that holds a column, the first of several; nil for none.
// Databases do not look at the case of a name that nobody quotes.
func (sch *schema) byColumn(column string) *field {
	for _, f := range sch.fields {
		if !f.decl.Embedded && f.column != "" && strings.EqualFold(columnName(f.column), column) {
			return f
		}
	}
	return nil
}

// columnName is the column in what db says, which may select it under another name
// (columns/columns.go, Add).
func columnName(db string) string {
	db, _, _ = strings.Cut(db, ",")
	db = strings.TrimSpace(db)
	return db[strings.LastIndexByte(db, ' ')+1:]
}

// columnNames lists the columns, for the search of the nearest one.
func (sch *schema) columnNames() []string {
	var names []string
	for _, f := range sch.fields {
		if !f.decl.Embedded && f.column != "" {
			names = append(names, columnName(f.column))
		}
	}
	return names
}

// relationTypes are the types of the fields that pop associates.
func (sch *schema) relationTypes() []facts.Type {
	var types []facts.Type
	for _, f := range sch.fields {
		if !f.decl.Embedded && len(kindsOf(f.decl)) > 0 {
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

func (f *field) place() relation.Place { return dialect.NamePlace(f.file, f.decl) }

// set reports whether all pointers on the way to a field are set by the time that pop
// comes to another one, at the given index.
func (f *field) set(by []int) bool {
	return !slices.ContainsFunc(f.through, func(pointer []int) bool { return slices.Compare(pointer, by) > 0 })
}
