package ent

import (
	"path"

	"github.com/rells-dev/rells/index/facts"
	"github.com/rells-dev/rells/index/relation"
)

// storageKeys gives edges the tables and columns that StorageKey says
// (Edge.setStorageKey).
func (g *graph) storageKeys(n *node) {
	for _, e := range n.edges {
		key := e.storageOf()
		if key == nil || !e.told() || e.shape == unshaped {
			continue
		}
		if e.isInverse() && !e.pair.mayStore(key) || !e.isInverse() && !e.storageFits(key) {
			continue
		}
		if key.table.says() && e.shape == m2m {
			e.table = key.table.text
		}
		for i := range min(len(key.columns), len(e.columns)) {
			e.columns[i] = key.columns[i].text
		}
	}
}

// mayStore reports whether a To edge can have its StorageKey.
func (e *edge) mayStore(key *storageKey) bool {
	fits := len(key.columns) == 0 || (len(key.columns) == 1) != (e.shape == m2m)
	return fits && !e.half && (e.shape == m2m || !key.table.says())
}

// storageFits reports a StorageKey that a To edge cannot have.
func (e *edge) storageFits(key *storageKey) bool {
	switch {
	case e.mayStore(key), e.doubtful:
		return e.mayStore(key)
	case e.half:
		e.amiss(relation.OptionUnfit, "ent50", key.place, "StorageKey cannot stand in a chain: it counts for both edges, and only one may have it")
	case key.table.says() && e.shape != m2m:
		e.amiss(relation.OptionUnfit, "ent47", key.table.place, "only a many-to-many has a join table, and this is "+e.shape.String())
	case len(key.columns) == 1 && e.shape == m2m:
		e.amiss(relation.KeyCount, "ent48", key.columns[0].place, "a many-to-many has two columns: name them by edge.Columns")
	default:
		e.amiss(relation.KeyCount, "ent49", key.columns[1].place, "a "+e.shape.String()+" has one column: name it by edge.Column")
	}
	return false
}

// guessIDs finds the type of ids where no schema says it: int, unless the generator is told
// another. Where that may be, as no edge has a field of int and those that have one agree
// on another type, generated code tells; without any, the edges are taken at their word.
func (g *graph) guessIDs() {
	types := map[string]bool{}
	for _, n := range g.nodes {
		for _, e := range n.edges {
			if e.told() && e.typ.idDefault && e.ownsKey() && e.field.says() && n.fieldsBy[e.field.text] != nil {
				types[n.fieldsBy[e.field.text].typ] = true
			}
		}
	}
	for _, typ := range []string{"int64", "uint", "uint64", "string"} { // cmd/internal/base, IDType
		if len(types) == 1 && types[typ] {
			g.setIDs(typ)
		}
	}
}

// setIDs gives the schemas that say no type of their ids the given one, or that of the
// generated code.
func (g *graph) setIDs(typ string) {
	for _, n := range g.nodes {
		if generated, ok := g.generatedID(n); ok && n.idDefault {
			typ = generated
			break
		}
	}
	for _, n := range g.nodes {
		if n.idDefault {
			n.idType = typ
		}
	}
}

// generatedID is the type of the id in the code that is generated for a node, in the folder
// around that of the schemas; false where there is none.
func (g *graph) generatedID(n *node) (string, bool) {
	t, ok := g.scope.Declared(facts.Ref{Package: path.Dir(n.ref.Package), Name: n.ref.Name})
	if !ok {
		return "", false
	}
	for _, f := range t.Fields() {
		if f.Name.Text == "ID" && f.Type.Shape() == facts.Basic {
			return f.Type.Basic(), true
		}
	}
	return "", false
}

// foreignKeys finds out where the keys of edges are (Type.setupFKs).
func (g *graph) foreignKeys(n *node) {
	for _, e := range n.edges {
		if !e.told() || e.shape == unshaped {
			continue
		}
		if e.field.says() && !e.field.unknown() && !e.ownsKey() && !e.doubtful {
			e.amiss(relation.OptionUnfit, "ent31", e.field.place, "Field names the field of a key, but the key is not here: "+e.whereKey())
		}
		if e.isInverse() || e.shape == m2m {
			continue
		}
		g.foreignKey(e)
	}
}

// whereKey says where the key of an edge is that does not have it.
func (e *edge) whereKey() string {
	if e.shape == m2m {
		return "a many-to-many has a join table"
	}
	if e.shape == o2m && e.pair == nil && !e.unique {
		return "it is on " + e.typ.name + ", as the edge is not Unique"
	}
	return "it is on " + e.typ.name
}

