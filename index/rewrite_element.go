package index

import (
	"slices"

	"github.com/rells-dev/rells/index/dialect"
	"github.com/rells-dev/rells/index/facts"
	"github.com/rells-dev/rells/index/golang"
)

// addElement adds an element to the list that a method of a model returns, and the
// method where there is none.
func (s *Snapshot) addElement(drafts map[string]*draft, model facts.Ref, e *dialect.NewElement) bool {
	node := s.Node(model)
	if node == nil {
		return false
	}
	path := e.File
	if path == "" {
		path = node.Models[0].Place.File
	}
	d, ok := s.draft(drafts, path)
	if !ok {
		return false
	}
	element := golang.NewElement{Receiver: model.Name, Method: e.Method, List: e.List, Package: e.Package}
	for _, c := range e.Calls {
		call := golang.NewCall{Name: c.Name}
		for _, a := range c.Args {
			call.Args = append(call.Args, golang.NewArg(a))
		}
		element.Calls = append(element.Calls, call)
	}
	d.facts = golang.Extract(path, d.text, golang.Wanted{Methods: []string{e.Method}})
	qualify := golang.QualifyIn(d.facts, model.Package, s.packageName)
	has := slices.ContainsFunc(d.facts.Methods, func(m facts.Method) bool {
		return m.Receiver == model.Name && m.Name.Text == e.Method
	})
	if has == (e.File == "") {
		return false
	}
	edits, ok := golang.AddElement(d.facts, d.text, element, qualify)
	if ok {
		d.take(edits)
	}
	return ok
}
