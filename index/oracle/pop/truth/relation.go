package truth

import (
	"fmt"
	"reflect"
	"regexp"
	"strings"

	"github.com/gobuffalo/flect"
	"github.com/gobuffalo/pop/v6/associations"
)

var (
	simple = regexp.MustCompile(`^(\S+) = \?$`)
	joined = regexp.MustCompile(`^id in \(select (\S+) from (\S+) where (\S+) = \?\)$`)
)

// relationOf tells from the condition under which pop loads an association how it is
// kept. values are the unique values of the model's fields, by their names.
func relationOf(typ reflect.Type, f reflect.StructField, a associations.Association, values map[string]any) Relation {
	target := element(f.Type)
	r := Relation{Target: typeID(target), Kind: kindOf(f)}
	condition, args := a.Constraint()
	own := typeID(typ) + "." + nameOf(args[0], values)
	if m := joined.FindStringSubmatch(condition); m != nil {
		r.JoinTable = m[2]
		r.OwnKey = m[3] + " = " + own
		r.TargetKey = m[1] + " = " + columnIn(target, "id")
		return r
	}
	m := simple.FindStringSubmatch(condition)
	if m == nil {
		r.Key = "cannot read " + condition
		return r
	}
	if r.Kind == "belongs-to" {
		r.Key = own + " = " + columnIn(target, m[1])
	} else {
		r.Key = columnIn(target, m[1]) + " = " + own
	}
	return r
}

func kindOf(f reflect.StructField) string {
	for tag, kind := range kinds {
		if f.Tag.Get(tag) != "" {
			return kind
		}
	}
	return ""
}

// element is the struct that a type leads to.
func element(t reflect.Type) reflect.Type {
	for t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice {
		t = t.Elem()
	}
	return t
}

// columnIn is the id of the field that holds a column, else of the column itself.
func columnIn(typ reflect.Type, column string) string {
	if f, ok := holder(typ, column); ok {
		return typeID(typ) + "." + f.Name
	}
	return typeID(typ) + "." + column
}

// holder is the field of a struct that holds a column.
func holder(typ reflect.Type, column string) (reflect.StructField, bool) {
	for _, f := range reflect.VisibleFields(typ) {
		if !f.Anonymous && strings.EqualFold(columnOf(f), column) {
			return f, true
		}
	}
	return reflect.StructField{}, false
}

func columnOf(f reflect.StructField) string {
	db := f.Tag.Get("db")
	switch {
	case db == "-":
		return ""
	case db != "":
		return db
	}
	for _, key := range []string{"rw", "select", "belongs_to", "has_many", "has_one", "fk_id", "primary_id", "order_by", "many_to_many"} {
		if f.Tag.Get(key) != "" {
			return ""
		}
	}
	return f.Name
}

// warningsOf is what is wrong with an association although pop takes it.
func warningsOf(typ reflect.Type, f reflect.StructField, a associations.Association, r *Relation) []string {
	var warnings []string
	note := func(when bool, what string) {
		if when {
			warnings = append(warnings, what)
		}
	}
	target := element(f.Type)
	fk := f.Tag.Get("fk_id")
	switch r.Kind {
	case "belongs-to":
		key, _, _ := strings.Cut(strings.TrimPrefix(r.Key, typeID(typ)+"."), " ")
		held, _ := typ.FieldByName(key)
		note(fk != "" && fk != key && held.Tag.Get("db") != fk, "idle")
		note(f.Tag.Get("order_by") != "", "idle")
	case "has-one", "has-many":
		condition, _ := a.Constraint()
		_, held := holder(target, strings.TrimSuffix(condition, " = ?"))
		note(!held, "unseen")
		table := f.Tag.Get("has_many")
		if r.Kind == "has-one" {
			table = flect.Pluralize(f.Tag.Get("has_one"))
		}
		_, byValue := target.MethodByName("TableName")
		_, byPointer := reflect.PointerTo(target).MethodByName("TableName")
		note((byValue || !byPointer) && table != tableOf(target), "table")
		_, sortable := a.(associations.AssociationSortable)
		note(f.Tag.Get("order_by") != "" && !sortable, "idle")
	}
	return warnings
}

// nameOf is the name of the field that has a value.
func nameOf(value any, values map[string]any) string {
	for name, v := range values {
		if reflect.DeepEqual(v, value) {
			return name
		}
	}
	return fmt.Sprint("nobody has ", value)
}
