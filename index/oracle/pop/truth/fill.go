package truth

import (
	"fmt"
	"reflect"

	"github.com/gobuffalo/nulls"
	"github.com/gofrs/uuid"
)

// fill gives each field of a struct that may be a key, those of embedded structs too, a
// value of its own, and lists them by the names by which Go selects them.
func fill(v reflect.Value) map[string]any {
	values := map[string]any{}
	n := 0
	fillIn(v, values, &n)
	return values
}

func fillIn(v reflect.Value, values map[string]any, n *int) {
	for i := range v.NumField() {
		f, held := v.Type().Field(i), v.Field(i)
		if f.Anonymous {
			if held.Kind() == reflect.Pointer && held.CanSet() {
				held.Set(reflect.New(held.Type().Elem()))
				held = held.Elem()
			}
			if held.Kind() == reflect.Struct {
				fillIn(held, values, n)
			}
			continue
		}
		if !held.CanSet() {
			continue
		}
		*n++
		if value, ok := unique(held.Type(), *n); ok {
			held.Set(reflect.ValueOf(value).Convert(held.Type()))
			if _, taken := values[f.Name]; !taken {
				values[f.Name] = held.Interface()
			}
		}
	}
}

// unique is the n-th value of a type; false for one that is no key's.
func unique(t reflect.Type, n int) (any, bool) {
	switch reflect.Zero(t).Interface().(type) {
	case uuid.UUID:
		return uuid.UUID{15: byte(n)}, true
	case nulls.Int:
		return nulls.NewInt(n), true
	case *int:
		return &n, true
	}
	switch t.Kind() {
	case reflect.Int, reflect.Int64:
		return n, true
	case reflect.String:
		return fmt.Sprint("value ", n), true
	}
	return nil, false
}
