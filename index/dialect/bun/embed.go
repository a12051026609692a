package bun

import (
	"slices"

	"github.com/rells-dev/rells/index/facts"
)

// embeddedField is a field of an embedded struct before it is decided whether the
// struct that embeds it has it.
type embeddedField struct {
	prefix string
	outer  *field
	inner  *field
}

// name is the column as the outer struct would have it.
func (e *embeddedField) name() string { return e.prefix + e.inner.column }

// anonymous reads an anonymous field: its fields are the model's, of unexported types
// too; with extend its table is the model's as well.
func (p *parser) anonymous(sch *schema, f *field) []embeddedField {
	sub := p.behind(sch, indirect(f.typ))
	if sub == nil {
		return nil // what is no struct is passed over
	}
	sch.enter(sub, f)
	if f.tag.Has("inherit") || f.tag.Has("extend") {
		sch.table, sch.typeName, sch.modelName = sub.table, sub.typeName, sub.modelName
	}
	return sub.embeddedIn(f, "")
}

// embed reads a named field with the option embed.
func (p *parser) embed(sch *schema, f *field) []embeddedField {
	typ := indirect(f.typ)
	if typ != nil && typ.Shape() != facts.Struct && typ.Shape() != facts.Unknown {
		sch.invalidEmbed(f)
		return nil
	}
	sub := p.behind(sch, typ)
	if sub == nil {
		return nil
	}
	sch.enter(sub, f)
	item, _ := f.tag.Last("embed")
	return sub.embeddedIn(f, item.Value.Text)
}

// behind is the schema of an embedded type, nil where that is no struct, or cannot be
// told.
func (p *parser) behind(sch *schema, t facts.Type) *schema {
	if t == nil || t.Shape() == facts.Unknown {
		sch.open = true
		return nil
	}
	if t.Shape() != facts.Struct {
		return nil
	}
	if len(p.embedding) > maxEmbedding || slices.Contains(p.embedding, t.Ref()) && !t.Ref().IsZero() {
		sch.open = true
		return nil
	}
	sub := p.parse(t)
	sch.open = sch.open || sub.open
	return sub
}

// enter takes over what is wrong with an embedded struct.
func (sch *schema) enter(sub *schema, f *field) {
	for _, t := range sub.troubles {
		t.path = slices.Concat(f.path, t.path)
		sch.troubles = append(sch.troubles, t)
	}
}

func (sch *schema) embeddedIn(outer *field, prefix string) []embeddedField {
	list := make([]embeddedField, len(sch.fields))
	for i, f := range sch.fields {
		list[i] = embeddedField{prefix, outer, f}
	}
	return list
}

// takeEmbedded takes over the embedded fields whose column is not ambiguous: a field
// of the struct itself hides them, and of several only one that alone has a tag
// counts.
func (sch *schema) takeEmbedded(embedded []embeddedField, taken map[string]bool) {
	names, tagged := map[string]int{}, map[string]int{}
	for name := range taken {
		names[name]++
		tagged[name]++
	}
	for _, e := range embedded {
		names[e.name()]++
		if !e.inner.tag.isZero() {
			tagged[e.name()]++
		}
	}
	for _, e := range embedded {
		if names[e.name()] > 1 && (e.inner.tag.isZero() || tagged[e.name()] != 1) {
			continue
		}
		f := *e.inner
		f.path = slices.Concat(e.outer.path, f.path)
		f.index = slices.Concat(e.outer.index, f.index)
		f.column = e.name()
		sch.addField(&f)
	}
	if len(embedded) > 0 {
		sch.sort()
	}
}