// foreignKey finds out where the key of a To edge is.
func (g *graph) foreignKey(e *edge) {
	holder, points := e.node, e.typ
	if !e.ownsKey() {
		holder, points = e.typ, e.node
	}
	key := &foreignKey{edge: e, holder: holder, name: e.columns[0]}
	e.key = key
	e.setupField(key)
	if e.pair != nil {
		e.pair.key = key
		e.pair.setupField(key)
	}
	storage := e.storage
	if storage != nil && len(storage.columns) == 1 && storage.columns[0].text == points.idColumn() {
		key.field, key.isID, key.name = nil, true, "id"
	}
	holder.addKey(key)
	if storage != nil && len(storage.columns) > 0 && !e.ownsKey() && e.pair != nil && !e.doubtful && e.typ.fieldsBy[e.columns[0]] != nil {
		e.amiss(relation.OptionConflict, "ent32", storage.columns[0].place,
			"the column is a field of "+e.typ.name+": name it by Field on "+e.pair.short()+" instead", near(e.pair.place, e.pair.short()+" holds the key"))
	}
}

// idColumn is the column of a node's id.
func (n *node) idColumn() string {
	for _, f := range n.declaration.fields {
		if f.text == "id" {
			return n.columnOf(f)
		}
	}
	return "id"
}

// addKey adds a key to the table of a node, unless it has one of that name
// (Type.addFK).
func (n *node) addKey(key *foreignKey) {
	for _, other := range n.keys {
		if other.name == key.name {
			return
		}
	}
	n.keys = append(n.keys, key)
}

// setupField binds the key of an edge to the field that the edge names
// (Type.setupFieldEdge).
func (e *edge) setupField(key *foreignKey) {
	if !e.field.says() || e.field.unknown() || !e.ownsKey() || !e.told() {
		return
	}
	f := key.holder.fieldsBy[e.field.text]
	if f == nil {
		if !key.holder.fieldsOpen {
			e.amiss(relation.ForeignKeyUnknown, "ent33", e.field.place, "Field names "+key.holder.id(e.field.text).Short()+", but "+key.holder.name+" has no such field")
			e.last().Name, e.last().Role, e.last().Target = e.field.written(), relation.ForeignKeyRole, key.holder.ref
		}
		return
	}
	if !e.fieldFits(key.holder, f) {
		return
	}
	key.field, key.name = f, f.text
	if storage := e.storageOf(); storage != nil && len(storage.columns) == 1 {
		column := storage.columns[0]
		if f.storageKey != "" && f.storageKey != column.text {
			if f.storageKey != unknownText {
				e.amiss(relation.OptionConflict, "ent41", e.field.place,
					"the field is stored in the column "+f.storageKey+", but the edge in "+column.text, near(column.place, "the edge's column"))
			}
			return
		}
		key.holder.keyColumn[f.text] = column.text
	}
	e.columns = []string{key.holder.columnOf(f)}
	if e.pair != nil {
		e.pair.columns = e.columns
	}
}

// fieldFits reports a field that cannot hold the key of the edge.
func (e *edge) fieldFits(holder *node, f *field) bool {
	named := holder.id(f.text).Short()
	clash := func(row, text string) bool {
		e.amiss(relation.OptionConflict, row, e.field.place, text, near(f.place, named+" is declared here"))
		return false
	}
	switch {
	case f.optional && e.required:
		return clash("ent35", "the edge is Required, but its field "+named+" is Optional")
	case !f.optional && !e.required:
		return clash("ent36", "the edge is not Required, but its field "+named+" is not Optional")
	case f.immutable && !e.immutable:
		return clash("ent37", "the edge is not Immutable, but its field "+named+" is")
	case !f.immutable && e.immutable:
		return clash("ent38", "the edge is Immutable, but its field "+named+" is not")
	case f.scanner:
		return clash("ent39", "the field "+named+" has a ValueScanner, which no field of a key may have")
	case e.typ.idType != "" && f.typ != e.typ.idType:
		e.amiss(relation.KeyTypeRefused, "ent40", e.field.place, "the field "+named+" is "+f.typ+", but the id of "+e.typ.name+" is "+e.typ.idType,
			near(f.place, named+" is "+f.typ))
		return false
	}
	return true
}

// checkIndexes reports edges that no index can be made of (Type.AddIndex).
func (g *graph) checkIndexes(n *node) {
	for _, w := range n.indexes {
		e := n.edgeNamed(w.text)
		switch {
		case e == nil && n.edgesOpen:
		case e == nil:
			n.mistakes = append(n.mistakes, relation.Mistake{
				Kind: relation.RelationUnknown, Row: "ent27", Field: n.id(""), Place: w.place, Name: w.written(),
				Role: relation.RelationRole, Target: n.ref, Text: "an index names " + n.id(w.text).Short() + ", but " + n.name + " has no such edge",
			})
		case !e.told() || e.shape == unshaped || e.doubtful:
		case e.shape == o2o && !e.isInverse():
			e.amiss(relation.OptionUnfit, "ent28", w.place, "an index of "+n.name+" names the To edge of a one-to-one, but only its From edge has a column here")
		case e.shape != m2o && e.shape != o2o:
			e.amiss(relation.OptionUnfit, "ent29", w.place, "an index of "+n.name+" names it, but a "+e.shape.String()+" has no column here")
		}
	}
}
