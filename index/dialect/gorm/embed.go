package gorm

import (
	"fmt"
	"slices"
	"strings"

	"github.com/rells-dev/rells/index/dialect"
	"github.com/rells-dev/rells/index/facts"
	"github.com/rells-dev/rells/index/relation"
)

// gormModel is the base that GORM offers.
var gormModel = facts.Ref{Package: moduleV2, Name: "Model"}

// parseField reads one field of a struct (schema/field.go, ParseField).
func (p *parser) parseField(sch *schema, sf facts.StructField) *field {
	items := itemsOf(sf)
	f := &field{
		name:     sf.Name.Text,
		path:     []string{sf.Name.Text},
		settings: settings(nil).add(sf.File, items),
		decl:     sf.Field,
		file:     sf.File,
		written:  sf.Type,
		typ:      dialect.Indirect(sf.Type),
	}
	f.column = f.settings.of("COLUMN").value
	f.primary = isPrimary(f.settings)
	f.autoIncrement = f.settings.truth("AUTOINCREMENT")
	valuer := isValuer(f.typ)
	value := p.classify(sch, f)
	f.permit()
	p.checkOptions(sch, f, items)
	if f.settings.has("EMBEDDED") || sf.Embedded && !valuer && f.gormType != timeType && f.gormType != bytesType && f.visible() {
		p.embed(sch, f, value)
	}
	return f
}

// permit decides whether the field is read and written.
func (f *field) permit() {
	f.creatable, f.updatable, f.readable = true, true, true
	if ignore, ok := f.settings.find("-"); ok {
		switch strings.ToLower(strings.TrimSpace(ignore.value)) {
		case "-", "all":
			f.creatable, f.updatable, f.readable = false, false, false
			f.dataType = ""
		}
	}
	if read, ok := f.settings.find("->"); ok {
		f.creatable, f.updatable = false, false
		f.readable = strings.ToLower(read.value) != "false"
	}
	if write, ok := f.settings.find("<-"); ok {
		always := write.value == "<-"
		f.creatable = always || strings.Contains(write.value, "create")
		f.updatable = always || strings.Contains(write.value, "update")
	}
}

// embed takes the fields of the field's struct in its place.
func (p *parser) embed(sch *schema, f *field, value sample) {
	if value.typ == nil {
		return
	}
	switch value.typ.Shape() {
	case facts.Unknown:
		f.lost = true
		if value.typ.Ref() == gormModel {
			f.lost = false
			f.embedded = unseenModel(p, value.typ, sch.table)
		}
	case facts.Struct:
		if len(p.embedding) > maxEmbedding || slices.Contains(p.embedding, value.typ.Ref()) && !value.typ.Ref().IsZero() {
			f.lost = true
			return
		}
		f.embedded = p.base(value.typ, sch.table)
	case facts.Basic:
		if basicKind(value.typ.Basic()) == "" {
			sch.invalidEmbedded(f)
		}
	default:
		sch.invalidEmbedded(f)
	}
	if f.embedded == nil {
		return
	}
	f.creatable, f.updatable, f.readable = false, false, false
	for _, inner := range f.embedded.fields {
		inner.enter(f)
	}
	for _, t := range f.embedded.troubles {
		t.path = append([]string{f.name}, t.path...)
		sch.troubles = append(sch.troubles, t)
	}
}

// enter makes the field of an embedded struct one of the struct that embeds it by
// the outer field. The outer field's settings overwrite the inner ones.
func (f *field) enter(outer *field) {
	f.owner = outer.embedded
	f.path = append([]string{outer.name}, f.path...)
	if prefix, ok := outer.settings.find("EMBEDDEDPREFIX"); ok && f.column != "" {
		f.column = prefix.value + f.column
	}
	if f.primary && !isPrimary(f.settings) {
		f.primary = false
		if !f.settings.truth("AUTOINCREMENT") {
			f.autoIncrement = false
		}
	}
	f.settings = f.settings.under(outer.settings)
}

// unseenModel is gorm.Model where its source is not at hand.
func unseenModel(p *parser, t facts.Type, table string) *schema {
	sch := newEmptySchema(t, p.naming)
	sch.name, sch.table = "Model", table
	for _, column := range []struct {
		name string
		kind dataType
	}{{"ID", uintType}, {"CreatedAt", timeType}, {"UpdatedAt", timeType}, {"DeletedAt", timeType}} {
		f := newColumn(column.name, nil, column.kind)
		if column.name == "ID" {
			f.primary = true
			f.settings = settings{flag("PRIMARYKEY")}
		}
		sch.add(f)
	}
	sch.choosePrimary()
	sch.markAutoIncrement()
	return sch
}

// invalidEmbedded: only structs can be embedded.
func (sch *schema) invalidEmbedded(f *field) {
	f.refused = true
	sch.trouble(f, relation.EmbeddedInvalid, "gorm16", "", fmt.Sprintf("embedded, but %s is no struct", f.written))
}
