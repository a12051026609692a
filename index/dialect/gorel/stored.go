package gorel

import (
	"github.com/rells-dev/rells/index/dialect"
	"github.com/rells-dev/rells/index/facts"
	"github.com/rells-dev/rells/index/relation"
)

var timeType = facts.Ref{Package: "time", Name: "Time"}

// stored is what the column of a field holds, as far as its type tells: a type that
// writes itself may hold anything.
func (f *field) stored() relation.Stored {
	t := dialect.Indirect(f.typ)
	if t == nil {
		return relation.StoredUnknown
	}
	if t.Ref() == timeType {
		return relation.StoredTime
	}
	if t.Shape() != facts.Basic || t.Opaque() {
		return relation.StoredUnknown
	}
	if _, ok := t.Method("Value"); ok { // driver.Valuer
		return relation.StoredUnknown
	}
	return dialect.StoredBasic(t.Basic())
}
