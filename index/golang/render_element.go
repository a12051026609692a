package golang

import (
	"bytes"
	"go/format"
	"slices"
	"strconv"
	"strings"

	"github.com/rells-dev/rells/index/facts"
)

// NewElement is an element to be added to the list that a method returns: a chain of
// calls, the first of which is of a package's function.
type NewElement struct {
	Receiver string // name of the type that has the method
	Method   string
	List     facts.Ref // what the list holds
	Package  string    // import path
	Calls    []NewCall
}

// NewCall is one call of a chain.
type NewCall struct {
	Name string
	Args []NewArg
}

// NewArg is an argument: a text, or a member of a type.
type NewArg struct {
	Text   string
	Type   facts.Ref // zero for a text
	Member string
}

// AddElement renders the addition of an element behind the others of the list that a
// method returns, and of the method where the file has none. A file that gofmt would
// leave alone is one that it leaves alone afterwards.
//
// f must be extracted from src, with the method wanted. ok is false where no edit can be
// certain: in a generated file or one that is not valid UTF-8, where the method returns
// anything but a list in braces or nil, where there is no place for a new method.
func AddElement(f *facts.File, src []byte, e NewElement, qualify Qualify) (edits []Edit, ok bool) {
	if f.Generated || !f.ValidUTF8 || !Describes(f, src) {
		return nil, false
	}
	r := elementRenderer{src: src, qualify: qualify}
	call := r.chain(e)
	list := "[]" + r.name(e.List)
	at := slices.IndexFunc(f.Methods, func(m facts.Method) bool { return m.Receiver == e.Receiver && m.Name.Text == e.Method })
	var before int
	if at < 0 {
		place, found := newMethodPlace(f, src, e.Receiver)
		if !found {
			return nil, false
		}
		text := "\n\n// " + e.Method + " of the " + e.Receiver + ".\nfunc (" + e.Receiver + ") " + e.Method + "() " + list + " {\n\treturn " +
			list + "{\n\t\t" + strings.ReplaceAll(call, "\n", "\n\t\t") + ",\n\t}\n}"
		edits = []Edit{{span(place, place), text}}
	} else {
		returns := f.Methods[at].Returns
		if returns == nil {
			return nil, false
		}
		before = len(returns.Value.Args)
		if edits, ok = intoList(src, &returns.Value, list, call); !ok {
			return nil, false
		}
	}
	for _, im := range r.imports {
		edits = append(edits, addImport(src, im)...)
	}
	edits = formatted(src, edits)
	after := Extract(f.Path, Apply(src, edits), Wanted{Methods: []string{e.Method}})
	return edits, len(after.Defects) <= len(f.Defects) && slices.ContainsFunc(after.Methods, func(m facts.Method) bool {
		return m.Receiver == e.Receiver && m.Name.Text == e.Method && m.Returns != nil && m.Returns.Value.Kind == facts.LiteralValue && len(m.Returns.Value.Args) == before+1
	})
}

// elementRenderer writes expressions and notes which imports they need.
type elementRenderer struct {
	src     []byte
	qualify Qualify
	imports []facts.Import
}

// name is a declared type as the file would name it.
func (r *elementRenderer) name(ref facts.Ref) string { return r.qualified(ref.Package, ref.Name) }

func (r *elementRenderer) qualified(pkg, name string) string {
	qualifier, needed := r.qualify(pkg)
	if needed && !slices.ContainsFunc(r.imports, func(im facts.Import) bool { return im.Path.Text == pkg }) {
		r.imports = append(r.imports, newImport(pkg, qualifier))
	}
	if qualifier == "" {
		return name
	}
	return qualifier + "." + name
}

// chain writes the calls: the first two on one line where there are no more, else each
// on a line of its own.
func (r *elementRenderer) chain(e NewElement) string {
	between := "."
	if len(e.Calls) > 2 {
		between = ".\n\t"
	}
	text := ""
	for i, c := range e.Calls {
		name := c.Name
		if i == 0 {
			name = r.qualified(e.Package, name)
		} else {
			text += between
		}
		var args []string
		for _, a := range c.Args {
			if a.Type == (facts.Ref{}) {
				args = append(args, strconv.Quote(a.Text))
			} else {
				args = append(args, r.name(a.Type)+"."+a.Member)
			}
		}
		text += name + "(" + strings.Join(args, ", ") + ")"
	}
	return text
}

// intoList adds an expression to the literal that a method returns, or puts a list in
// the place of nil.
func intoList(src []byte, v *facts.Value, list, element string) ([]Edit, bool) {
	margin := indentOf(src, int(v.Span.Start))
	inner := "\n" + margin + "\t" + strings.ReplaceAll(element, "\n", "\n"+margin+"\t") + ",\n" + margin
	if v.Kind == facts.NamedValue && v.Name.Text == "nil" {
		return []Edit{{v.Span, list + "{" + inner + "}"}}, true
	}
	closing := int(v.Span.End) - 1
	if v.Kind != facts.LiteralValue || closing < 0 || src[closing] != '}' {
		return nil, false
	}
	if len(v.Args) == 0 {
		opening := bytes.LastIndexByte(src[:closing], '{')
		if opening < int(v.Span.Start) || strings.TrimSpace(string(src[opening+1:closing])) != "" {
			return nil, false // a comment
		}
		return []Edit{{span(opening, closing+1), "{" + inner + "}"}}, true
	}
	first, last := int(v.Args[0].Span.Start), int(v.Args[len(v.Args)-1].Span.End)
	behind := strings.TrimSpace(string(src[last:closing]))
	if bytes.IndexByte(src[last:closing], '\n') >= 0 {
		end := endOfLine(src, last)
		return []Edit{{span(end, end), strings.TrimSuffix(inner, "\n"+margin)}}, strings.HasPrefix(behind, ",")
	}
	if behind != "" && behind != "," || bytes.IndexByte(src[v.Span.Start:closing], '\n') >= 0 {
		return nil, false
	}
	return []Edit{
		{span(first, first), "\n" + margin + "\t"},
		{span(last, closing), "," + inner},
	}, true
}

// newMethodPlace is where a method of a type can be added: behind its last one, else
// behind its declaration; false for a declaration in a group.
func newMethodPlace(f *facts.File, src []byte, receiver string) (int, bool) {
	place := -1
	for i := range f.Methods {
		if f.Methods[i].Receiver == receiver {
			place = max(place, int(f.Methods[i].Span.End))
		}
	}
	if place >= 0 {
		return endOfLine(src, place), true
	}
	for i := range f.Decls {
		d := &f.Decls[i]
		if d.Within == "" && d.Name.Text == receiver {
			alone := bytes.HasSuffix(src[:d.Name.Span.Start], []byte("\ntype "))
			return endOfLine(src, int(d.Span.End)), alone
		}
	}
	return 0, false
}

// formatted is what gofmt makes of edits, in a file that it would leave alone; in others
// the edits stay as they are, but for the line breaks.
func formatted(src []byte, edits []Edit) []Edit {
	text, breaks := unifyBreaks(src)
	clean, err := format.Source(text)
	if breaks != "" && err == nil && bytes.Equal(clean, text) {
		after, _ := unifyBreaks(Apply(src, edits))
		if after, err := format.Source(after); err == nil {
			return difference(string(src), withBreaks(after, breaks), 0)
		}
	}
	for i := range edits {
		unified, _ := unifyBreaks([]byte(edits[i].New))
		edits[i].New = withBreaks(unified, breaks)
	}
	return edits
}
