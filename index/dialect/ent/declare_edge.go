package ent

import (
	"github.com/rells-dev/rells/index/facts"
	"github.com/rells-dev/rells/index/relation"
)

// edge reads one element of Edges(). It is false for what cannot be read.
func (d *declarer) edge(x expression) bool {
	calls := x.chain()
	if len(calls) == 0 {
		return false
	}
	f, ok := calls[0].function(edgePackage)
	if !ok || f != "To" && f != "From" || len(calls[0].Args) == 0 {
		return false
	}
	e := &edgeDecl{from: f == "From"}
	d.nameEdge(e, x, calls[0].arg(0))
	if len(calls[0].Args) > 1 {
		e.target = d.target(calls[0].arg(1))
	}
	for _, call := range calls[1:] {
		if call.Callee().Text == "From" && !e.from && len(call.Args) > 0 {
			e.half = true
			e = &edgeDecl{from: true, half: true, to: e, target: e.target}
			d.nameEdge(e, x, call.arg(0))
			continue
		}
		d.edgeOption(e, call)
	}
	if e.word == nil || e.to != nil && e.to.word == nil {
		return false
	}
	d.edges = append(d.edges, e)
	if e.to != nil {
		d.edges = append(d.edges, e.to) // NewGraph, addEdges: the From half goes first
	}
	return true
}

// nameEdge gives an edge its name, which stands in the chain or was handed to it.
func (d *declarer) nameEdge(e *edgeDecl, chain, name expression) {
	e.word, e.whole = d.word(name), chain.place()
	if e.word != nil && (e.place.File != e.whole.File || !e.whole.Span.Contains(int(e.place.Span.Start))) {
		e.whole = e.place
	}
}

// edgeOption reads one of the calls behind To or From. Of several calls of one
// option the last counts.
func (d *declarer) edgeOption(e *edgeDecl, call expression) {
	name := call.Callee()
	if e.options == nil {
		e.options = map[string]relation.Place{}
	}
	e.options[name.Text] = call.part(call.Of).name()
	switch name.Text {
	case "Unique":
		e.unique = true
	case "Required":
		e.required = true
	case "Immutable":
		e.immutable = true
	case "StorageKey":
		d.storage(e, call)
	}
	if len(call.Args) == 0 {
		return
	}
	switch name.Text {
	case "Ref":
		e.ref = d.textOrUnknown(call.arg(0))
	case "Field":
		e.field = d.textOrUnknown(call.arg(0))
	case "Through":
		e.through = d.textOrUnknown(call.arg(0))
		if len(call.Args) > 1 {
			e.throughTarget = d.target(call.arg(1))
		}
	}
}

// unknownText is the text of a word that the source does not show: no name of ent's
// holds a zero byte.
const unknownText = "\x00"

// textOrUnknown is the word that a value is, or one that says that there is one.
func (d *declarer) textOrUnknown(x expression) *word {
	if w := d.word(x); w != nil {
		return w
	}
	return &word{text: unknownText, place: x.place(), source: x.place(), mixed: d.mixed || x.shared}
}

func (w *word) unknown() bool { return w != nil && w.text == unknownText }

// written is the text as it stands where it is said, "" where a constant stands there, or
// nothing: that cannot be changed without asking.
func (w *word) written() string {
	if w == nil || w.place != w.source {
		return ""
	}
	return w.text
}

// says reports whether there is a word, and it says something.
func (w *word) says() bool { return w != nil && w.text != "" }

// target reads the argument that says where an edge leads: the type of the first parameter
// of a method expression like Pet.Type.
func (d *declarer) target(x expression) target {
	for range maxEmbedding {
		bound, ok := d.bound(x)
		if !ok {
			break
		}
		if x = bound; x.Value == nil {
			return target{}
		}
	}
	if x.Kind != facts.SelectedValue {
		return target{}
	}
	of := x.part(x.Of)
	t := target{file: x.file, typ: &word{text: of.Name.Text, place: of.name(), source: of.name(), mixed: d.mixed || x.shared}}
	switch {
	case of.Kind == facts.NamedValue:
		t.written = of.Name.Text
	case of.Kind == facts.SelectedValue && of.Of.Kind == facts.NamedValue:
		t.written = qualified(of.Of.Name.Text, of.Name.Text)
	default:
		return target{}
	}
	return t
}

// storage reads the options of StorageKey.
func (d *declarer) storage(e *edgeDecl, call expression) {
	if e.storage == nil {
		e.storage = &storageKey{}
	}
	e.storage.place = call.part(call.Of).name()
	for i := range call.Args {
		option := d.settle(call.arg(i))
		if option.Value == nil {
			e.storage.open = true
			continue
		}
		f, ok := option.function(edgePackage)
		words := make([]*word, len(option.Args))
		for j := range option.Args {
			words[j] = d.word(option.arg(j))
			ok = ok && words[j] != nil
		}
		switch {
		case !ok || len(words) == 0:
			e.storage.open = true
		case f == "Table":
			e.storage.table = words[0]
		case f == "Column" || f == "Columns":
			e.storage.columns = words
		case f == "Symbol" || f == "Symbols":
			e.storage.symbols = words
		default:
			e.storage.open = true
		}
	}
}
