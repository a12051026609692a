package pop

import (
	"strings"

	"github.com/rells-dev/rells/index/facts"
)

// nameTable finds the table of a single model (model.go, TableName): what its TableName
// returns, as far as that can be told, else a plural of its name.
func (sch *schema) nameTable() {
	m, ok := sch.typ.Method("TableName")
	switch {
	case ok && tableNaming(m):
		sch.table, sch.pointerTable = m.Literal.Text, m.Pointer
	case sch.typ.Opaque() || strings.Contains(sch.typeName, "["):
	default:
		sch.table = tableize(sch.typeName)
	}
}

// tableNaming reports whether a method gives the table, from a context or from nothing.
func tableNaming(m facts.Method) bool {
	return m.Params < 2 && len(m.Results) == 1 && m.Results[0].Kind == facts.NamedExpr && m.Results[0].Name == "string" && m.Results[0].Package == ""
}
