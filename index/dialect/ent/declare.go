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
	text   string
	place  relation.Place // where it is said
	source relation.Place // where the text stands: elsewhere, if it is a constant's
	mixed  bool           // it stands in a mixin, or in a function that others may call, too
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
	whole  relation.Place // the chain of calls; the name, where that stands elsewhere
	target target
	to     *edgeDecl // of the From half of a chain: the To half
	half   bool      // is one of a chain

	unique, required, immutable bool
	options                     map[string]relation.Place // where the calls that set them stand, by name
	ref, field                  *word
	through                     *word
	throughTarget               target
	storage                     *storageKey
}

// target is the type that an edge leads to, or through.
type target struct {
	file    *facts.File
	written string // in the file: "Pet", "other.Pet"; "" where it cannot be told
	typ     *word  // the type's own name
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
	steps int  // that were made, see settle
}

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
	self := expression{Value: &facts.Value{Kind: facts.LiteralValue, Type: new(facts.Expr)}, file: file, typ: t}
	d.config(self) // an annotation counts for more, wherever it stands
	d.mixins(self)
	d.own(self)
	return d.declaration
}

// own reads the lists of a schema or a mixin itself.
func (d *declarer) own(self expression) {
	d.list(self, "Annotations", &d.storeOpen, d.annotation)
	d.list(self, "Fields", &d.fieldsOpen, d.field)
	d.list(self, "Edges", &d.edgesOpen, d.edge)
	d.list(self, "Indexes", &d.indexesOpen, d.index)
}

// list visits the elements of what a method of a literal returns. open is set where there
// may be more, and where an element cannot be read.
func (d *declarer) list(self expression, name string, open *bool, visit func(expression) bool) {
	x, ok := d.returned(self, name, open)
	if ok {
		d.elements(x, open, visit)
	}
}

// returned is what a method of a literal returns; false where it has none. open is set where
// it may have one that cannot be read.
func (d *declarer) returned(self expression, name string, open *bool) (expression, bool) {
	t, ok := d.typeOf(self)
	if !ok {
		*open = true
		return expression{}, false
	}
	file, m, known := method(t, name)
	if file == nil || !known || m.Returns == nil {
		*open = *open || !known || file != nil
		return expression{}, false
	}
	names := map[string]expression{m.Returns.Self: d.receiver(t, self, m)}
	return expression{Value: &m.Returns.Value, file: file, names: names, shared: d.mixed}, true
}

// elements visits the elements of a list.
func (d *declarer) elements(x expression, open *bool, visit func(expression) bool) {
	x = d.settle(x)
	switch {
	case x.Value == nil:
		*open = true
	case x.Kind == facts.LiteralValue:
		d.each(x, 0, open, visit)
	case x.Kind == facts.NamedValue && x.Name.Text == "nil", x.Callee().Text == "make" && x.Receiver() == nil:
	case x.Callee().Text == "append" && x.Receiver() == nil && len(x.Args) > 0:
		d.elements(x.arg(0), open, visit)
		d.each(x, 1, open, visit)
	case x.Callee().Text == "Concat" && x.Receiver() != nil && x.Receiver().Name.Text == localName(x.file, "slices"):
		for i := range x.Args {
			d.elements(x.arg(i), open, visit)
		}
	case x.Kind == facts.UnknownValue:
		d.shown(x, visit)
		*open = true
	default:
		*open = true
	}
}

// each visits the arguments of a call or a literal from the given one on.
func (d *declarer) each(x expression, from int, open *bool, visit func(expression) bool) {
	for i := from; i < len(x.Args); i++ {
		arg := x.arg(i)
		switch {
		case !d.mayStep():
			*open = true
			return
		case arg.Spread:
			d.elements(arg, open, visit)
		default:
			if arg = d.settle(arg); arg.Value == nil || !visit(arg) {
				*open = true
			}
		}
	}
}

// shown visits the elements of lists that a body shows of which no more can be told.
func (d *declarer) shown(x expression, visit func(expression) bool) {
	var open bool
	for i := range x.Args {
		if list := x.arg(i); list.Callee().Text == "append" && list.Receiver() == nil {
			d.each(list, 1, &open, visit) // the list itself is another of those
		} else {
			d.elements(list, &open, visit)
		}
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
func (d *declarer) mixins(self expression) {
	open := false
	d.mixed = true
	d.list(self, "Mixin", &open, d.mixin)
	d.mixed = false
	if open {
		d.fieldsOpen, d.edgesOpen, d.indexesOpen, d.storeOpen = true, true, true, true
	}
}

// mixin reads one mixin: a literal, or mixin.AnnotateFields(literal, ...).
func (d *declarer) mixin(x expression) bool {
	if f, ok := x.function(mixinPackage); ok && (f == "AnnotateFields" || f == "AnnotateEdges") && len(x.Args) > 0 {
		return d.mixin(d.settle(x.arg(0)))
	}
	if x.Value == nil || x.Kind != facts.LiteralValue {
		return false
	}
	if x.Type.Package != "" && x.Type.Package == localName(x.file, mixinPackage) {
		names, ok := timeFields[x.Type.Name]
		for _, name := range names {
			d.fields = append(d.fields, &field{word: &word{text: name, mixed: true}, typ: "time", immutable: name == "create_time"})
		}
		return ok
	}
	if t, ok := d.typeOf(x); !ok || t.Shape() != facts.Struct {
		return false
	}
	d.own(x)
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
func (d *declarer) word(x expression) *word {
	text := d.settle(x)
	if text.Value == nil || text.Kind != facts.TextValue {
		return nil
	}
	w := &word{text: text.Name.Text, place: text.name(), source: text.name(), mixed: d.mixed || text.shared}
	if text.use.File != "" {
		w.place = text.use
	}
	return w
}
