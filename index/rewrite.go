package index

import (
	"cmp"
	"reflect"
	"slices"
	"strings"

	"github.com/rells-dev/rells/index/dialect"
	"github.com/rells-dev/rells/index/facts"
	"github.com/rells-dev/rells/index/golang"
	"github.com/rells-dev/rells/index/relation"
)

// Rewrite is a change of models in the abstract: what is to be written, not how.
type Rewrite []ModelRewrite

// ModelRewrite is the change of one model.
type ModelRewrite struct {
	Model   facts.Ref
	Names   []NewName
	Tags    []NewTag
	Options []NewOption
	Types   []NewType
	Fields  []dialect.NewField // behind those that are there, in this order
	// Elements go into the lists that methods of the model return, likewise.
	Elements []dialect.NewElement
	// Attributes go into the body of a class, Arguments into calls that declare relations.
	Attributes []dialect.NewAttribute
	Arguments  []relation.Argument
}

// NewName is another name in the place of one that stands in a tag.
type NewName struct {
	Place relation.Place
	Text  string
	// Literal: the place is a string with its quotes, the text other source, in which strings
	// stand in double quotes. In Python alone.
	Literal bool
}

// NewTag is another value of a tag of a field, which gets the tag if it has none.
type NewTag struct {
	Field   string // selector
	Dialect string // whose tag
	Value   string
}

// NewOption is one more option in a tag of a field, which gets the tag if it has
// none.
type NewOption struct {
	Field   string // selector
	Dialect string // whose tag; "" for the native one
	Option  string // "back_populates:Author"
}

// NewType is another type of a field.
type NewType struct {
	Field string // selector
	Type  dialect.TypeSpec
}

// Edit replaces a stretch of a file.
type Edit struct {
	Path    string     // absolute
	Span    facts.Span // in the snapshot's text
	NewText string
}

// Rewrite renders a change of models as edits of their files, ordered by file and
// place. It is false where some part of it cannot be written for certain: in files
// that are generated, not valid UTF-8 or outside of the workspace, in structs that
// cannot be read whole, in a tag that several fields share.
func (s *Snapshot) Rewrite(rewrite Rewrite) ([]Edit, bool) {
	drafts := map[string]*draft{}
	if !s.changeNames(drafts, rewrite) {
		return nil, false
	}
	for _, m := range rewrite {
		if !s.setTags(drafts, m) || !s.setTypes(drafts, m) || !s.setArguments(drafts, m) {
			return nil, false
		}
	}
	for _, m := range rewrite {
		if len(m.Fields) > 0 && !s.addFields(drafts, m.Model, m.Fields) {
			return nil, false
		}
		for i := range m.Elements {
			if !s.addElement(drafts, m.Model, &m.Elements[i]) {
				return nil, false
			}
		}
	}
	if !s.addAttributes(drafts, rewrite) {
		return nil, false
	}
	var edits []Edit
	for path, d := range drafts {
		for _, e := range d.edits() {
			edits = append(edits, Edit{Path: path, Span: e.Span, NewText: e.New})
		}
	}
	slices.SortFunc(edits, func(a, b Edit) int {
		return cmp.Or(cmp.Compare(a.Path, b.Path), cmp.Compare(a.Span.Start, b.Span.Start))
	})
	return edits, len(edits) > 0
}

// draft is a file while it is rewritten, step by step. Declarations keep their
// index in all steps, and so do fields until some are added.
type draft struct {
	before, text []byte
	facts        *facts.File
}

// draft finds or starts the draft of a file.
func (s *Snapshot) draft(drafts map[string]*draft, path string) (*draft, bool) {
	if d := drafts[path]; d != nil {
		return d, true
	}
	file, ok := s.File(path)
	if !ok || file.Outside {
		return nil, false
	}
	drafts[path] = &draft{before: file.Source, text: file.Source, facts: file.Facts}
	return drafts[path], true
}

// take makes the edits of one step and reads the result.
func (d *draft) take(edits []golang.Edit) {
	d.text = golang.Apply(d.text, edits)
	d.facts = golang.Extract(d.facts.Path, d.text, golang.Wanted{})
}

func (d *draft) edits() []golang.Edit { return golang.Difference(d.before, d.text) }

// stretch is names to be changed in one draft: all in the tags of a declaration, or one
// in a text of code.
type stretch struct {
	at    int32 // where the declaration, or the text, begins
	decl  int   // -1 for a text, or literalStretch
	words []golang.Edit
}

// literalStretch is the declaration of a stretch that is a string with its quotes.
const literalStretch = -2

