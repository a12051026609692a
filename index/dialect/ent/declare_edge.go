package ent

import (
	"github.com/rells-dev/rells/index/facts"
	"github.com/rells-dev/rells/index/relation"
)

// edge reads one element of Edges(). It is false for what cannot be read.
func (d *declarer) edge(file *facts.File, v *facts.Value) bool {
	calls := chain(v)
	if len(calls) == 0 {
		return false
	}
	f, ok := functionOf(file, calls[0], edgePackage)
	if !ok || f != "To" && f != "From" || len(calls[0].Args) == 0 {
		return false
	}
	e := &edgeDecl{word: d.word(file, &calls[0].Args[0]), from: f == "From", file: file, span: v.Span}
	if len(calls[0].Args) > 1 {
		e.target, e.typ = d.typeName(file, &calls[0].Args[1])
	}
	for _, call := range calls[1:] {
		if call.Callee().Text == "From" && !e.from && len(call.Args) > 0 {
			e.half = true
			e = &edgeDecl{word: d.word(file, &call.Args[0]), from: true, half: true, to: e, file: file, span: v.Span, target: e.target, typ: e.typ}
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

// edgeOption reads one of the calls behind To or From. Of several calls of one
// option the last counts.
func (d *declarer) edgeOption(e *edgeDecl, call *facts.Value) {
	name := call.Callee()
	if e.options == nil {
		e.options = map[string]relation.Place{}
	}
	e.options[name.Text] = relation.Place{File: e.file.Path, Span: name.Span}
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
		e.ref = d.textOrUnknown(e.file, &call.Args[0])
	case "Field":
		e.field = d.textOrUnknown(e.file, &call.Args[0])
	case "Through":
		e.through = d.textOrUnknown(e.file, &call.Args[0])
		if len(call.Args) > 1 {
			e.throughTarget, e.throughType = d.typeName(e.file, &call.Args[1])
		}
	}
}

// unknownText is the text of a word that the source does not show: no name of ent's
// holds a zero byte.
const unknownText = "\x00"

// textOrUnknown is the word that a value is, or one that says that there is one.
func (d *declarer) textOrUnknown(file *facts.File, v *facts.Value) *word {
	if w := d.word(file, v); w != nil {
		return w
	}
	return &word{text: unknownText, place: relation.Place{File: file.Path, Span: v.Span}, mixed: d.mixed}
}

func (w *word) unknown() bool { return w != nil && w.text == unknownText }

// says reports whether there is a word, and it says something.
func (w *word) says() bool { return w != nil && w.text != "" }

// typeName reads the argument that says where an edge leads: the type of the first
// parameter of a method expression like Pet.Type.
func (d *declarer) typeName(file *facts.File, v *facts.Value) (string, *word) {
	if v.Kind != facts.SelectedValue {
		return "", nil
	}
	of := v.Of
	at := &word{text: of.Name.Text, place: relation.Place{File: file.Path, Span: of.Name.Span}, mixed: d.mixed}
	switch {
	case of.Kind == facts.NamedValue:
		return of.Name.Text, at
	case of.Kind == facts.SelectedValue && of.Of.Kind == facts.NamedValue:
		return qualified(of.Of.Name.Text, of.Name.Text), at
	}
	return "", nil
}

// storage reads the options of StorageKey.
func (d *declarer) storage(e *edgeDecl, call *facts.Value) {
	if e.storage == nil {
		e.storage = &storageKey{}
	}
	e.storage.place = relation.Place{File: e.file.Path, Span: call.Callee().Span}
	for i := range call.Args {
		option := &call.Args[i]
		f, ok := functionOf(e.file, option, edgePackage)
		words := make([]*word, len(option.Args))
		for j := range option.Args {
			words[j] = d.word(e.file, &option.Args[j])
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
