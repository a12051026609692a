package ent

import (
	"github.com/rells-dev/rells/index/facts"
)

// fieldTypes are the constructors of package field, and the Type that each makes
// (schema/field/type.go).
var fieldTypes = map[string]string{
	"String": "string", "Text": "string", "Bytes": "bytes", "Bool": "bool", "Time": "time",
	"JSON": "json", "Strings": "json", "Ints": "json", "Floats": "json", "Any": "json",
	"Enum": "enum", "UUID": "uuid", "Other": "other",
	"Int": "int", "Int8": "int8", "Int16": "int16", "Int32": "int32", "Int64": "int64",
	"Uint": "uint", "Uint8": "uint8", "Uint16": "uint16", "Uint32": "uint32", "Uint64": "uint64",
	"Float": "float64", "Float32": "float32",
}

// field reads one element of Fields(). It is false for what cannot be read.
func (d *declarer) field(file *facts.File, v *facts.Value) bool {
	calls := chain(v)
	if len(calls) == 0 {
		return false
	}
	constructor, ok := functionOf(file, calls[0], fieldPackage)
	if !ok || len(calls[0].Args) == 0 || fieldTypes[constructor] == "" {
		return false
	}
	f := &field{word: d.word(file, &calls[0].Args[0]), typ: fieldTypes[constructor]}
	if f.word == nil {
		return false
	}
	for _, call := range calls[1:] {
		switch call.Callee().Text {
		case "Optional":
			f.optional = true
		case "Immutable":
			f.immutable = true
		case "ValueScanner":
			f.scanner = true
		case "StorageKey":
			f.storageKey = unknownText
			if len(call.Args) > 0 && call.Args[0].Kind == facts.TextValue {
				f.storageKey = call.Args[0].Name.Text
			}
		}
	}
	d.fields = append(d.fields, f)
	return true
}

// index reads one element of Indexes(): index.Fields("a").Edges("b", "c").
func (d *declarer) index(file *facts.File, v *facts.Value) bool {
	calls := chain(v)
	if len(calls) == 0 {
		return false
	}
	if _, ok := functionOf(file, calls[0], indexPackage); !ok {
		return false
	}
	var names []facts.Value
	for _, call := range calls {
		if call.Callee().Text == "Edges" {
			names = call.Args
		}
	}
	for i := range names {
		if w := d.word(file, &names[i]); w != nil {
			d.indexes = append(d.indexes, w)
		}
	}
	return true
}

// config reads the table that Config() names.
func (d *declarer) config(t facts.Type) {
	file, m, known := method(t, "Config")
	switch {
	case !known || file != nil && m.Value.Kind != facts.LiteralValue:
		d.storeOpen = true
	case file != nil:
		d.take(file, "Table", &m.Value, &d.table)
	}
}

// take takes the text of an element of a literal, if it is there and says something.
func (d *declarer) take(file *facts.File, key string, literal *facts.Value, into **word) {
	for i := range literal.Args {
		arg := &literal.Args[i]
		if arg.Key.Text != key {
			continue
		}
		w := d.word(file, arg)
		if w == nil {
			d.storeOpen = true
		} else if w.text != "" {
			*into = w
		}
	}
}

// annotation reads one element of Annotations(): what it says about the table, or
// the composite key. What says something else is read too, and passed over.
func (d *declarer) annotation(file *facts.File, v *facts.Value) bool {
	var namespace *word
	f, ok := functionOf(file, v, entsqlPackage)
	switch {
	case ok && f == "Table" && len(v.Args) == 1:
		d.annotated(file, &v.Args[0], &d.table)
	case ok && f == "Schema" && len(v.Args) == 1:
		d.annotated(file, &v.Args[0], &namespace)
	case ok && f == "SchemaTable" && len(v.Args) == 2:
		d.annotated(file, &v.Args[0], &namespace)
		d.annotated(file, &v.Args[1], &d.table)
	case ok && f == "Skip":
		d.skipped = true
	case v.Kind == facts.LiteralValue && v.Type.Package != "" && v.Type.Package == localName(file, entsqlPackage):
		d.take(file, "Table", v, &d.table)
		d.take(file, "Schema", v, &namespace)
		for i := range v.Args {
			d.skipped = d.skipped || v.Args[i].Key.Text == "Skip"
		}
	default:
		return d.compositeID(file, v)
	}
	if namespace != nil {
		d.namespace = namespace.text
	}
	return true
}

func (d *declarer) annotated(file *facts.File, v *facts.Value, into **word) {
	w := d.word(file, v)
	if w == nil {
		d.storeOpen = true
	} else if w.text != "" {
		*into = w
	}
}

// compositeID reads field.ID("a", "b"). It is false for the annotations that a
// function of unknown origin makes.
func (d *declarer) compositeID(file *facts.File, v *facts.Value) bool {
	f, ok := functionOf(file, v, fieldPackage)
	if !ok || f != "ID" {
		calls := chain(v)
		return v.Kind == facts.LiteralValue || len(calls) > 0 && calls[0].Receiver() != nil
	}
	d.composite = nil
	for i := range v.Args {
		w := d.word(file, &v.Args[i])
		if w == nil {
			d.storeOpen = true
			return true
		}
		d.composite = append(d.composite, w)
	}
	return true
}
