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
func (d *declarer) field(x expression) bool {
	calls := x.chain()
	if len(calls) == 0 {
		return false
	}
	constructor, ok := calls[0].function(fieldPackage)
	if !ok || len(calls[0].Args) == 0 || fieldTypes[constructor] == "" {
		return false
	}
	f := &field{word: d.word(calls[0].arg(0)), typ: fieldTypes[constructor]}
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
			if len(call.Args) > 0 {
				f.storageKey = d.textOrUnknown(call.arg(0)).text
			}
		}
	}
	d.fields = append(d.fields, f)
	return true
}

// index reads one element of Indexes(): index.Fields("a").Edges("b", "c").
func (d *declarer) index(x expression) bool {
	calls := x.chain()
	if len(calls) == 0 {
		return false
	}
	if _, ok := calls[0].function(indexPackage); !ok {
		return false
	}
	var names []*word
	for _, call := range calls {
		if call.Callee().Text != "Edges" {
			continue
		}
		names = nil // of several calls the last counts
		for i := range call.Args {
			if w := d.word(call.arg(i)); w != nil {
				names = append(names, w)
			}
		}
	}
	d.indexes = append(d.indexes, names...)
	return true
}

// config reads the table that Config() names.
func (d *declarer) config(self expression) {
	x, ok := d.returned(self, "Config", &d.storeOpen)
	if !ok {
		return
	}
	if x = d.settle(x); x.Value == nil || x.Kind != facts.LiteralValue {
		d.storeOpen = true
		return
	}
	d.take("Table", x, &d.table)
}

// take takes the text of an element of a literal, if it is there and says something.
func (d *declarer) take(key string, literal expression, into **word) {
	for i := range literal.Args {
		if literal.Args[i].Key.Text == key {
			d.annotated(literal.arg(i), into)
		}
	}
}

// annotation reads one element of Annotations(): what it says about the table, or
// the composite key. What says something else is read too, and passed over.
func (d *declarer) annotation(x expression) bool {
	var namespace *word
	f, ok := x.function(entsqlPackage)
	switch {
	case ok && f == "Table" && len(x.Args) == 1:
		d.annotated(x.arg(0), &d.table)
	case ok && f == "Schema" && len(x.Args) == 1:
		d.annotated(x.arg(0), &namespace)
	case ok && f == "SchemaTable" && len(x.Args) == 2:
		d.annotated(x.arg(0), &namespace)
		d.annotated(x.arg(1), &d.table)
	case ok && f == "Skip":
		d.skipped = true
	case x.Kind == facts.LiteralValue && x.Type.Package != "" && x.Type.Package == localName(x.file, entsqlPackage):
		d.take("Table", x, &d.table)
		d.take("Schema", x, &namespace)
		for i := range x.Args {
			d.skipped = d.skipped || x.Args[i].Key.Text == "Skip"
		}
	default:
		return d.compositeID(x)
	}
	if namespace != nil {
		d.namespace = namespace.text
	}
	return true
}

func (d *declarer) annotated(x expression, into **word) {
	w := d.word(x)
	if w == nil {
		d.storeOpen = true
	} else if w.text != "" {
		*into = w
	}
}

// compositeID reads field.ID("a", "b"). It is false for the annotations that a
// function of unknown origin makes.
func (d *declarer) compositeID(x expression) bool {
	f, ok := x.function(fieldPackage)
	if !ok || f != "ID" {
		calls := x.chain()
		return x.Kind == facts.LiteralValue || len(calls) > 0 && calls[0].Receiver() != nil
	}
	d.composite = nil
	for i := range x.Args {
		w := d.word(x.arg(i))
		if w == nil {
			d.storeOpen = true
			return true
		}
		d.composite = append(d.composite, w)
	}
	return true
}
