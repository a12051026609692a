// Package truth asks the real ent what it makes of schemas: which edges there are, where
// their keys are, and what it refuses.
package truth

import (
	"fmt"
	"regexp"

	"entgo.io/ent/entc/gen"
	"entgo.io/ent/entc/load"
)

// Relation is one edge.
type Relation struct {
	Kind, Target string
	Key          string // "Pet.owner_id -> User.id"
	JoinTable    string
	JoinKeys     string // "user_id -> User.id, group_id -> Group.id"
	Inverse      string
}

// Verdict is what ent says of the schemas of a package.
type Verdict struct {
	Err       error
	Row       string              // of the list of errors, where Err is one of them
	Relations map[string]Relation // "Model.edge"
	Tables    map[string]string   // by model
}

// storage is that of SQL databases.
var storage = func() *gen.Storage {
	s, err := gen.NewStorage("sql")
	if err != nil {
		panic(err)
	}
	return s
}()

// On lets ent make a graph of schemas, and tables of the graph.
func On(schemas []*load.Schema) (v Verdict) {
	defer func() {
		if p := recover(); p != nil {
			v = Verdict{Err: fmt.Errorf("panic: %v", p), Row: "ent17"} // graph.go:525 looks at a From edge that need not be there
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
		return Verdict{Err: err, Row: rowOf(err)}
	}
	v = Verdict{Relations: map[string]Relation{}, Tables: map[string]string{}}
	for _, n := range g.Nodes {
		v.Tables[n.Name] = n.Table()
		for _, e := range n.Edges {
			v.Relations[n.Name+"."+e.Name] = relationOf(n, e)
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

func relationOf(n *gen.Type, e *gen.Edge) Relation {
	r := Relation{Target: e.Type.Name}
	switch {
	case e.M2M():
		r.Kind = "many-to-many"
	case e.OwnFK():
		r.Kind = "belongs-to"
	case e.O2O():
		r.Kind = "has-one"
	default:
		r.Kind = "has-many"
	}
	if e.Ref != nil {
		r.Inverse = e.Type.Name + "." + e.Ref.Name
	}
	if e.M2M() {
		own, other := e.Rel.Columns[0], e.Rel.Columns[1]
		if e.IsInverse() {
			own, other = other, own
		}
		r.JoinTable = e.Rel.Table
		r.JoinKeys = own + " -> " + n.Name + ".id, " + other + " -> " + e.Type.Name + ".id"
		return r
	}
	holder, points := e.Type, n
	if e.OwnFK() {
		holder, points = n, e.Type
	}
	r.Key = holder.Name + "." + keyName(holder, e) + " -> " + points.Name + ".id"
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
func (v *Verdict) lead(g *gen.Graph) {
	for _, n := range g.Nodes {
		for _, e := range n.Edges {
			if e.Ref == nil || e.IsInverse() && e.Ref.Ref == e || !e.IsInverse() {
				continue
			}
			id := e.Type.Name + "." + e.Ref.Name
			if back := v.Relations[id]; back.Inverse == "" {
				back.Inverse = n.Name + "." + e.Name
				v.Relations[id] = back
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
