// Package truth asks the real pop how it reads models.
package truth

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"reflect"
	"slices"

	"github.com/gobuffalo/pop/v6"
	"github.com/gobuffalo/pop/v6/associations"
)

// Model is what pop makes of one model.
type Model struct {
	ID    string // import path and name
	Table string
	// Error is the error or panic with which pop refuses to load or create the model, be it
	// empty, in its embedded structs; "" where only associations are refused.
	Error        string
	Associations []Association
}

// Association is one association as pop resolves it, in the words of rells' output.
type Association struct {
	Field     string // "Posts"
	Error     string // the error or panic; the rest is empty then
	Nothing   bool   // pop loads nothing into the field
	Relation  Relation
	Warnings  []string // what pop passes over
	Uncreated bool     // pop cannot create the model together with what the field holds
}

// Relation is how the association is kept.
type Relation struct {
	Target, Kind string
	Key          string // "foreign key = what it points to", both as field ids
	JoinTable    string
	OwnKey       string // of a join table: "column = field id"
	TargetKey    string
}

// Print asks pop about every model, given by a nil pointer, and writes what it says as
// JSON.
func Print(w io.Writer, models ...any) error {
	said := make([]Model, len(models))
	for i, m := range models {
		said[i] = ask(reflect.TypeOf(m).Elem())
	}
	return json.NewEncoder(w).Encode(said)
}

func ask(typ reflect.Type) Model {
	m := Model{ID: typeID(typ), Table: tableOf(typ)}
	fields, embeds := associated(typ, nil)
	whole := ""
	for range tries { // of several tags on a field pop takes one at random
		if whole = refusal(typ); whole != "" {
			break
		}
	}
	if embeds && whole != "" {
		m.Error = whole
		return m
	}
	for i, f := range fields {
		var names []string
		if !embeds { // pop wants a field that is named in every embedded struct, too
			names, i = []string{f.Name}, 0
		}
		m.Associations = append(m.Associations, one(typ, f, i, names))
	}
	if len(fields) == 0 {
		m.Error = whole
	}
	return m
}

// tries is how often pop is asked where it may answer at random.
const tries = 24

// kinds are the tags that make associations, and what rells calls these.
var kinds = map[string]string{"belongs_to": "belongs-to", "has_one": "has-one", "has_many": "has-many", "many_to_many": "many-to-many"}

// associated lists the fields with an association in the order in which pop comes to
// them, and reports whether structs are embedded.
func associated(typ reflect.Type, within []reflect.StructField) (fields []reflect.StructField, embeds bool) {
	for i := range typ.NumField() {
		f := typ.Field(i)
		if f.Anonymous {
			embeds = true
			t := f.Type
			if t.Kind() == reflect.Pointer {
				t = t.Elem()
			}
			if t.Kind() == reflect.Struct {
				inner, _ := associated(t, within)
				fields = append(fields, inner...)
			}
			continue
		}
		if slices.ContainsFunc([]string{"belongs_to", "has_one", "has_many", "many_to_many"}, func(k string) bool { return f.Tag.Get(k) != "" }) {
			fields = append(fields, f)
		}
	}
	return fields, embeds
}

// refusal is why pop refuses an empty model as a whole, "" where it does not.
func refusal(typ reflect.Type) string {
	return failure(func() error {
		_, err := associations.ForStruct(reflect.New(typ).Interface())
		return err
	})
}

// failure is the error that a function returns, or the value that it panics with.
func failure(f func() error) (message string) {
	defer func() {
		if r := recover(); r != nil {
			message = fmt.Sprint("panic: ", r)
		}
	}()
	if err := f(); err != nil {
		return err.Error()
	}
	return ""
}

// one is what pop makes of one association: the one at an index of those of the fields
// that are named.
func one(typ reflect.Type, f reflect.StructField, index int, names []string) Association {
	a := Association{Field: f.Name}
	types := map[reflect.Type]bool{}
	for range tries {
		built, why := build(reflect.New(typ), index, names)
		if why == "" {
			why = probed(built, f)
			types[reflect.TypeOf(built)] = true
		}
		if why != "" {
			a.Error = why
			return a
		}
	}
	if len(types) > 1 {
		a.Error = "several kinds, one at random"
		return a
	}
	model := reflect.New(typ)
	values := fill(model.Elem())
	built, why := build(model, index, names)
	if why != "" {
		a.Error = "filled: " + why
		return a
	}
	switch built.Kind() {
	case reflect.Slice, reflect.Array, reflect.Struct:
	default:
		a.Nothing = true
		return a
	}
	a.Relation = relationOf(typ, f, built, values)
	a.Warnings = warningsOf(typ, f, built, &a.Relation)
	a.Uncreated = uncreated(typ, f, index, names)
	return a
}

// build has pop read the associations of a model, and picks one.
func build(model reflect.Value, index int, names []string) (built associations.Association, why string) {
	why = failure(func() error {
		list, err := associations.ForStruct(model.Interface(), names...)
		if err == nil && index < len(list) {
			built = list[index]
		}
		return err
	})
	if why == "" && built == nil {
		why = "no association"
	}
	return built, why
}

// probed is what goes wrong when an association of an empty model is loaded, or left as it
// is while the model is created. A nil pointer to a slice is another matter: who loads it
// need not create it.
func probed(a associations.Association, f reflect.StructField) string {
	return failure(func() error {
		a.Constraint()
		pointer := f.Type.Kind() == reflect.Pointer && f.Type.Elem().Kind() == reflect.Slice
		if after, ok := a.(associations.AssociationAfterCreatable); ok && !pointer {
			after.AfterProcess()
		}
		if made, ok := a.(associations.AssociationCreatableStatement); ok {
			made.Statements()
		}
		a.Interface()
		return nil
	})
}

// uncreated reports whether pop fails to create the model eagerly with one element in the
// field.
func uncreated(typ reflect.Type, f reflect.StructField, index int, names []string) bool {
	model := reflect.New(typ)
	fill(model.Elem())
	held := model.Elem().FieldByName(f.Name)
	pointer := held.Kind() == reflect.Pointer && held.Type().Elem().Kind() == reflect.Slice
	hold(held)
	built, why := build(model, index, names)
	after, ok := built.(associations.AssociationAfterCreatable)
	if why != "" || !ok {
		return false
	}
	_, many := reflect.TypeOf(built).MethodByName("OrderBy")
	if pointer && many {
		return true // nil, it panics
	}
	return failure(after.AfterSetup) != "" || failure(func() error { after.AfterProcess(); return nil }) != ""
}

// hold puts one value into a field.
func hold(v reflect.Value) {
	switch v.Kind() {
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		hold(v.Elem())
	case reflect.Slice:
		one := reflect.New(v.Type().Elem()).Elem()
		hold(one)
		v.Set(reflect.Append(v, one))
	case reflect.Struct:
		fill(v)
	}
}

// tableOf is the table of a single model.
func tableOf(typ reflect.Type) string {
	return pop.NewModel(reflect.New(typ).Interface(), context.Background()).TableName()
}

func typeID(typ reflect.Type) string { return typ.PkgPath() + "." + typ.Name() }
