package index

import (
	"slices"
	"strconv"
	"strings"

	"github.com/rells-dev/rells/index/facts"
	"github.com/rells-dev/rells/index/python"
	"github.com/rells-dev/rells/index/relation"
)

// inPython reports whether a model is declared in Python.
func (s *Snapshot) inPython(model facts.Ref) bool {
	n := s.Node(model)
	return n != nil && languageOf(n.Models[0].Place.File) == facts.Python
}

// become makes a text that of the draft.
func (d *draft) become(text []byte) {
	d.text = text
	d.facts = python.Extract(d.facts.Path, text)
}

// rewordPython changes names in strings, all at once.
func (d *draft) rewordPython(list []stretch, width int) bool {
	var words []python.Word
	for _, at := range list {
		for _, w := range at.words {
			words = append(words, python.Word{Span: w.Span, New: w.New, Literal: at.decl == literalStretch})
		}
	}
	text, ok := python.Reword(d.facts, d.text, width, words)
	if ok {
		d.become(text)
	}
	return ok
}

// setOption gives the call of a relation an option of the native tag, as its argument.
func (s *Snapshot) setOption(drafts map[string]*draft, model facts.Ref, o NewOption) bool {
	name, value, ok := strings.Cut(o.Option, ":")
	if !ok || o.Dialect != "" || name != "back_populates" {
		return false
	}
	argument := relation.Argument{
		Relation: relation.FieldID{Model: model, Field: o.Field}, Name: name, Code: strconv.Quote(value),
	}
	return s.setArguments(drafts, ModelRewrite{Arguments: []relation.Argument{argument}})
}

// setArguments gives calls their new arguments, relation by relation.
func (s *Snapshot) setArguments(drafts map[string]*draft, m ModelRewrite) bool {
	byRelation := map[relation.FieldID][]python.NewArgument{}
	var order []relation.FieldID
	for _, a := range m.Arguments {
		if byRelation[a.Relation] == nil {
			order = append(order, a.Relation)
		}
		byRelation[a.Relation] = append(byRelation[a.Relation], python.NewArgument{Name: a.Name, Code: a.Code, Instead: a.Instead})
	}
	for _, id := range order {
		d, call := s.callOf(drafts, id)
		if call == nil {
			return false
		}
		text, ok := python.SetArguments(d.facts, d.text, call, s.lineWidth(d.facts.Path), byRelation[id])
		if !ok {
			return false
		}
		d.become(text)
	}
	return true
}

// callOf is the call that declares a relation, in the draft of its file; nil for none.
func (s *Snapshot) callOf(drafts map[string]*draft, id relation.FieldID) (*draft, *facts.Value) {
	place, ok := s.FieldPlace(id)
	file, found := s.File(place.File)
	if !ok || !found {
		return nil, nil
	}
	d, ok := s.draft(drafts, place.File)
	if !ok {
		return nil, nil
	}
	before, now := file.Facts, d.facts
	if decl, field, ok := fieldAt(before, place.Span); ok {
		return d, calling(now.Decls[decl].Type.Fields[field].Value)
	}
	if i := slices.IndexFunc(before.Extensions, func(e facts.Extension) bool { return e.Field.Name.Span == place.Span }); i >= 0 {
		return d, calling(now.Extensions[i].Field.Value)
	}
	if i := slices.IndexFunc(before.Methods, func(m facts.Method) bool { return m.Name.Span == place.Span }); i >= 0 && now.Methods[i].Returns != nil {
		return d, calling(&now.Methods[i].Returns.Value)
	}
	return nil, nil
}

// calling is the value if it is a call, else nil.
func calling(v *facts.Value) *facts.Value {
	if v == nil || v.Kind != facts.CallValue {
		return nil
	}
	return v
}

// addAttributes adds attributes to the classes of models, all of one class at once, and
// leaves out imports that nothing uses any more.
func (s *Snapshot) addAttributes(drafts map[string]*draft, rewrite Rewrite) bool {
	byModel := map[facts.Ref][]python.NewAttribute{}
	var order []facts.Ref
	for _, m := range rewrite {
		for _, a := range m.Attributes {
			if byModel[m.Model] == nil {
				order = append(order, m.Model)
			}
			added := python.NewAttribute{Name: a.Name, Annotation: a.Annotation, Value: a.Value, After: a.After}
			for _, imp := range a.Imports {
				added.Imports = append(added.Imports, python.NewImport(imp))
			}
			byModel[m.Model] = append(byModel[m.Model], added)
		}
	}
	for _, model := range order {
		if !s.addAttributesTo(drafts, model, byModel[model]) {
			return false
		}
	}
	for _, d := range drafts {
		if d.facts.Language == facts.Python {
			d.become(python.Unimport(d.facts.Path, d.before, d.text))
		}
	}
	return true
}

// addAttributesTo adds attributes to the class of a model.
func (s *Snapshot) addAttributesTo(drafts map[string]*draft, model facts.Ref, attributes []python.NewAttribute) bool {
	d, decl, ok := s.draftDeclaring(drafts, model)
	if !ok || d.facts.Language != facts.Python {
		return false
	}
	text, ok := python.Insert(d.facts, d.text, decl, s.lineWidth(d.facts.Path), model.Package, attributes)
	if ok {
		d.become(text)
	}
	return ok
}

// lineWidth is how many characters a line of a file may have.
func (s *Snapshot) lineWidth(path string) int {
	if s.index == nil {
		return python.DefaultWidth
	}
	s.index.mu.Lock()
	defer s.index.mu.Unlock()
	return s.index.linker.program.python.LineWidth(path)
}
