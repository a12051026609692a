package ent

import (
	"github.com/rells-dev/rells/index/dialect"
	"github.com/rells-dev/rells/index/relation"
)

// tables reports schemas that would share a table, and keys that would share the
// name of their constraint (Graph.Tables).
func (g *graph) tables() {
	byTable := map[string]*node{}
	for _, n := range g.nodes {
		if n.kind == isView || n.skipped || n.storeOpen {
			continue
		}
		other := byTable[n.tableName()]
		if other == nil {
			byTable[n.tableName()] = n
			continue
		}
		row, text := "ent23", "the table "+n.tableName()+" is that of "+other.name+" already"
		if other.namespace != n.namespace {
			row = "ent22"
			text += ": ent tells tables apart by their names alone, not by the schemas that they are in"
		}
		n.mistakes = append(n.mistakes, relation.Mistake{
			Kind: relation.NameDuplicate, Row: row, Field: relation.FieldID{Model: n.ref}, Place: n.tableAt(), Text: text,
			Related: []relation.Related{near(other.tableAt(), "the table of "+other.name)},
		})
	}
	g.symbols(byTable)
}

// tableAt is where a node says its table, else its name.
func (n *node) tableAt() relation.Place {
	if n.table != nil {
		return n.table.place
	}
	name, _ := dialect.Declaration(n.typ)
	return name
}

// symbols reports constraints of one name (ensureUniqueFKs). Those of join tables are
// not looked at.
func (g *graph) symbols(byTable map[string]*node) {
	seen := map[string]*edge{}
	for _, n := range g.nodes {
		for _, e := range n.edges {
			if !e.told() || e.isInverse() || e.shape == m2m || e.shape == unshaped || e.doubtful {
				continue
			}
			symbol, at, ok := e.symbol(byTable)
			if !ok {
				continue
			}
			other := seen[symbol]
			if other == nil {
				seen[symbol] = e
				continue
			}
			row := "ent25"
			if other.table == e.table {
				row = "ent26"
			}
			_, there, _ := other.symbol(byTable)
			e.amiss(relation.NameDuplicate, row, at, "its foreign key has the name "+symbol+", as that of "+other.short()+" has",
				near(there, other.short()))
		}
	}
}

// symbol is the name of the constraint of an edge's key (fkSymbol), and where it is
// said; false where that cannot be told.
func (e *edge) symbol(byTable map[string]*node) (symbol string, at relation.Place, ok bool) {
	if key := e.storage; key != nil {
		if key.open {
			return "", relation.Place{}, false
		}
		if len(key.symbols) == 1 {
			return key.symbols[0].text, key.symbols[0].place, true
		}
	}
	points := e.node
	if e.shape == m2o {
		points = e.typ
	}
	if byTable[e.table] == nil || byTable[points.tableName()] == nil || points.storeOpen {
		return "", relation.Place{}, false
	}
	return e.table + "_" + points.tableName() + "_" + e.name, e.place, true
}
