package gorel

import (
	"slices"
	"strings"

	"github.com/rells-dev/rells/index/dialect"
	"github.com/rells-dev/rells/index/facts"
	"github.com/rells-dev/rells/index/relation"
)

// schema is what go-rel knows of a struct before it looks for the keys of its relations
// (getDocumentMeta with skipAssoc). Once made it is read only.
type schema struct {
	typ   facts.Type
	table string
	key   primary // of the struct itself

	fields  []*field          // embedded ones in place of the structs that embed them
	ignored []*field          // with the tag db:"-"
	byName  map[string]*field // index: columns, relations too; the first of a name

	// open: a struct is embedded that could not be resolved. There may be fields that
	// nobody has seen, so that not finding one means nothing.
	open     bool
	troubles []trouble
}

// field is one field of a schema.
type field struct {
	goName  string
	path    []string // the names from the model to the field
	name    string   // fieldName: by which an association is called, and looked for
	column  string   // name with the prefixes of the structs it stands in: its key in index
	tags    tags
	decl    *facts.Field // nil for one that is to be added
	file    *facts.File
	typ     facts.Type
	many    bool // holds several rows, see isMany
	nature  nature
	primary bool
	within  *schema // of the embedded struct that declares it; nil for the struct's own
}

// nature is what go-rel takes a field for.
type nature uint8

const (
	aColumn   nature = iota
	aRelation        // its struct has a primary key
	uncertain        // its type could not be resolved
	refused          // go-rel panics on it
)

// place is where the field's name stands; zero for one that no source declares yet.
func (f *field) place() relation.Place { return dialect.NamePlace(f.file, f.decl) }

// relationTypes are the types of the fields that are relations.
func (sch *schema) relationTypes() []facts.Type {
	var types []facts.Type
	for _, f := range sch.fields {
		if f.nature == aRelation {
			types = append(types, f.typ)
		}
	}
	return types
}

// id identifies a field of the model.
func (sch *schema) id(f *field) relation.FieldID {
	return relation.FieldID{Model: sch.typ.Ref(), Field: dialect.Selector(sch.typ, f.path)}
}

// parse reads a struct.
func parse(t facts.Type) *schema { return (&parser{}).parse(t) }

// parser reads one struct and those that it embeds.
type parser struct {
	embedding []facts.Ref // the structs being read, outermost first
}

// maxEmbedding bounds the depth of embedded structs, and of pointers and slices.
const maxEmbedding = 16

func (p *parser) parse(t facts.Type) *schema {
	sch := &schema{typ: t, table: tableOf(t), key: primaryOf(t), byName: map[string]*field{}}
	p.embedding = append(p.embedding, t.Ref())
	defer func() { p.embedding = p.embedding[:len(p.embedding)-1] }()
	for _, sf := range t.Fields() {
		f := newField(sf)
		switch typ := behind(sf.Type); {
		case f.tags.ignored():
			sch.ignored = append(sch.ignored, f)
		case !isUpper(f.goName):
		case (sf.Embedded || f.tags.embeds()) && isUnknown(typ):
			sch.open = true
		case (sf.Embedded || f.tags.embeds()) && typ.Shape() == facts.Struct:
			p.embed(sch, f, typ)
		default:
			f.nature = natureOf(typ)
			f.primary = slices.Contains(sch.key.fields, f.goName)
			sch.add(f)
		}
	}
	return sch
}

func newField(sf facts.StructField) *field {
	f := &field{
		goName: sf.Name.Text, path: []string{sf.Name.Text}, tags: tagsOf(sf.Field),
		decl: sf.Field, file: sf.File, typ: sf.Type, many: isMany(sf.Type),
	}
	f.name = f.tags.column()
	if f.name == "" {
		f.name = snake(f.goName)
	}
	f.column = f.name
	return f
}

// isUpper reports whether go-rel takes a name for an exported one.
func isUpper(name string) bool { return name != "" && 'A' <= name[0] && name[0] <= 'Z' }

func isUnknown(t facts.Type) bool { return t == nil || t.Shape() == facts.Unknown }

// natureOf tells what a field is by its type, pointers and slices taken off.
func natureOf(t facts.Type) nature {
	if isUnknown(t) {
		return uncertain
	}
	switch t.Shape() {
	case facts.Interface:
		return refused
	case facts.Struct:
		key := primaryOf(t)
		switch {
		case key.found():
			return aRelation
		case key.open:
			return uncertain
		}
	}
	return aColumn
}

// add enters a field (addFieldIndex), under a name that no other may have.
func (sch *schema) add(f *field) {
	sch.fields = append(sch.fields, f)
	if f.nature == refused {
		sch.troubles = append(sch.troubles, trouble{f, sch.interfaceField(f)})
	}
	if other := sch.byName[f.column]; other != nil {
		sch.troubles = append(sch.troubles, trouble{f, sch.nameTaken(f, other)})
		return
	}
	sch.byName[f.column] = f
}

// embed takes the fields of an embedded struct in its place (mergeEmbedded): nothing
// hides them, and the name that the tag gives goes before theirs.
func (p *parser) embed(sch *schema, outer *field, t facts.Type) {
	cyclic := slices.Contains(p.embedding, t.Ref()) && !t.Ref().IsZero()
	if cyclic || len(p.embedding) > maxEmbedding || outer.many {
		sch.open = true
		return
	}
	sub := p.parse(t)
	sch.open = sch.open || sub.open
	for _, inner := range sub.fields {
		f := *inner
		f.path = slices.Concat(outer.path, inner.path)
		f.column = outer.tags.column() + inner.column
		if f.within == nil {
			f.within = sub
		}
		sch.add(&f)
	}
}

// primaries reports whether the model has a primary key, that of an embedded struct
// included.
func (sch *schema) primaries() bool {
	return sch.key.found() || slices.ContainsFunc(sch.fields, func(f *field) bool {
		return f.primary || f.within != nil && f.within.key.methods
	})
}

// byGoName is the first field of a Go name; nil for none.
func (sch *schema) byGoName(name string) *field {
	for _, f := range sch.fields {
		if f.goName == name {
			return f
		}
	}
	return nil
}

// columnNames lists the columns, for the search of the nearest one.
func (sch *schema) columnNames() []string {
	var list []string
	for _, f := range sch.fields {
		if f.nature == aColumn {
			list = append(list, f.column)
		}
	}
	return list
}

// has is a column of the model as messages call it.
func (sch *schema) has(column string) string { return label(sch.typ) + "." + column }

// tags is what the tags of a field say to go-rel, by key.
type tags map[string]facts.Tag

func tagsOf(f *facts.Field) tags {
	var t tags
	for _, key := range keys {
		if tag, ok := f.Tag(key); ok {
			if t == nil {
				t = tags{}
			}
			t[key] = tag
		}
	}
	return t
}

// value is what a tag says; "" for none, as go-rel has it.
func (t tags) value(key string) string { return t[key].Value.Text }

// column is the name that the db tag gives; "" where it gives none.
func (t tags) column() string {
	column, _, _ := strings.Cut(t.value(dbKey), ",")
	return column
}

func (t tags) ignored() bool { return t.column() == "-" }

// embeds reports whether the tag has the fields of the struct taken in its place.
func (t tags) embeds() bool { return strings.HasSuffix(t.value(dbKey), ",embedded") }

// saves reports whether the relation is saved with the model.
func (t tags) saves() bool { return t.value("auto") == "true" || t.value("autosave") == "true" }

func dbTag(f *facts.Field) facts.Slot {
	tag, _ := f.Tag(dbKey)
	return tag.Value
}
