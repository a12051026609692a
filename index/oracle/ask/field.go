package ask

import (
	"reflect"
	"slices"
	"strings"
)

// TypeID is the id of a struct in the words of rells' output: import path and name.
func TypeID(t reflect.Type) string { return t.PkgPath() + "." + t.Name() }

// FieldID is the id of the field with an index in the sense of reflect.StructField: the
// type's, and the shortest selector that reaches it.
func FieldID(t reflect.Type, index []int) string {
	return TypeID(t) + "." + strings.Join(shortest(t, index), ".")
}

// shortest is the shortest list of names by which Go selects the field of the index:
// fields of embedded structs are promoted, unless something hides them.
func shortest(t reflect.Type, index []int) []string {
	if len(index) == 0 {
		return nil
	}
	var best []string
	for end := len(index); end > 0; end-- {
		f := at(t, index[:end])
		if found, ok := t.FieldByName(f.Name); !ok || !slices.Equal(found.Index, index[:end]) {
			continue
		}
		names := append([]string{f.Name}, shortest(element(f.Type), index[end:])...)
		if best == nil || len(names) < len(best) {
			best = names
		}
	}
	return best
}

func at(t reflect.Type, index []int) reflect.StructField {
	var f reflect.StructField
	for _, i := range index {
		f = element(t).Field(i)
		t = f.Type
	}
	return f
}

func element(t reflect.Type) reflect.Type {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	return t
}