// changeNames puts new names into their places. Those are the snapshot's, so that
// this is the first step, and what stands last in a file comes first.
func (s *Snapshot) changeNames(drafts map[string]*draft, rewrite Rewrite) bool {
	stretches := map[string][]stretch{}
	for _, m := range rewrite {
		for _, name := range m.Names {
			file, ok := s.File(name.Place.File)
			if !ok {
				return false
			}
			stretches[name.Place.File] = addName(stretches[name.Place.File], file, name)
		}
	}
	for path, list := range stretches {
		d, ok := s.draft(drafts, path)
		if !ok {
			return false
		}
		if d.facts.Language == facts.Python {
			if !d.rewordPython(list, s.lineWidth(path)) {
				return false
			}
			continue
		}
		slices.SortFunc(list, func(a, b stretch) int { return cmp.Compare(b.at, a.at) })
		for _, at := range list {
			if !d.reword(at) {
				return false
			}
		}
	}
	return true
}

// addName adds a name to the stretch that it belongs to.
func addName(list []stretch, file *File, name NewName) []stretch {
	word := golang.Edit{Span: name.Place.Span, New: name.Text}
	if name.Literal {
		return append(list, stretch{at: word.Span.Start, decl: literalStretch, words: []golang.Edit{word}})
	}
	decl := slices.IndexFunc(file.Facts.Decls, func(d facts.Decl) bool {
		return d.Span.Start <= word.Span.Start && word.Span.End <= d.Span.End
	})
	if decl < 0 {
		return append(list, stretch{word.Span.Start, decl, []golang.Edit{word}})
	}
	i := slices.IndexFunc(list, func(at stretch) bool { return at.decl == decl })
	if i < 0 {
		i = len(list)
		list = append(list, stretch{at: file.Facts.Decls[decl].Span.Start, decl: decl})
	}
	list[i].words = append(list[i].words, word)
	return list
}

// reword changes the names of one stretch. In a text of code they must stand behind a
// quote, and be nothing that would end it.
func (d *draft) reword(at stretch) bool {
	edits, ok := at.words, false
	if at.decl == literalStretch {
		return false
	}
	if at.decl < 0 {
		f := &File{Source: d.text}
		ok = !d.facts.Generated && d.facts.ValidUTF8 && f.quotes(edits[0].Span) && !strings.ContainsAny(edits[0].New, "\"`\\\n")
	} else {
		edits, ok = golang.Reword(d.facts, d.text, &d.facts.Decls[at.decl], at.words)
	}
	if ok {
		d.take(edits)
	}
	return ok
}

// setTags gives tags their new values, and then their new options.
func (s *Snapshot) setTags(drafts map[string]*draft, m ModelRewrite) bool {
	for _, t := range m.Tags {
		if !s.setTag(drafts, m.Model, t.Field, t.Dialect, func(string, string) string { return t.Value }) {
			return false
		}
	}
	for _, o := range m.Options {
		if s.inPython(m.Model) {
			if !s.setOption(drafts, m.Model, o) {
				return false
			}
			continue
		}
		with := func(value, separator string) string { return withOption(value, separator, o.Option) }
		if !s.setTag(drafts, m.Model, o.Field, o.Dialect, with) {
			return false
		}
	}
	return true
}

// setTag gives a dialect's tag of a field the value that change makes of what it
// has, "" for none, and of what stands between its options.
func (s *Snapshot) setTag(drafts map[string]*draft, model facts.Ref, selector, dialectName string, change func(value, separator string) string) bool {
	d, decl, f := s.draftOf(drafts, relation.FieldID{Model: model, Field: selector})
	if d == nil {
		return false
	}
	key, separator := s.nativeKey(d.facts.Path), ","
	if own := s.Dialect(dialectName); own != nil && own.Keyed {
		return s.setKeys(drafts, relation.FieldID{Model: model, Field: selector}, own, change(own.TagOf(f), " "))
	} else if own != nil && !own.Native {
		key, separator = own.Keys[0], own.Separator
	}
	tag, _ := f.Tag(key)
	edits, ok := golang.SetTag(d.facts, d.text, decl, f, key, change(tag.Value.Text, separator))
	if ok {
		d.take(edits)
	}
	return ok
}

// setKeys gives a field the pairs of a dialect each of whose keys is an option, one after
// the other.
func (s *Snapshot) setKeys(drafts map[string]*draft, id relation.FieldID, own *dialect.Dialect, pairs string) bool {
	for _, key := range own.Keys {
		value, wanted := reflect.StructTag(pairs).Lookup(key)
		d, decl, f := s.draftOf(drafts, id)
		if d == nil {
			return false
		}
		if tag, there := f.Tag(key); !wanted || there && tag.Value.Text == value {
			continue
		}
		edits, ok := golang.SetTag(d.facts, d.text, decl, f, key, value)
		if !ok {
			return false
		}
		d.take(edits)
	}
	return true
}

