package index

import (
	"github.com/rells-dev/rells/index/facts"
	"github.com/rells-dev/rells/index/relation"
)

// Some ORMs find the model of a join table by the table's name. So it is kept which
// structs are models of which table, and who asked for that is read again when it
// changes.

// table is a table as one dialect calls it.
type table struct {
	dialect int
	name    string
}

// tableSymbol stands, among what a reading looked at, for which structs are models
// of the table; for "", which tables there are.
func tableSymbol(dialect, name string) facts.Symbol {
	return facts.Symbol{Name: "table " + dialect + " " + name}
}

// tableOf is the table of a model, "" for none.
func tableOf(m *relation.Model) string {
	if m == nil {
		return ""
	}
	return m.Table
}

// retable notes that an entry is the model of another table than before.
func (b *batch) retable(d int, ref facts.Ref, before, now string) {
	if before == now {
		return
	}
	b.reread(tableSymbol(b.dialects[d].Name, ""))
	if before != "" {
		remove(b.tables, table{d, before}, ref)
		b.reread(tableSymbol(b.dialects[d].Name, before))
	}
	if now != "" {
		add(b.tables, table{d, now}, ref)
		b.reread(tableSymbol(b.dialects[d].Name, now))
	}
}

// reread queues the entries whose reading looked at a symbol.
func (b *batch) reread(s facts.Symbol) {
	for e := range b.readers[s] {
		b.enqueue(e.ref)
	}
}
