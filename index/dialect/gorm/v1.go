package gorm

import (
	"slices"
	"strings"

	"github.com/rells-dev/rells/index/dialect"
	"github.com/rells-dev/rells/index/facts"
)

// gormModelV1 is the base that GORM v1 offers.
var gormModelV1 = facts.Ref{Package: moduleV1, Name: "Model"}

// schemaV1 is what GORM v1 knows of a type (github.com/jinzhu/gorm v1.9.16
// model_struct.go, ModelStruct).
type schemaV1 struct {
	typ     facts.Type
	name    string
	table   string // "" when the source does not tell it
	fields  []*fieldV1
	primary []*fieldV1
	open    bool // embeds what could not be resolved
}

// fieldV1 is one field of a v1 model (StructField).
type fieldV1 struct {
	name     string
	path     []string
	column   string // DBName, relations have one too
	settings settings
	decl     *facts.Field // nil for a field of gorm.Model without its source
	file     *facts.File
	written  facts.Type
	typ      facts.Type // pointers taken off

	primary bool
	ignored bool
	unsure  bool // it cannot be told whether it is a column
	// home is the struct that declares a relation, whose fields v1 looks at; nil for
	// what cannot be a relation.
	home *schemaV1
	// before is how many fields of the model stand before the embedded struct that
	// holds the relation: v1 sees those and the embedded struct's own.
	before int
}

// parserV1 reads one model and the structs that it embeds.
type parserV1 struct {
	naming    naming
	embedding []facts.Ref
}

// parseV1 reads a type as a v1 model.
func parseV1(s dialect.Scope, t facts.Type) *schemaV1 {
	p := &parserV1{naming: namingOf(s, t)}
	return p.parse(t)
}

func (p *parserV1) parse(t facts.Type) *schemaV1 {
	sch := &schemaV1{typ: t, name: dialect.TypeName(t)}
	sch.table = p.tableOf(t)
	if t.Ref() == gormModelV1 && t.Shape() == facts.Unknown {
		sch.fields = unseenModelV1()
	}
	p.embedding = append(p.embedding, t.Ref())
	defer func() { p.embedding = p.embedding[:len(p.embedding)-1] }()
	for _, sf := range t.Fields() {
		if sf.Exported {
			p.parseField(sch, sf)
		}
	}
	if len(sch.primary) == 0 {
		if id := lookUpV1("id", sch.fields); id != nil {
			id.primary = true
			sch.primary = append(sch.primary, id)
		}
	}
	return sch
}

// parseField reads one field; of an embedded struct, all of its fields.
func (p *parserV1) parseField(sch *schemaV1, sf facts.StructField) {
	f := &fieldV1{
		name:    sf.Name.Text,
		path:    []string{sf.Name.Text},
		decl:    sf.Field,
		file:    sf.File,
		written: sf.Type,
		typ:     dialect.Indirect(sf.Type),
	}
	for _, key := range []string{"sql", name} {
		if tag, ok := sf.Tag(key); ok {
			f.settings = f.settings.add(sf.File, lex(tag.Value))
		}
	}
	f.ignored = f.settings.has("-")
	if !f.ignored && p.place(sch, f, sf.Embedded) {
		return
	}
	f.column = columnV1(f.name)
	if column, ok := f.settings.find("COLUMN"); ok {
		f.column = column.value
	}
	sch.fields = append(sch.fields, f)
}

// place finds out what a field is: a column, what may be a relation, or a struct
// to be embedded, of which it takes the fields. It reports the last.
func (p *parserV1) place(sch *schemaV1, f *fieldV1, anonymous bool) (embedded bool) {
	if f.settings.has("PRIMARY_KEY") {
		f.primary = true
		sch.primary = append(sch.primary, f)
	}
	switch {
	case isScanner(f.typ), f.typ.Ref() == timeRef:
	case f.settings.has("EMBEDDED") || anonymous:
		p.embed(sch, f)
		return true
	case f.typ.Shape() == facts.Unknown, f.typ.Shape() == facts.Struct && hidden(f.typ):
		f.unsure = true
	case f.typ.Shape() == facts.Struct, f.typ.Shape() == facts.Slice:
		f.home = sch
	}
	return false
}