// setTypes gives fields their new types.
func (s *Snapshot) setTypes(drafts map[string]*draft, m ModelRewrite) bool {
	for _, t := range m.Types {
		d, decl, f := s.draftOf(drafts, relation.FieldID{Model: m.Model, Field: t.Field})
		if d == nil {
			return false
		}
		of := s.rendered(d.facts.Path, []dialect.NewField{{Name: f.Name.Text, Type: t.Type}})[0]
		edits, ok := golang.SetType(d.facts, d.text, decl, f, of, golang.QualifyIn(d.facts, m.Model.Package, s.packageName))
		if !ok {
			return false
		}
		d.take(edits)
	}
	return true
}

// draftOf is the draft of the file that declares a field, and the field and its
// struct in it; nil for a field that is nowhere declared, or must not be touched.
func (s *Snapshot) draftOf(drafts map[string]*draft, id relation.FieldID) (*draft, *facts.Decl, *facts.Field) {
	place, ok := s.FieldPlace(id)
	file, found := s.File(place.File)
	if !ok || !found {
		return nil, nil, nil
	}
	decl, field, ok := fieldAt(file.Facts, place.Span)
	if !ok {
		return nil, nil, nil
	}
	d, ok := s.draft(drafts, place.File)
	if !ok {
		return nil, nil, nil
	}
	return d, &d.facts.Decls[decl], &d.facts.Decls[decl].Type.Fields[field]
}

// nativeKey is the key under which native tags stand in a file, "" where none are
// read.
func (s *Snapshot) nativeKey(path string) string {
	if d := s.Dialect(relation.NativeDialect); d != nil {
		return s.settings.keys(d, path)[0]
	}
	return ""
}

// withOption is the value of a tag with one more option.
func withOption(value, separator, option string) string {
	if value == "" || strings.HasSuffix(value, separator) {
		return value + option
	}
	return value + separator + option
}

// fieldAt finds the declaration, and the field in it, whose name has the span.
func fieldAt(f *facts.File, name facts.Span) (decl, field int, ok bool) {
	for i := range f.Decls {
		at := slices.IndexFunc(f.Decls[i].Type.Fields, func(f facts.Field) bool { return f.Name.Span == name })
		if at >= 0 {
			return i, at, true
		}
	}
	return 0, 0, false
}

// addFields adds fields to the struct of a model.
func (s *Snapshot) addFields(drafts map[string]*draft, model facts.Ref, fields []dialect.NewField) bool {
	d, decl, ok := s.draftDeclaring(drafts, model)
	if !ok {
		return false
	}
	qualify := golang.QualifyIn(d.facts, model.Package, s.packageName)
	edits, ok := golang.Insert(d.facts, d.text, &d.facts.Decls[decl], s.rendered(d.facts.Path, fields), qualify)
	if ok {
		d.take(edits)
	}
	return ok
}

// draftDeclaring is the draft of the file that declares a model, and the model's place among the
// file's declarations.
func (s *Snapshot) draftDeclaring(drafts map[string]*draft, model facts.Ref) (d *draft, decl int, ok bool) {
	node := s.Node(model)
	if node == nil {
		return nil, 0, false
	}
	place := node.Models[0].Place
	file, ok := s.File(place.File)
	if !ok {
		return nil, 0, false
	}
	decl = slices.IndexFunc(file.Facts.Decls, func(d facts.Decl) bool { return d.Name.Span == place.Span })
	d, ok = s.draft(drafts, place.File)
	return d, decl, ok && decl >= 0
}

// packageName is the name that a package gives itself, "" for one without models.
func (s *Snapshot) packageName(path string) string {
	for n := range s.nodes.from(facts.Ref{Package: path}) {
		if file, ok := s.File(n.Models[0].Place.File); ok && n.Ref.Package == path {
			return file.Facts.Package.Text
		}
		break
	}
	return ""
}

// rendered are fields of a file in the terms of the front end.
func (s *Snapshot) rendered(path string, fields []dialect.NewField) []golang.NewField {
	out := make([]golang.NewField, len(fields))
	for i, f := range fields {
		out[i] = golang.NewField{Name: f.Name, Type: f.Type.Ref, Pointer: f.Type.Pointer, Slice: f.Type.Slice}
		for _, t := range f.Tags {
			if t.Key == relation.NativeDialect {
				t.Key = s.nativeKey(path)
			}
			out[i].Tags = append(out[i].Tags, golang.NewTag(t))
		}
	}
	return out
}
