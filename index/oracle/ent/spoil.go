package oracle

import (
	"fmt"
	"slices"
)

// slip is one way of getting a world wrong. It returns false where there is nothing
// to get wrong that way. Whether ent minds is for ent to say.
type slip struct {
	name string
	make func(g *grower, w *world) bool
}

// spoil makes one mistake: of those that can be made, the one whose turn it is longest.
func (g *grower) spoil(w *world) {
	if g.slips == nil {
		g.slips = slices.Clone(slips)
	}
	for i, s := range g.slips {
		if s.make(g, w) {
			w.spoilt = s.name
			g.features["mistake: "+s.name]++
			g.slips = append(slices.Delete(g.slips, i, i+1), s)
			return
		}
	}
}

// anEdge picks an edge for which the condition holds.
func (g *grower) anEdge(w *world, accept func(*schema, *edge) bool) (*schema, *edge) {
	for range 30 {
		s := pick(g, w.schemas)
		if len(s.edges) == 0 {
			continue
		}
		if e := pick(g, s.edges); accept(s, e) {
			return s, e
		}
	}
	return nil, nil
}

func isTo(_ *schema, e *edge) bool      { return !e.from }
func isFrom(_ *schema, e *edge) bool    { return e.from }
func isChain(_ *schema, e *edge) bool   { return e.back != nil }
func anyEdge(*schema, *edge) bool       { return true }
func hasField(_ *schema, e *edge) bool  { return e.has("Field") }
func isThrough(_ *schema, e *edge) bool { return e.has("Through") }

// with changes an edge for which the condition holds.
func with(accept func(*schema, *edge) bool, change func(g *grower, w *world, s *schema, e *edge)) func(*grower, *world) bool {
	return func(g *grower, w *world) bool {
		s, e := g.anEdge(w, accept)
		if e == nil {
			return false
		}
		change(g, w, s, e)
		return true
	}
}

// fieldOf finds the field that an edge's Field names.
func fieldOf(w *world, e *edge) *field {
	for _, s := range w.schemas {
		for _, f := range s.fields {
			for _, o := range e.options {
				if o.name == "Field" && o.args == quoted(f.name) {
					return f
				}
			}
		}
	}
	return nil
}

// retype changes the field of an edge.
func retype(change func(g *grower, f *field)) func(*grower, *world) bool {
	return with(hasField, func(g *grower, w *world, _ *schema, e *edge) {
		if f := fieldOf(w, e); f != nil {
			change(g, f)
		}
	})
}

