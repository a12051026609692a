package sqlalchemy

import (
	"slices"

	"github.com/rells-dev/rells/index/dialect"
	"github.com/rells-dev/rells/index/facts"
	"github.com/rells-dev/rells/index/relation"
)

// whole reads all classes together, as *mappers, and tells which of them are read
// differently from the time before.
func whole(s dialect.Scope, before any) (now any, changed []facts.Ref) {
	old, _ := before.(*mappers)
	g := newMappers(s, old)
	return g, g.differences(old)
}

func mappersOf(s dialect.Scope) *mappers { return s.Whole().(*mappers) }

// readModels reads the models of all mapped classes.
func (g *mappers) readModels() {
	for _, c := range g.order {
		if c.kind == mapped {
			g.models[c.ref], g.reasons[c.ref] = c.model(), c.reason
		}
	}
}

// differences lists the classes that are models of one of two readings only, or other ones.
func (g *mappers) differences(old *mappers) []facts.Ref {
	var changed []facts.Ref
	for ref, m := range g.models {
		if old == nil || old.models[ref] == nil || !m.Same(old.models[ref]) || g.reasons[ref] != old.reasons[ref] {
			changed = append(changed, ref)
		}
	}
	if old != nil {
		for ref := range old.models {
			if g.models[ref] == nil {
				changed = append(changed, ref)
			}
		}
	}
	return changed
}

// read gives out what was read of a class: nothing of one that is not mapped, to which
// a relationship may still lead that has not been read again itself.
func read(s dialect.Scope, t facts.Type) *relation.Model {
	m := relation.Model{Ref: t.Ref(), Dialect: name}
	if known := mappersOf(s).models[t.Ref()]; known != nil {
		m = *known
	}
	return &m
}

// model is what the class says as a model.
func (c *class) model() *relation.Model {
	m := &relation.Model{Ref: c.ref, Dialect: name, Open: c.open, Registry: c.registry}
	m.Place = relation.Place{File: c.file.Path, Span: c.decl.Name.Span}
	m.Body = relation.Place{File: c.file.Path, Span: c.decl.Type.Body}
	if c.table != nil {
		m.Table = c.table.name
	}
	c.modelFields(m)
	m.Mistakes = append(m.Mistakes, c.mistakes...)
	m.Mentions = append(m.Mentions, c.named...)
	for _, r := range c.relationships {
		m.Fields = append(m.Fields, r.modelField())
		m.Mentions = append(m.Mentions, r.mentions()...)
		m.Mistakes = append(m.Mistakes, r.mistakes...)
		if r.direction != undirected {
			m.Relations = append(m.Relations, r.relation())
		}
	}
	m.Fields, m.Relations = slices.Clip(m.Fields), slices.Clip(m.Relations)
	m.Mentions, m.Mistakes = slices.Clip(m.Mentions), slices.Clip(m.Mistakes)
	return m
}