func (p *parserV1) embed(sch *schemaV1, f *fieldV1) {
	if f.typ.Shape() == facts.Unknown && f.typ.Ref() != gormModelV1 ||
		slices.Contains(p.embedding, f.typ.Ref()) || len(p.embedding) > maxEmbedding {
		sch.open = true
		return
	}
	inner := p.parse(f.typ)
	sch.open = sch.open || inner.open
	before := len(sch.fields)
	for _, in := range inner.fields {
		in.path = append([]string{f.name}, in.path...)
		in.before += before
		if prefix, ok := f.settings.find("EMBEDDED_PREFIX"); ok {
			in.column = prefix.value + in.column
		}
		if in.primary {
			in.primary = in.settings.has("PRIMARY_KEY")
			if in.primary {
				sch.primary = append(sch.primary, in)
			}
		}
		sch.fields = append(sch.fields, in)
	}
}

// lookUpV1 finds a field by name or column (getForeignField); nil for none.
func lookUpV1(name string, fields []*fieldV1) *fieldV1 {
	column := columnV1(name)
	for _, f := range fields {
		if f.name == name || f.column == name || f.column == column {
			return f
		}
	}
	return nil
}

// byNameV1 finds a field as Scope.FieldByName does: an exact match before one of
// the column that the name would have.
func byNameV1(name string, fields []*fieldV1) *fieldV1 {
	column := columnV1(name)
	var close *fieldV1
	for _, f := range fields {
		if f.name == name || f.column == name {
			return f
		}
		if f.column == column {
			close = f
		}
	}
	return close
}

// mainKey is the column that a single foreign key points to (Scope.PrimaryKey).
func (sch *schemaV1) mainKey() string {
	if len(sch.primary) == 0 {
		return ""
	}
	if len(sch.primary) > 1 {
		if id := byNameV1("id", sch.fields); id != nil {
			return id.column
		}
	}
	for _, f := range sch.fields {
		if f.primary {
			return f.column
		}
	}
	return ""
}

func isScanner(t facts.Type) bool {
	m, ok := method(t, "Scan")
	return ok && m.Params == 1 && len(m.Results) == 1 && m.Results[0].Name == "error"
}

func (p *parserV1) tableOf(t facts.Type) string {
	if m, ok := t.Method("TableName"); ok && len(m.Results) == 1 && m.Results[0].Name == "string" && m.Params < 2 {
		return m.Literal.Text
	}
	table := columnV1(dialect.TypeName(t))
	if p.naming.singular {
		return table
	}
	return tableNamed(table)
}

// columnV1 is v1's name for the column of a Go name (naming.go, defaultNamer).
func columnV1(name string) string {
	if name == "" {
		return ""
	}
	s := initialisms.Replace(name)
	end := len(s) - 1
	var b strings.Builder
	before, upper := false, false
	for i, r := range s[:end] {
		next := s[i+1]
		switch {
		case i == 0:
			upper = true
		case upper && before && (isUpper(next) || isDigit(next)):
		case upper && s[i-1] != '_' && next != '_':
			b.WriteByte('_')
		}
		b.WriteRune(r)
		if i > 0 && !upper && i == end-1 && isUpper(next) {
			b.WriteByte('_')
		}
		before, upper = upper, isUpper(next)
	}
	b.WriteByte(s[end])
	return strings.ToLower(b.String())
}

// unseenModelV1 are the fields of gorm.Model where its source is not at hand.
func unseenModelV1() []*fieldV1 {
	var fields []*fieldV1
	for _, name := range []string{"ID", "CreatedAt", "UpdatedAt", "DeletedAt"} {
		f := &fieldV1{name: name, path: []string{name}, column: columnV1(name)}
		if name == "ID" {
			f.primary = true
			f.settings = settings{flag("PRIMARY_KEY")}
		}
		fields = append(fields, f)
	}
	return fields
}
