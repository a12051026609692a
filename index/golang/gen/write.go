package main

import (
	"bytes"
	"database/sql/driver"
	"fmt"
	"go/types"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"
)

// writer writes the declarations of one package.
type writer struct {
	pkg     *types.Package
	body    bytes.Buffer
	imports map[string]bool
}

// file is the whole source file.
func (w *writer) file() []byte {
	var out bytes.Buffer
	fmt.Fprintf(&out, "package %s\n", w.pkg.Name())
	paths := make([]string, 0, len(w.imports))
	for path := range w.imports {
		paths = append(paths, path)
	}
	slices.Sort(paths)
	for _, path := range paths {
		fmt.Fprintf(&out, "import %q\n", path)
	}
	out.Write(w.body.Bytes())
	return out.Bytes()
}

// spell writes a type as the package's source would, and notes what to import.
func (w *writer) spell(t types.Type) string {
	return types.TypeString(t, func(p *types.Package) string {
		if p == w.pkg {
			return ""
		}
		w.imports[p.Path()] = true
		return p.Name()
	})
}

func (w *writer) typeName(obj *types.TypeName) error {
	if alias, ok := obj.Type().(*types.Alias); ok {
		fmt.Fprintf(&w.body, "type %s = %s\n", obj.Name(), w.spell(alias.Rhs()))
		return nil
	}
	named := obj.Type().(*types.Named)
	params := ""
	if list := named.TypeParams(); list.Len() > 0 {
		var names []string
		for i := range list.Len() {
			names = append(names, list.At(i).Obj().Name())
		}
		params = "[" + strings.Join(names, ", ")
		fmt.Fprintf(&w.body, "type %s%s any] %s\n", obj.Name(), params, w.underlying(named))
		params += "]"
	} else {
		fmt.Fprintf(&w.body, "type %s %s\n", obj.Name(), w.underlying(named))
	}
	for i := range named.NumMethods() {
		m := named.Method(i)
		if !m.Exported() {
			continue
		}
		body, err := w.result(obj, m)
		if err != nil {
			return err
		}
		signature := m.Type().(*types.Signature)
		star := ""
		if _, pointer := types.Unalias(signature.Recv().Type()).(*types.Pointer); pointer {
			star = "*"
		}
		fmt.Fprintf(&w.body, "func (%s%s%s) %s%s%s\n", star, obj.Name(), params, m.Name(),
			strings.TrimPrefix(w.spell(signature), "func"), body)
	}
	return nil
}

// underlying writes what stands behind a declared type: of a struct the exported
// fields, of an interface nothing.
func (w *writer) underlying(named *types.Named) string {
	switch u := named.Underlying().(type) {
	case *types.Interface:
		return "interface{}"
	case *types.Struct:
		var fields []string
		for i := range u.NumFields() {
			f := u.Field(i)
			if !f.Exported() {
				continue
			}
			text := w.spell(f.Type())
			if !f.Embedded() {
				text = f.Name() + " " + text
			}
			if tag := u.Tag(i); tag != "" {
				text += " " + strconv.Quote(tag)
			}
			fields = append(fields, text)
		}
		return "struct{" + strings.Join(fields, "; ") + "}"
	default:
		return w.spell(u)
	}
}

// result is the body of a method: what a driver.Valuer returns for its zero value,
// in a form that package golang understands; nothing for any other method.
func (w *writer) result(obj *types.TypeName, m *types.Func) (string, error) {
	if m.Name() != "Value" || m.Signature().Results().Len() != 2 {
		return "", nil
	}
	id := w.pkg.Path() + "." + obj.Name()
	zero, ok := zeroes[id]
	if !ok {
		return "", fmt.Errorf("%s has a Value method: add its zero value to the list of valuers", id)
	}
	zero = reflect.Zero(reflect.TypeOf(zero)).Interface().(driver.Valuer)
	value, err := zero.Value()
	if err != nil {
		value = nil
	}
	switch value.(type) {
	case nil:
		return " { return nil, nil }", nil
	case string:
		return ` { return "", nil }`, nil
	case []byte:
		return " { return []byte(zero), nil }", nil
	case int64:
		return " { return int64(0), nil }", nil
	case float64:
		return " { return float64(0), nil }", nil
	case bool:
		return " { return false, nil }", nil
	case time.Time:
		w.imports["time"] = true
		return " { return time.Time(zero), nil }", nil
	}
	return "", fmt.Errorf("%s.Value returns %T", id, value)
}

// zeroes are the valuers by import path and name, type arguments left out.
var zeroes = func() map[string]driver.Valuer {
	byID := map[string]driver.Valuer{}
	for _, v := range valuers {
		t := reflect.TypeOf(v)
		if t.Kind() == reflect.Pointer {
			t = t.Elem()
		}
		name, _, _ := strings.Cut(t.Name(), "[")
		byID[t.PkgPath()+"."+name] = v
	}
	return byID
}()
