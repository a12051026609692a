package ent

import (
	"github.com/rells-dev/rells/index/dialect"
	"github.com/rells-dev/rells/index/facts"
	"github.com/rells-dev/rells/index/relation"
)

// declaration is what one type declares, mixins included, with no knowledge of
// other schemas. It never changes.
type declaration struct {
	typ  facts.Type
	file *facts.File
	kind typeKind
	name string

	fields      []*field // of mixins first, as entc/load has them
	edges       []*edgeDecl
	indexes     []*word // names that index.Edges lists
	composite   []*word // of field.ID: the parts of a composite key
	table       *word   // nil: by the name of the type
	namespace   string  // the SQL schema of the table
	skipped     bool    // no table is made
	fieldsOpen  bool    // there may be more than is listed
	edgesOpen   bool
	indexesOpen bool
	storeOpen   bool // table, namespace and id may be others
}

// word is a text in the source that names something.
type word struct {
	text  string
	place relation.Place
	mixed bool // it stands in a mixin
}

// field is one field of a schema.
type field struct {
	*word
	typ        string // see fieldTypes
	optional   bool
	immutable  bool
	scanner    bool // has an external ValueScanner
	storageKey string
}

// edgeDecl is one edge, or one half of a chain To(...).From(...).
type edgeDecl struct {
	*word
	from   bool
	file   *facts.File
	span   facts.Span // of the whole chain of calls
	target string     // as written: "Pet", "other.Pet"; "" where it cannot be told
	typ    *word      // the type's own name
	to     *edgeDecl  // of the From half of a chain: the To half
	half   bool       // is one of a chain

	unique, required, immutable bool
	options                     map[string]relation.Place // where the calls that set them stand, by name
	ref, field                  *word
	through, throughType        *word
	throughTarget               string
	storage                     *storageKey
}

// storageKey is what StorageKey options say.
type storageKey struct {
	place   relation.Place // of the call's name
	table   *word
	columns []*word
	symbols []*word
	open    bool // by options that cannot be read
}

// declarer reads the declaration of one type.
type declarer struct {
	scope dialect.Scope
	*declaration
	mixed bool // what is read is a mixin's
	depth int
}

// maxMixins bounds how deep methods lead to those of other types.
const maxMixins = 8

// declare reads what a type declares, nil for one that is certainly no schema. Of
// one that may be a schema nothing but that is told.
func declare(s dialect.Scope, t facts.Type) *declaration {
	file, decl := t.Decl()
	kind := kindOf(t)
	if kind == isNone {
		return nil
	}
	d := &declarer{scope: s, declaration: &declaration{typ: t, file: file, kind: kind, name: decl.Name.Text}}
	if kind == mayBe {
		return d.declaration
	}
	d.config(t) // an annotation counts for more, wherever it stands
	d.mixins()
	d.own(t)
	return d.declaration
}

// own reads the lists of a schema or a mixin itself.
func (d *declarer) own(t facts.Type) {
	d.list(t, "Annotations", &d.storeOpen, d.annotation)
	d.list(t, "Fields", &d.fieldsOpen, d.field)
	d.list(t, "Edges", &d.edgesOpen, d.edge)
	d.list(t, "Indexes", &d.indexesOpen, d.index)
}

// list visits the elements of what a method returns. open is set where there may be
// more, and where an element cannot be read.
func (d *declarer) list(t facts.Type, name string, open *bool, visit func(*facts.File, *facts.Value) bool) {
	file, m, known := method(t, name)
	if !known {
		*open = true
	}
	if file == nil || !known {
		return
	}
	d.elements(file, name, &m.Value, open, visit)
}

func (d *declarer) elements(file *facts.File, method string, v *facts.Value, open *bool, visit func(*facts.File, *facts.Value) bool) {
	one := func(v *facts.Value) {
		if !visit(file, v) {
			*open = true
		}
	}
	switch {
	case v.Kind == facts.LiteralValue:
		for i := range v.Args {
			one(&v.Args[i])
		}
	case v.Kind == facts.NamedValue && v.Name.Text == "nil":
	case v.Callee().Text == "append" && v.Receiver() == nil && len(v.Args) > 0:
		d.elements(file, method, &v.Args[0], open, visit)
		for i := range v.Args[1:] {
			if arg := &v.Args[1+i]; arg.Spread {
				d.elements(file, method, arg, open, visit)
			} else {
				one(arg)
			}
		}
	case v.Callee().Text == method && v.Receiver() != nil && v.Receiver().Kind == facts.LiteralValue: // Base{}.Fields()
		if t, ok := d.lookup(file, &v.Receiver().Type); ok && d.depth < maxMixins {
			d.depth++
			d.list(t, method, open, visit)
			d.depth--
			return
		}
		*open = true
	case v.Kind == facts.UnknownValue:
		for i := range v.Args {
			if arg := &v.Args[i]; arg.Kind == facts.CallValue && len(arg.Args) > 0 && arg.Args[0].Kind == facts.NamedValue {
				rest := *arg // append(list, ...), whose list is told by itself
				rest.Args = append([]facts.Value{{Kind: facts.LiteralValue}}, arg.Args[1:]...)
				d.elements(file, method, &rest, open, visit)
			} else {
				d.elements(file, method, arg, open, visit)
			}
		}
		*open = true
	default:
		*open = true
	}
}

