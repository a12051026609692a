package gorm

import (
	"strings"

	"github.com/rells-dev/rells/index/facts"
)

// base reads a struct that is embedded. Half of all models embed one and the same,
// gorm.Model or one's own: the schema of a base of columns alone, which is the same
// wherever it is embedded, is made once and copied.
func (p *parser) base(t facts.Type, table string) *schema {
	if !t.Ref().IsZero() && isFlat(t) {
		if made, ok := p.scope.Schema(t).(*schema); ok && made.naming == p.naming && made.onlyColumns() {
			return made.asBase(table)
		}
	}
	return p.parse(t, table)
}

// isFlat reports whether the struct embeds nothing itself. What does may come back
// to a struct that is being read.
func isFlat(t facts.Type) bool {
	for _, f := range t.Fields() {
		if f.Embedded {
			return false
		}
		if tag, ok := f.Tag(name); ok && strings.Contains(strings.ToUpper(tag.Value.Text), "EMBEDDED") {
			return false
		}
	}
	return true
}

// onlyColumns reports whether there is nothing more to say of the schema than its
// columns: no relation, for which the names of the struct matter, and no mistake.
func (sch *schema) onlyColumns() bool {
	for _, f := range sch.fields {
		if f.isRelation() || f.unsure() {
			return false
		}
	}
	return len(sch.troubles) == 0
}

// asBase is a copy for a model that embeds the struct, with fields of its own,
// since those change with where they stand. Nobody looks for its fields by name.
func (sch *schema) asBase(table string) *schema {
	fields := make([]field, len(sch.fields))
	base := &schema{typ: sch.typ, naming: sch.naming, name: sch.name, table: table, open: sch.open}
	base.fields = make([]*field, len(fields))
	for i, f := range sch.fields {
		fields[i] = *f
		base.fields[i] = &fields[i]
	}
	return base
}
