package gopg

import (
	"github.com/rells-dev/rells/index/dialect"
	"github.com/rells-dev/rells/index/facts"
	"github.com/rells-dev/rells/index/relation"
)

// refuse reports what RegisterTable is given and cannot take, since it is no struct
// (orm/tables.go, get). The Model of a query takes maps and values too.
func refuse(_ dialect.Scope, from *facts.File, use facts.Use, t facts.Type) *relation.Mistake {
	if use.Call != registerTable {
		return nil
	}
	return dialect.HandedNoStruct("pg32", from, use, t, "pointers to structs")
}