// lookup finds a type by its name in a file.
func (d *declarer) lookup(file *facts.File, e *facts.Expr) (facts.Type, bool) {
	if e.Kind != facts.NamedExpr || len(e.Args) > 0 {
		return nil, false
	}
	return d.scope.Lookup(file, qualified(e.Package, e.Name))
}

func qualified(pkg, name string) string {
	if pkg == "" {
		return name
	}
	return pkg + "." + name
}

// mixins reads the mixins of a schema, in their order.
func (d *declarer) mixins() {
	open := false
	d.mixed = true
	d.list(d.typ, "Mixin", &open, d.mixin)
	d.mixed = false
	if open {
		d.fieldsOpen, d.edgesOpen, d.indexesOpen, d.storeOpen = true, true, true, true
	}
}

// mixin reads one mixin: a literal, or mixin.AnnotateFields(literal, ...).
func (d *declarer) mixin(file *facts.File, v *facts.Value) bool {
	if f, ok := functionOf(file, v, mixinPackage); ok && (f == "AnnotateFields" || f == "AnnotateEdges") && len(v.Args) > 0 {
		return d.mixin(file, &v.Args[0])
	}
	if v.Kind != facts.LiteralValue {
		return false
	}
	if v.Type.Package != "" && v.Type.Package == localName(file, mixinPackage) {
		names, ok := timeFields[v.Type.Name]
		for _, name := range names {
			d.fields = append(d.fields, &field{word: &word{text: name, mixed: true}, typ: "time", immutable: name == "create_time"})
		}
		return ok
	}
	t, ok := d.lookup(file, &v.Type)
	if !ok || t.Shape() != facts.Struct {
		return false
	}
	d.own(t)
	return true
}

// timeFields are the fields of ent's own mixins.
var timeFields = map[string][]string{
	"Schema":     nil,
	"Time":       {"create_time", "update_time"},
	"CreateTime": {"create_time"},
	"UpdateTime": {"update_time"},
}

// word takes a text out of the source, nil for a value that is none.
func (d *declarer) word(file *facts.File, v *facts.Value) *word {
	if v.Kind != facts.TextValue {
		return nil
	}
	return &word{text: v.Name.Text, place: relation.Place{File: file.Path, Span: v.Name.Span}, mixed: d.mixed}
}

// localName is the name by which a file knows a package, "." where it needs none,
// "" where it does not import it.
func localName(file *facts.File, path string) string {
	for _, imp := range file.Imports {
		if imp.Path.Text != path {
			continue
		}
		if imp.Name.Text != "" {
			return imp.Name.Text
		}
		for i := len(path) - 1; i >= 0; i-- {
			if path[i] == '/' {
				return path[i+1:]
			}
		}
	}
	return ""
}

// functionOf is the name of the package's function that a value calls.
func functionOf(file *facts.File, v *facts.Value, path string) (string, bool) {
	if v.Kind != facts.CallValue {
		return "", false
	}
	local := localName(file, path)
	of := v.Receiver()
	if of == nil {
		return v.Callee().Text, local == "." && v.Callee().Text != ""
	}
	return v.Callee().Text, of.Kind == facts.NamedValue && of.Name.Text == local && local != ""
}

// chain lists the calls of a chain, the first of which calls a function:
// edge.To(...), .Unique(), .Required().
func chain(v *facts.Value) []*facts.Value {
	var calls []*facts.Value
	for v != nil && v.Kind == facts.CallValue {
		calls = append(calls, v)
		v = v.Receiver()
	}
	for i, j := 0, len(calls)-1; i < j; i, j = i+1, j-1 {
		calls[i], calls[j] = calls[j], calls[i]
	}
	return calls
}
