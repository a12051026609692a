package gorm

import (
	"github.com/rells-dev/rells/index/dialect"
	"github.com/rells-dev/rells/index/facts"
	"github.com/rells-dev/rells/index/relation"
)

// refuse reports what AutoMigrate is given and cannot parse, since it is no struct
// (schema/schema.go, ParseWithSpecialTableName). A plain string is the name of a
// table there; what an interface holds is known at run time only; and the other
// calls take anything once Table is called before them.
func refuse(s dialect.Scope, from *facts.File, use facts.Use, t facts.Type) *relation.Mistake {
	if use.Call != "AutoMigrate" || usesV1(s, from) {
		return nil
	}
	if _, ok := s.Requires(from, moduleV2); !ok {
		return nil
	}
	row := "gorm13"
	if t.Ref().IsZero() {
		row = "gorm12"
	}
	switch t.Shape() {
	case facts.Map, facts.Func, facts.Chan:
	case facts.Basic:
		if row == "gorm12" && t.Basic() == "string" {
			return nil
		}
	default:
		return nil
	}
	return &relation.Mistake{
		Kind:  relation.TargetNotModel,
		Row:   row,
		Place: relation.Place{File: from.Path, Span: use.Span},
		Text:  "AutoMigrate takes structs, not a " + shapeNames[t.Shape()] + "; only a struct can be a model",
	}
}

var shapeNames = map[facts.Shape]string{
	facts.Map: "map", facts.Func: "func", facts.Chan: "channel", facts.Basic: "plain value",
}
