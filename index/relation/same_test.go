package relation

import (
	"reflect"
	"testing"
)

// TestSameLooksAtEverything changes a model in each of its parts, one at a time, down to
// the last text and number: no two of them are the same.
func TestSameLooksAtEverything(t *testing.T) {
	filled := func() *Model {
		m := &Model{}
		fill(reflect.ValueOf(m).Elem())
		return m
	}
	if !filled().Same(filled()) {
		t.Error("two equal models are not the same")
	}
	leaves := 0
	for ; ; leaves++ {
		m, left := filled(), leaves
		path := change(reflect.ValueOf(m).Elem(), "Model", &left)
		if path == "" {
			break
		}
		if m.Same(filled()) {
			t.Errorf("%s makes no difference", path)
		}
	}
	if leaves < 100 {
		t.Errorf("only %d parts were changed", leaves)
	}
}

// fill gives slices one element and pointers something to point to.
func fill(v reflect.Value) {
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			fill(v.Field(i))
		}
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		fill(v.Index(0))
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(v.Elem())
	}
}

// change changes the leaf before which a number of others stand, and says where it is; ""
// where there are not as many.
func change(v reflect.Value, path string, left *int) string {
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			if found := change(v.Field(i), path+"."+v.Type().Field(i).Name, left); found != "" {
				return found
			}
		}
		return ""
	case reflect.Slice:
		return change(v.Index(0), path+"[]", left)
	case reflect.Pointer:
		return change(v.Elem(), path, left)
	}
	if *left--; *left >= 0 {
		return ""
	}
	switch {
	case v.CanInt():
		v.SetInt(1)
	case v.CanUint():
		v.SetUint(1)
	case v.Kind() == reflect.String:
		v.SetString("other")
	case v.Kind() == reflect.Bool:
		v.SetBool(true)
	default:
		panic("what is " + path)
	}
	return path
}
