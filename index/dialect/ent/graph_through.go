package ent

import (
	"github.com/rells-dev/rells/index/relation"
)

// edgeSchemas resolves the edges that go through a schema of their own
// (Graph.edgeSchemas).
func (g *graph) edgeSchemas(n *node) {
	for _, e := range n.edges[:len(n.edges):len(n.edges)] {
		if e.edgeDecl.through != nil && e.told() && e.shape != unshaped && !e.doubtful {
			g.goThrough(e)
		}
	}
}

func (g *graph) goThrough(e *edge) {
	if e.shape != m2m {
		e.amiss(relation.OptionUnfit, "ent11", e.options["Through"], "only a many-to-many goes through a schema, and this is "+e.shape.String())
		return
	}
	n, name := e.node, e.edgeDecl.through
	schema, bare, known := g.schema(e.throughTarget)
	switch {
	case schema == nil && known:
		e.amiss(relation.JoinModelInvalid, "ent12", e.throughAt(), "Through names "+bare+", which is no schema of the package")
		return
	case schema == nil || schema.kind == isView:
		return
	case schema == n:
		e.amiss(relation.JoinModelInvalid, "ent13", e.throughAt(), "Through names "+n.name+" itself")
		return
	case name.unknown():
	case name.text == "":
		e.amiss(relation.OptionUnfit, "ent14", e.options["Through"], "the edge to "+schema.name+" must have a name")
		return
	case n.edgeNamed(name.text) != nil:
		other := n.edgeNamed(name.text)
		e.amiss(relation.RelationRepeated, "ent14", name.place, "Through names "+n.id(name.text).Short()+", which another edge is called",
			near(other.place, "the other edge"))
		return
	}
	if !e.takeSchema(schema) {
		return
	}
	e.table = schema.tableName()
	if e.pair != nil {
		e.pair.table = e.table
	}
	back := g.referenceEdges(e, schema)
	if back == nil {
		return
	}
	if !name.unknown() {
		n.edges = append(n.edges, &edge{
			edgeDecl: &edgeDecl{word: name, whole: e.whole, target: e.throughTarget},
			name:     name.text, node: n, typ: schema, inverse: back.name, pair: back,
			shape: o2m, table: back.table, columns: back.columns, key: back.key, added: true,
		})
	}
	g.compositeKey(e, schema)
}

// throughAt is where the schema of Through is written.
func (e *edge) throughAt() relation.Place {
	if e.throughTarget.typ != nil {
		return e.throughTarget.typ.place
	}
	return e.options["Through"]
}

// takeSchema makes a schema that of an edge, unless another edge has it.
func (e *edge) takeSchema(schema *node) bool {
	taken, other := &schema.schemaTo, schema.schemaFrom
	row, mismatched, side := "ent17", "ent18", "To"
	if e.isInverse() {
		taken, other = &schema.schemaFrom, schema.schemaTo
		row, mismatched, side = "ent15", "ent16", "From"
	}
	if *taken != nil {
		e.amiss(relation.JoinModelInvalid, row, e.throughAt(), "another "+side+" edge, "+(*taken).short()+", goes through "+schema.name+" already",
			near((*taken).throughAt(), (*taken).short()+" goes through "+schema.name))
		return false
	}
	*taken, e.through = e, schema
	if other != nil && e.pair != other && other.pair != e {
		e.amiss(relation.JoinModelInvalid, mismatched, e.throughAt(), other.short()+" goes through "+schema.name+" too, and is not its inverse",
			near(other.throughAt(), other.short()+" goes through "+schema.name))
		return false
	}
	return true
}

// referenceEdges finds the edges of the schema that lead to both ends, which give
// the join table its columns. It returns the one that leads to the edge's own end,
// nil where something is missing.
func (g *graph) referenceEdges(e *edge, schema *node) (back *edge) {
	for i, column := range e.columns {
		own := (i == 0) != e.isInverse()
		end := e.typ
		if own {
			end = e.node
		}
		r := schema.reference(column, end)
		if r == nil {
			if !schema.edgesOpen && !schema.fieldsOpen && !schema.uncertain() {
				e.amiss(relation.JoinModelInvalid, "ent19", e.throughAt(),
					schema.name+" has no edge to "+end.name+" with the field "+column+", which the join table takes")
			}
			return nil
		}
		if r.name != "" && r.key.name != column {
			e.columns[i] = r.key.name
		}
		if !r.required {
			e.amiss(relation.JoinModelInvalid, "ent20", e.throughAt(), schema.name+" stands for a join table, but its edge "+r.short()+" is not Required",
				near(r.place, r.short()+" is declared here"))
			return nil
		}
		if own {
			back = r
		}
	}
	return back
}

// uncertain reports whether some edge of a node is broken or cannot be told.
func (n *node) uncertain() bool {
	for _, e := range n.edges {
		if !e.told() || e.doubtful {
			return true
		}
	}
	return false
}

// reference is the edge of an edge schema for a column: the one whose key is called
// so, else the only one with a field that leads to the end.
func (n *node) reference(column string, end *node) *edge {
	for _, key := range n.keys {
		if key.name == column {
			return key.edge
		}
	}
	var found *edge
	for _, e := range n.edges {
		if e.typ != end || !e.ownsKey() || e.key == nil || e.key.field == nil {
			continue
		}
		if found != nil {
			return nil
		}
		found = e
	}
	return found
}

// compositeKey checks the parts of the key that an edge schema says by field.ID.
func (g *graph) compositeKey(e *edge, schema *node) {
	if len(schema.composite) == 0 || schema.storeOpen {
		return
	}
	if len(schema.composite) == 2 && schema.composite[0].text == e.columns[0] && schema.composite[1].text == e.columns[1] {
		return
	}
	schema.mistakes = append(schema.mistakes, relation.Mistake{
		Kind: relation.JoinModelInvalid, Row: "ent21", Field: relation.FieldID{Model: schema.ref}, Place: schema.composite[0].place,
		Text:    "the key of the schema that " + e.short() + " goes through can only be id, or " + e.columns[0] + " and " + e.columns[1] + " in this order",
		Related: []relation.Related{near(e.throughAt(), e.short()+" goes through "+schema.name)},
	})
}
