package ent

import (
	"github.com/rells-dev/rells/index/dialect"
	"github.com/rells-dev/rells/index/facts"
	"github.com/rells-dev/rells/index/relation"
)

// graph is all schemas of one package, and what is wrong with them. Once built it
// never changes.
type graph struct {
	scope  dialect.Scope // while it is built
	nodes  []*node       // by name
	byName map[string]*node
	maybe  map[string]bool // types that may be schemas for all that can be seen
}

// node is one schema (gen.Type).
type node struct {
	*declaration
	ref       facts.Ref
	inTable   string            // as nothing but the name of the type says (Type.Table)
	fieldsBy  map[string]*field // the id is none of them
	keyColumn map[string]string // columns that fields have from edges' storage keys
	idType    string            // "" where it cannot be told
	idDefault bool              // no field of the schema says it
	edges     []*edge
	keys      []*foreignKey // on its table

	schemaTo, schemaFrom *edge // that go through this schema
	mistakes             []relation.Mistake
}

// shape is what an edge is, as ent calls it (gen.Rel).
type shape uint8

const (
	unshaped shape = iota
	o2o
	o2m
	m2o
	m2m
)

var shapeNames = [...]string{"", "one-to-one", "one-to-many", "many-to-one", "many-to-many"}

func (s shape) String() string { return shapeNames[s] }

// edge is one edge of a node (gen.Edge).
type edge struct {
	*edgeDecl
	name string
	node *node // whose edge it is
	typ  *node // where it leads; nil where that is no schema, or not known

	inverse string // of a back-reference: the edge that it names; "" for others
	pair    *edge  // gen.Edge.Ref
	shape   shape
	bidi    bool
	table   string
	columns []string    // shared by both sides
	key     *foreignKey // nil for many-to-many
	through *node

	broken   bool // there is a mistake, and nothing more to be told
	unsure   bool // what it is depends on what cannot be seen
	doubtful bool // another edge that is broken may have been meant to be its other side
	added    bool // by a Through of another edge
}

// foreignKey is the column that holds the key of an edge (gen.ForeignKey).
type foreignKey struct {
	edge   *edge
	holder *node
	name   string // of the field, or the column where there is none
	field  *field // nil where no Field names one
	isID   bool   // the column is the id of the holder
}

// newGraph builds the graph of the package of a type (NewGraph).
func newGraph(s dialect.Scope, t facts.Type) *graph {
	g := &graph{scope: s, byName: map[string]*node{}, maybe: map[string]bool{}}
	file, _ := t.Decl()
	for _, typ := range s.Types(file) {
		d, ok := s.Schema(typ).(*declaration)
		switch {
		case !ok || d == nil:
		case d.kind == mayBe:
			g.maybe[typ.Ref().Name] = true
		default:
			n := newNode(d)
			g.nodes = append(g.nodes, n)
			g.byName[d.name] = n
		}
	}
	g.eachNode(g.addEdges)
	g.eachNode(g.resolve)
	g.eachNode(g.doubts)
	g.eachNode(g.duplicates)
	g.eachNode(g.storageKeys)
	g.guessIDs()
	g.eachNode(g.foreignKeys)
	g.eachNode(g.checkIndexes)
	g.eachNode(g.edgeSchemas)
	g.tables()
	g.scope = nil
	return g
}

func (g *graph) eachNode(do func(*node)) {
	for _, n := range g.nodes {
		do(n)
	}
}

func newNode(d *declaration) *node {
	n := &node{declaration: d, ref: d.typ.Ref(), inTable: tableOf(d.name), fieldsBy: map[string]*field{}, keyColumn: map[string]string{}}
	for _, f := range d.fields {
		if f.text == "id" && d.kind != isView {
			n.idType = f.typ
		} else if n.fieldsBy[f.text] == nil {
			n.fieldsBy[f.text] = f
		}
	}
	if n.idType == "" && !d.fieldsOpen && d.kind != isView {
		n.idType, n.idDefault = "int", true
	}
	return n
}

// id identifies a field or an edge of the node.
func (n *node) id(name string) relation.FieldID { return relation.FieldID{Model: n.ref, Field: name} }

// short is how messages name an edge.
func (e *edge) short() string { return e.node.id(e.name).Short() }

// assoc is the To edge of a name (Type.HasAssoc).
func (n *node) assoc(name string) *edge {
	for _, e := range n.edges {
		if e.name == name && !e.isInverse() {
			return e
		}
	}
	return nil
}

// edgeNamed is the first edge of a name, To or From.
func (n *node) edgeNamed(name string) *edge {
	for _, e := range n.edges {
		if e.name == name {
			return e
		}
	}
	return nil
}

func (e *edge) isInverse() bool { return e.inverse != "" }

// ownsKey reports whether the key of an edge is on its own table (Edge.OwnFK).
func (e *edge) ownsKey() bool {
	return e.shape == m2o || e.shape == o2o && (e.isInverse() || e.bidi)
}

// storageOf is the storage key of an edge; a From edge has that of its To edge
// (Edge.StorageKey).
func (e *edge) storageOf() *storageKey {
	if e.isInverse() && e.pair != nil {
		return e.pair.storage
	}
	return e.storage
}

// told reports whether more can be said of an edge.
func (e *edge) told() bool { return !e.broken && !e.unsure }

// columnOf is the column of a field of the node.
func (n *node) columnOf(f *field) string {
	if column, ok := n.keyColumn[f.text]; ok {
		return column
	}
	if f.storageKey != "" {
		return f.storageKey
	}
	return snake(f.text)
}

// tableName is the table of a node (Type.Table).
func (n *node) tableName() string {
	if n.table != nil {
		return n.table.text
	}
	return n.inTable
}
