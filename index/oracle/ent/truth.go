package oracle

import (
	"fmt"
	"regexp"
	"strings"

	"entgo.io/ent/entc/gen"
	"entgo.io/ent/entc/load"
)

// relation is one edge, as either of the two sees it.
type relation struct {
	kind, target string
	key          string // "Pet.owner_id -> User.id"
	joinTable    string
	joinKeys     string // "user_id -> User.id, group_id -> Group.id"
	inverse      string
}

// verdict is what ent says of a world.
type verdict struct {
	err       error
	row       string // of the list of errors, where err is one of them
	relations map[string]relation
	tables    map[string]string
}

// storage is that of SQL databases.
var storage = func() *gen.Storage {
	s, err := gen.NewStorage("sql")
	if err != nil {
		panic(err)
	}
	return s
}()

// verdictOn lets ent make a graph of the schemas of a world, and tables of the graph.
func verdictOn(schemas []*load.Schema) (v verdict) {
	defer func() {
		if p := recover(); p != nil {
			v = verdict{err: fmt.Errorf("panic: %v", p), row: "ent17"} // graph.go:525 looks at a From edge that need not be there
		}
	}()
	g, err := gen.NewGraph(&gen.Config{Package: "example.com/ent", Schema: "example.com/ent/schema", Storage: storage}, schemas...)
	if err == nil {
		_, err = g.Tables()
	}
	if err == nil {
		err = keyless(g)
	}
	if err == nil {
		err = ambiguous(g)
	}
	if err != nil {
		return verdict{err: err, row: rowOf(err)}
	}
	v = verdict{relations: map[string]relation{}, tables: map[string]string{}}
	for _, n := range g.Nodes {
		v.tables[n.Name] = n.Table()
		for _, e := range n.Edges {
			v.relations[n.Name+"."+e.Name] = relationOf(n, e)
		}
	}
	v.lead(g)
	return v
}

// keyless finds an edge that has no key, of which the templates make an error.
func keyless(g *gen.Graph) error {
	for _, n := range g.Nodes {
		for _, e := range n.Edges {
			if e.M2M() {
				continue
			}
			if _, err := e.ForeignKey(); err != nil {
				return err
			}
		}
	}
	return nil
}

// ambiguous finds an edge whose name another edge or a field has: where that is one of
// a chain, NewGraph passes it over, and the generated code does not compile.
func ambiguous(g *gen.Graph) error {
	for _, n := range g.Nodes {
		seen := map[string]bool{}
		for _, e := range n.Edges {
			if seen[e.Name] {
				return fmt.Errorf("%s schema contains multiple %q edges", n.Name, e.Name)
			}
			seen[e.Name] = true
		}
		for _, f := range n.Fields {
			if seen[f.Name] {
				return fmt.Errorf("%s schema cannot contain field and edge with the same name %q", n.Name, f.Name)
			}
		}
	}
	return nil
}

func relationOf(n *gen.Type, e *gen.Edge) relation {
	r := relation{target: e.Type.Name}
	switch {
	case e.M2M():
		r.kind = "many-to-many"
	case e.OwnFK():
		r.kind = "belongs-to"
	case e.O2O():
		r.kind = "has-one"
	default:
		r.kind = "has-many"
	}
	if e.Ref != nil {
		r.inverse = e.Type.Name + "." + e.Ref.Name
	}
	if e.M2M() {
		own, other := e.Rel.Columns[0], e.Rel.Columns[1]
		if e.IsInverse() {
			own, other = other, own
		}
		r.joinTable = e.Rel.Table
		r.joinKeys = own + " -> " + n.Name + ".id, " + other + " -> " + e.Type.Name + ".id"
		return r
	}
	holder, points := e.Type, n
	if e.OwnFK() {
		holder, points = n, e.Type
	}
	r.key = holder.Name + "." + keyName(holder, e) + " -> " + points.Name + ".id"
	return r
}