var slips = []slip{
	{"no schema", with(anyEdge, func(_ *grower, w *world, _ *schema, e *edge) { e.target = w.prefix + "Plain" })},
	{"name of a field", with(anyEdge, func(_ *grower, _ *world, s *schema, e *edge) {
		s.fields = append(s.fields, &field{call: "Bool", name: e.name})
	})},
	{"name of an edge", with(anyEdge, func(g *grower, _ *world, s *schema, e *edge) {
		s.edges = append(s.edges, &edge{name: e.name, target: s.name})
	})},
	{"no Ref", with(isFrom, func(_ *grower, _ *world, _ *schema, e *edge) { e.drop("Ref") })},
	{"empty Ref", with(isFrom, func(_ *grower, _ *world, _ *schema, e *edge) { e.drop("Ref"); e.set("Ref", `""`) })},
	{"Ref in a chain", with(isChain, func(_ *grower, _ *world, _ *schema, e *edge) { e.back.set("Ref", quoted(e.name)) })},
	{"chain to another", with(isChain, func(g *grower, w *world, _ *schema, e *edge) { e.target = pick(g, w.schemas).name })},
	{"misspelt Ref", with(isFrom, func(g *grower, _ *world, _ *schema, e *edge) { e.drop("Ref"); e.set("Ref", quoted(e.name+"x")) })},
	{"another Ref", with(isFrom, func(g *grower, w *world, _ *schema, e *edge) {
		_, other := g.anEdge(w, anyEdge)
		if other != nil {
			e.drop("Ref")
			e.set("Ref", quoted(other.name))
		}
	})},
	{"Required twice", with(isFrom, func(g *grower, w *world, _ *schema, e *edge) {
		e.set("Required")
		for _, s := range w.schemas {
			for _, to := range s.edges {
				if s.name == e.target && !to.from && fmt.Sprint(e.options) != "" {
					to.set("Required")
				}
			}
		}
	})},
	{"another target", with(isTo, func(g *grower, w *world, _ *schema, e *edge) { e.target = pick(g, w.schemas).name })},
	{"Through on anything", with(isTo, func(g *grower, w *world, s *schema, e *edge) {
		e.set("Through", quoted(g.free(s)), pick(g, w.schemas).name+".Type")
	})},
	{"Through what is no schema", with(isThrough, func(_ *grower, w *world, _ *schema, e *edge) {
		e.set("Through", `"plain"`, w.prefix+"Plain.Type")
	})},
	{"Through itself", with(isThrough, func(_ *grower, _ *world, s *schema, e *edge) { e.set("Through", `"itself"`, s.name+".Type") })},
	{"Through with a name that is taken", with(isThrough, func(g *grower, w *world, s *schema, e *edge) {
		e.set("Through", quoted(pick(g, []string{"", e.name})), w.prefix+"Membership.Type")
	})},
	{"Through twice", with(isThrough, func(g *grower, w *world, s *schema, e *edge) {
		s.edges = append(s.edges, (&edge{name: g.free(s), target: s.name}).set("Through", quoted(g.free(s)+"x"), w.prefix+"Membership.Type"))
	})},
	{"Through lacks Required", with(func(s *schema, e *edge) bool { return e.name == "left" && e.has("Required") }, func(g *grower, w *world, s *schema, e *edge) {
		e.drop("Required")
		if f := fieldOf(w, e); f != nil {
			f.options = append(f.options, "Optional()")
		}
	})},
	{"Through lacks a field", with(func(s *schema, e *edge) bool { return e.name == "right" && e.has("Field") }, func(_ *grower, _ *world, _ *schema, e *edge) {
		e.drop("Field")
	})},
	{"Through with another key", with(func(s *schema, e *edge) bool { return len(s.annotations) > 0 && e.name == "right" }, func(_ *grower, _ *world, s *schema, _ *edge) {
		if len(s.fields) > 1 {
			s.annotations = []string{fmt.Sprintf("field.ID(%q, %q)", s.fields[1].name, s.fields[0].name)}
		}
	})},
	{"one table for two", func(g *grower, w *world) bool {
		w.schemas[0].annotations = []string{`entsql.Table("shared")`}
		w.schemas[1].annotations = []string{`entsql.Annotation{Table: "shared"}`}
		if g.chance(50) {
			// Where one table is in an SQL schema, all must say in which they are.
			for _, s := range w.schemas {
				s.annotations = append(s.annotations, `entsql.Schema("main")`)
			}
			w.schemas[1].annotations = []string{`entsql.SchemaTable("other", "shared")`}
		}
		return true
	}},
	{"one symbol for two", func(g *grower, w *world) bool {
		for range 2 {
			s, t := pick(g, w.schemas), pick(g, w.schemas)
			s.edges = append(s.edges, (&edge{name: g.free(s), target: t.name}).set("Unique").set("StorageKey", `edge.Symbol("same")`))
		}
		return true
	}},
	{"one default symbol for two", func(g *grower, w *world) bool {
		s, t := w.schemas[0], w.schemas[1]
		name := g.free(s) + "_both"
		s.edges = append(s.edges, &edge{name: name, target: t.name})
		t.edges = append(t.edges, (&edge{name: name, target: s.name}).set("Unique"))
		return true
	}},
	{"index of no edge", with(anyEdge, func(_ *grower, _ *world, s *schema, e *edge) { s.indexes = append(s.indexes, e.name+"s") })},
	{"index of any edge", with(anyEdge, func(_ *grower, _ *world, s *schema, e *edge) { s.indexes = append(s.indexes, e.name) })},
	{"Field on any edge", with(anyEdge, func(_ *grower, _ *world, s *schema, e *edge) {
		s.fields = append(s.fields, &field{call: "Int", name: "some_id", options: []string{"Optional()"}})
		e.set("Field", `"some_id"`)
	})},
	{"column of a field", with(isTo, func(_ *grower, w *world, _ *schema, e *edge) {
		e.drop("StorageKey")
		e.set("StorageKey", `edge.Column("a_column")`)
		for _, s := range w.schemas {
			if s.name == e.target {
				s.fields = append(s.fields, &field{call: "Int", name: "a_column"})
			}
		}
	})},
	{"misspelt Field", with(hasField, func(_ *grower, _ *world, _ *schema, e *edge) { e.drop("Field"); e.set("Field", `"no_such_field"`) })},
	{"field Optional", retype(func(_ *grower, f *field) { f.options = append(f.options, "Optional()") })},
	{"field not Optional", retype(func(_ *grower, f *field) { f.options = nil })},
	{"field Immutable", retype(func(_ *grower, f *field) { f.options = append(f.options, "Immutable()") })},
	{"edge Immutable", with(hasField, func(_ *grower, _ *world, _ *schema, e *edge) { e.set("Immutable") })},
	{"field of another type", retype(func(g *grower, f *field) { f.call = pick(g, []string{"Int32", "String", "Bool", "Uint", "Float"}) })},
	{"another column", with(func(_ *schema, e *edge) bool { return e.has("Field") && !e.from && !e.has("StorageKey") }, func(_ *grower, w *world, _ *schema, e *edge) {
		e.set("StorageKey", `edge.Column("another")`)
		if f := fieldOf(w, e); f != nil {
			f.options = append(f.options, `StorageKey("one")`)
		}
	})},
	{"two From for one To", with(isFrom, func(g *grower, _ *world, s *schema, e *edge) {
		second := &edge{from: true, name: g.free(s), target: e.target}
		for _, o := range e.options {
			if o.name == "Ref" {
				second.set(o.name, o.args)
			}
		}
		if g.chance(50) {
			second.set("Unique")
		}
		s.edges = append(s.edges, second)
	})},
	{"table", with(isTo, func(_ *grower, _ *world, _ *schema, e *edge) { e.set("StorageKey", `edge.Table("a_table")`) })},
	{"one column", with(isTo, func(_ *grower, _ *world, _ *schema, e *edge) {
		e.drop("StorageKey")
		e.set("StorageKey", `edge.Column("one_column")`)
	})},
	{"two columns", with(isTo, func(_ *grower, _ *world, _ *schema, e *edge) {
		e.drop("StorageKey")
		e.set("StorageKey", `edge.Columns("one", "two")`)
	})},
}
