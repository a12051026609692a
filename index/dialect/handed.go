package dialect

import (
	"slices"

	"github.com/rells-dev/rells/index/facts"
)

// Called is the first of the names by which a call hands a type over; "" for none.
func Called(uses []facts.Use, names []string) string {
	for _, u := range uses {
		if slices.Contains(names, u.Call) {
			return u.Call
		}
	}
	return ""
}

// Chosen is the only one of the types, or of several the one of the package that another type
// is of; nil where that does not tell.
func Chosen(types []facts.Type, beside facts.Type) facts.Type {
	if len(types) > 1 {
		types = slices.DeleteFunc(slices.Clone(types), func(t facts.Type) bool { return t.Ref().Package != beside.Ref().Package })
	}
	if len(types) != 1 {
		return nil
	}
	return types[0]
}

// ChosenHanded is Chosen for an ORM that knows those types alone which are handed to it: where
// calls hand over any of them, the others do not count.
func ChosenHanded(s Scope, types []facts.Type, beside facts.Type) (chosen facts.Type, handed bool) {
	known := slices.DeleteFunc(slices.Clone(types), func(t facts.Type) bool { return len(s.Uses(t)) == 0 })
	if len(known) == 0 {
		return Chosen(types, beside), false
	}
	return Chosen(known, beside), true
}