// keyName is the field that holds the key of an edge, else its column.
func keyName(holder *gen.Type, e *gen.Edge) string {
	key, _ := e.ForeignKey()
	for _, f := range holder.Fields {
		if f == key.Field {
			return f.Name
		}
	}
	return e.Rel.Column()
}

// lead notes the inverses of edges that Through leads back to: ent's graph knows them
// from one side only.
func (v *verdict) lead(g *gen.Graph) {
	for _, n := range g.Nodes {
		for _, e := range n.Edges {
			if e.Ref == nil || e.IsInverse() && e.Ref.Ref == e || !e.IsInverse() {
				continue
			}
			id := e.Type.Name + "." + e.Ref.Name
			if back := v.relations[id]; back.inverse == "" {
				back.inverse = n.Name + "." + e.Name
				v.relations[id] = back
			}
		}
	}
}

// rows are the errors that ent has for edges.
var rows = []struct{ row, message string }{
	{"ent1", `type ".*" does not exist for edge`},
	{"ent2", `schema cannot contain field and edge with the same name`},
	{"ent3", `schema contains multiple ".*" edges`},
	{"ent4", `back-reference edge .* is missing the Ref attribute`},
	{"ent5", `reference name is derived from the assoc name`},
	{"ent6", `assoc-inverse edge allowed only as o2o relation of the same type`},
	{"ent8", `edge ".*" is missing for inverse edge`},
	{"ent9", `edges cannot be required in both directions`},
	{"ent10", `mismatch type for back-ref`},
	{"ent11", `is allowed only on M2M edges, but got`},
	{"ent12", `but type .* was not found`},
	{"ent13", `but edge cannot go through itself`},
	{"ent14", `already has an edge named`},
	{"ent15", `is already used as an edge-schema by other edge.From`},
	{"ent16", `mismtached edge.From`},
	{"ent17", `is already used as an edge schema by other edge.To`},
	{"ent18", `mismtached edge.To`},
	{"ent19", `missing edge-field .* for edge schema used by`},
	{"ent20", `is missing a Required\(\) attribute for its reference edge`},
	{"ent21", `edge schema primary key can only be defined on`},
	{"ent22", `cannot use the same table name ".*" in different schemas`},
	{"ent23", `duplicate table name`},
	{"ent25", `duplicate foreign-key symbol ".*" found in tables`},
	{"ent26", `duplicate foreign-key symbol ".*" found in table `},
	{"ent27", `unknown index edge`},
	{"ent28", `non-inverse edge \(edge.From\) for index`},
	{"ent29", `relation .* for inverse edge ".*" is not one of`},
	{"ent31", `has a field ".*" but it is not holding a foreign key`},
	{"ent32", `should be replaced with Field`},
	{"ent33", `was not found in .*.Fields\(\) for edge`},
	{"ent35", `edge-field ".*" was set as Optional, but edge ".*" is not`},
	{"ent36", `edge ".*" was set as Optional, but edge-field ".*" is not`},
	{"ent37", `edge-field ".*" was set as Immutable, but edge ".*" is not`},
	{"ent38", `edge ".*" was set as Immutable, but edge-field ".*" is not`},
	{"ent39", `cannot have an external ValueScanner`},
	{"ent40", `mismatch field type between edge field`},
	{"ent41", `mismatch storage-key for edge`},
	{"ent43", `foreign-key was not found for edge`},
	{"ent47", `StorageKey.Table is allowed only for M2M edges`},
	{"ent48", `edge have 2 columns. Use edge.Columns`},
	{"ent49", `edge does not have 2 columns. Use edge.Column`},
	{"ent50", `multiple storage-keys defined for edge`},
}

func rowOf(err error) string {
	for _, r := range rows {
		if regexp.MustCompile(r.message).MatchString(err.Error()) {
			return r.row
		}
	}
	return ""
}

// of reports whether a schema belongs to the world.
func (w *world) of(name string) bool { return strings.HasPrefix(name, w.prefix) }
