package bun

import (
	"github.com/rells-dev/rells/index/dialect"
	"github.com/rells-dev/rells/index/facts"
	"github.com/rells-dev/rells/index/relation"
)

// refuse reports what RegisterModel is given and cannot take, since it is no struct
// (schema/tables.go, Get). The Model of a query takes maps and values too.
func refuse(_ dialect.Scope, from *facts.File, use facts.Use, t facts.Type) *relation.Mistake {
	if use.Call != registerModel {
		return nil
	}
	return dialect.HandedNoStruct("bun34", from, use, t, "pointers to structs")
}
