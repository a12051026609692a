package ent

import (
	"github.com/rells-dev/rells/index/dialect"
	"github.com/rells-dev/rells/index/facts"
	"github.com/rells-dev/rells/index/relation"
)

// read reads one schema from the graph of its package.
func read(s dialect.Scope, t facts.Type) *relation.Model {
	g := graphOf(s, t)
	if g == nil || g.byName[t.Ref().Name] == nil {
		return nil
	}
	n := g.byName[t.Ref().Name]
	m := &relation.Model{
		Ref: n.ref, Dialect: name, Table: n.tableName(), Open: n.fieldsOpen || n.edgesOpen,
		Mistakes: n.mistakes,
	}
	m.Place, m.Body = dialect.Declaration(t)
	n.modelFields(m)
	for i, e := range n.edges {
		m.Fields = append(m.Fields, e.modelField())
		m.Mentions = append(m.Mentions, e.mentions()...)
		if e.told() && e.shape != unshaped && n.edgeNamed(e.name) == n.edges[i] {
			m.Relations = append(m.Relations, e.relation())
		}
	}
	for _, w := range n.indexes {
		mention := relation.Mention{Place: w.source, Text: w.text, Role: relation.RelationRole, Relation: n.id("")}
		if n.edgeNamed(w.text) != nil {
			mention.Field = n.id(w.text)
		}
		m.Mentions = append(m.Mentions, mention)
	}
	return m
}

// modelFields adds the fields of a node. The id is there, said or not, unless others
// make up the key.
func (n *node) modelFields(m *relation.Model) {
	primary := map[string]bool{"id": true}
	byParts := (n.schemaTo != nil || n.schemaFrom != nil) && len(n.composite) > 0
	if byParts {
		for _, w := range n.composite {
			primary[w.text] = true
		}
	} else if n.idDefault {
		m.Fields = append(m.Fields, relation.Field{Selector: "id", Type: n.idType, Column: "id", Primary: true})
	}
	for _, f := range n.declaration.fields {
		m.Fields = append(m.Fields, relation.Field{
			Selector: f.text, Place: f.source, Type: f.typ, Column: n.columnOf(f), Primary: primary[f.text],
		})
	}
}

func (e *edge) modelField() relation.Field {
	f := relation.Field{Selector: e.name, Place: e.source, Type: e.target.written, Many: !e.unique}
	if e.typ != nil {
		f.Target = e.typ.ref
		f.Type = e.typ.name
	}
	return f
}

// kind is what the edge is in the terms of all ORMs.
func (e *edge) kind() relation.Kind {
	switch {
	case e.shape == m2m:
		return relation.ManyToMany
	case e.ownsKey():
		return relation.BelongsTo
	case e.shape == o2o:
		return relation.HasOne
	}
	return relation.HasMany
}

func (e *edge) relation() relation.Relation {
	r := relation.Relation{
		ID: e.node.id(e.name), Dialect: name, Kind: e.kind(), Target: e.typ.ref,
		Place: e.place, Whole: e.whole, Embedded: e.mixed, Reason: e.reason(),
	}
	if e.pair != nil && (e.pair.pair == e || e.isInverse()) {
		r.Inverse = e.pair.node.id(e.pair.name)
	}
	if e.shape != m2m {
		r.Keys = e.keys()
		return r
	}
	r.JoinTable, r.JoinOpen = e.table, e.storage != nil && e.storage.open
	through := e.through
	if through == nil && e.pair != nil {
		through = e.pair.through
	}
	if through != nil {
		r.JoinModel = through.ref
	}
	own := relation.JoinKey{Column: e.columns[0], References: e.node.id("id")}
	other := relation.JoinKey{Column: e.columns[1], References: e.typ.id("id")}
	if e.isInverse() {
		own.Column, other.Column = other.Column, own.Column
	}
	r.JoinKeys, r.OwnJoinKeys = []relation.JoinKey{own, other}, 1
	return r
}

// keys is the key of an edge that has no join table: the field that holds it, or
// else its column.
func (e *edge) keys() []relation.Key {
	holder, points := e.typ, e.node
	if e.ownsKey() {
		holder, points = points, holder
	}
	column := e.columns[0]
	if e.key != nil && (e.key.field != nil || e.key.isID) {
		column = e.key.name
	}
	return []relation.Key{{ForeignKey: holder.id(column), References: points.id("id")}}
}

// reason says for people how ent comes to what an edge is.
func (e *edge) reason() string {
	many := func(e *edge) string {
		if e.unique {
			return " is unique"
		}
		return " is not unique"
	}
	switch {
	case e.added:
		return "Through gives " + e.node.name + " this edge to the schema of the join table"
	case e.pair != nil:
		return e.short() + many(e) + ", " + e.pair.short() + many(e.pair) + ": " + e.shape.String()
	case e.bidi:
		return e.short() + " leads to " + e.node.name + " itself and" + many(e) + ": " + e.shape.String() + ", the same in both directions"
	}
	return e.short() + many(e) + " and no From edge names it: " + e.shape.String()
}

// mentions are the names in the declaration of an edge.
func (e *edge) mentions() []relation.Mention {
	if e.added {
		return nil // they stand in the declaration of the edge that goes through
	}
	id := e.node.id(e.name)
	mentions := []relation.Mention{{Place: e.source, Text: e.name, Role: relation.NameRole, Relation: id, Field: id}}
	add := func(w *word, m relation.Mention) {
		if w != nil && !w.unknown() {
			m.Place, m.Text, m.Relation = w.source, w.text, id
			mentions = append(mentions, m)
		}
	}
	ref := relation.Mention{Role: relation.BackPopulatesRole}
	if e.pair != nil {
		ref.Field = e.pair.node.id(e.pair.name)
	}
	add(e.ref, ref)
	add(e.field, e.fieldMention())
	add(e.edgeDecl.through, relation.Mention{Role: relation.NameRole, Field: e.throughID()})
	if e.storage != nil && e.storage.table != nil {
		add(e.storage.table, relation.Mention{Role: relation.JoinTableRole, Table: e.storage.table.text})
	}
	return mentions
}

// throughID is the edge that Through adds.
func (e *edge) throughID() relation.FieldID {
	if e.edgeDecl.through == nil {
		return relation.FieldID{}
	}
	return e.node.id(e.edgeDecl.through.text)
}

// fieldMention is what Field names: a field of the schema that holds the key.
func (e *edge) fieldMention() relation.Mention {
	m := relation.Mention{Role: relation.ForeignKeyRole}
	holder := e.node
	if e.key != nil {
		holder = e.key.holder
	}
	if e.field != nil && holder.fieldsBy[e.field.text] != nil {
		m.Field = holder.id(e.field.text)
	}
	return m
}
