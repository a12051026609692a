package ent

import (
	"strings"

	"github.com/rells-dev/rells/index/facts"
	"github.com/rells-dev/rells/index/relation"
)

// addEdges takes the edges that a schema declares (Graph.addEdges).
func (g *graph) addEdges(n *node) {
	halves := map[*edgeDecl]*edge{} // To halves, by their declaration
	for _, d := range n.declaration.edges {
		e := &edge{edgeDecl: d, name: d.text, node: n}
		if half := halves[d]; half != nil {
			// NewGraph does not check the name of a To half, but generated code does not
			// compile where it is taken.
			g.nameTaken(half)
			n.edges = append(n.edges, half)
			continue
		}
		g.aim(e)
		g.nameTaken(e)
		if e.from {
			g.addInverse(e, halves)
		}
		n.edges = append(n.edges, e)
	}
}

// addInverse checks a From edge by itself.
func (g *graph) addInverse(e *edge, halves map[*edgeDecl]*edge) {
	if e.to != nil {
		g.addChain(e, halves)
		return
	}
	switch {
	case e.ref.unknown():
		e.unsure = true
	case !e.ref.says():
		at := e.place
		if e.ref != nil {
			at = e.options["Ref"]
		}
		e.wrong(relation.InverseUnnamed, "ent4", at, "a From edge must name the To edge that it is the inverse of, by Ref")
		e.inverse = unknownText
		return
	}
	e.inverse = e.ref.text
}

// addChain takes both halves of To(...).From(...).
func (g *graph) addChain(from *edge, halves map[*edgeDecl]*edge) {
	to := &edge{edgeDecl: from.to, name: from.to.text, node: from.node, typ: from.typ, broken: from.broken, unsure: from.unsure, pair: from}
	from.pair, from.inverse = to, to.name
	halves[from.to] = to
	if from.ref.says() {
		from.wrong(relation.OptionUnfit, "ent5", from.options["Ref"],
			"Ref cannot stand in a chain: "+from.short()+" is the inverse of "+to.short()+" by itself")
	}
	if from.told() && from.typ != from.node {
		from.wrong(relation.InverseWrongModel, "ent6", to.typeAt(),
			"the edges of a chain must lead to "+from.node.name+" itself, but "+to.short()+" leads to "+from.typ.name)
	}
	to.broken = from.broken
}

// typeAt is where the type of an edge is written, else its name.
func (e *edgeDecl) typeAt() relation.Place {
	if e.target.typ != nil {
		return e.target.typ.place
	}
	return e.place
}

// aim finds the schema that an edge leads to.
func (g *graph) aim(e *edge) {
	typ, bare, known := g.schema(e.edgeDecl.target)
	e.typ = typ
	switch {
	case typ != nil && typ.kind == isView, e.node.kind == isView:
		e.unsure = true
	case typ != nil:
	case !known:
		e.unsure = true
	default:
		e.wrong(relation.TargetNotModel, "ent1", e.typeAt(), "it leads to "+bare+", which is no schema of the package")
	}
}

// schema finds the schema of the package that a type is: ent looks for nothing but its
// bare name. known is false where the type cannot be told.
func (g *graph) schema(t target) (typ *node, bare string, known bool) {
	if t.written == "" {
		return nil, "", false
	}
	bare = t.written[strings.LastIndexByte(t.written, '.')+1:]
	found, ok := g.scope.Lookup(t.file, t.written)
	if ok && found.Ref().Name != "" {
		bare = found.Ref().Name
	}
	if typ := g.byName[bare]; typ != nil && bare != "" {
		return typ, bare, true
	}
	return nil, bare, ok && !g.maybe[bare] && found.Shape() == facts.Struct && kindOf(found) != mayBe
}

// nameTaken reports the name of an edge that a field or an edge before has. The id
// is no such field.
func (g *graph) nameTaken(e *edge) {
	if f := e.node.fieldsBy[e.name]; f != nil {
		e.amiss(relation.NameDuplicate, "ent2", e.place, "a field of "+e.node.name+" has the same name", near(f.place, e.name+" is a field"))
		return
	}
	for _, other := range e.node.edges {
		if other.name == e.name {
			e.wrong(relation.RelationRepeated, "ent3", e.place, "another edge of "+e.node.name+" has the same name",
				near(other.place, "the other edge"))
			return
		}
	}
}

// wrong notes a mistake of an edge, which is broken by it.
func (e *edge) wrong(kind relation.MistakeKind, row string, at relation.Place, text string, related ...relation.Related) {
	e.broken = true
	e.amiss(kind, row, at, text, related...)
}

// amiss notes a mistake of an edge, of which the rest can be told all the same.
func (e *edge) amiss(kind relation.MistakeKind, row string, at relation.Place, text string, related ...relation.Related) {
	e.node.mistakes = append(e.node.mistakes, relation.Mistake{
		Kind: kind, Row: row, Field: e.node.id(e.name), Place: at, Text: text, Related: related,
	})
}

// last is the mistake that was noted last.
func (e *edge) last() *relation.Mistake { return &e.node.mistakes[len(e.node.mistakes)-1] }

// near are the related places of a mistake, without those that are nowhere.
func near(place relation.Place, text string) relation.Related {
	return relation.Related{Place: place, Text: text}
}
