package python

import (
	"bytes"
	"slices"
	"strings"

	"github.com/rells-dev/rells/index/facts"
)

// NewAttribute is an attribute to be added to a class.
type NewAttribute struct {
	Name       string
	Annotation string // "" for none
	Value      string // with strings in double quotes, as the annotation
	After      string // the attribute behind which it goes; "" for the start of the class
	Imports    []NewImport
}

// NewImport is a name that is to be imported out of a module.
type NewImport struct {
	Module, Name string
	Checking     bool // for type checkers alone
}

// Insert renders the addition of attributes to a class, laid out as black does it, with
// the imports that they need. module is the name of the file's own. ok is false where no
// edit can be certain: in a file that may not be edited, in a class that has an attribute
// of the name or stands on one line, and where a name that is to be imported means
// something else.
func Insert(f *facts.File, src []byte, decl, width int, module string, attributes []NewAttribute) (after []byte, ok bool) {
	if !editable(f, src) || decl >= len(f.Decls) {
		return nil, false
	}
	before := f
	for _, a := range slices.Backward(attributes) {
		d := &f.Decls[decl]
		if attributeOf(d, a.Name) != nil {
			return nil, false
		}
		if src, ok = insertOne(src, d, width, &a); !ok {
			return nil, false
		}
		if f, ok = reads(before, src); !ok || attributeOf(&f.Decls[decl], a.Name) == nil {
			return nil, false
		}
	}
	for _, a := range attributes {
		for _, imp := range a.Imports {
			if src, ok = addImport(f, src, width, module, imp); !ok {
				return nil, false
			}
			f = Extract(f.Path, src)
		}
	}
	_, ok = reads(before, src)
	return src, ok
}

// attributeOf is the attribute of a name that a class declares; nil for none.
func attributeOf(d *facts.Decl, name string) *facts.Field {
	for i := range d.Type.Fields {
		if f := &d.Type.Fields[i]; !f.Embedded && f.Name.Text == name {
			return f
		}
	}
	return nil
}

func insertOne(src []byte, d *facts.Decl, width int, a *NewAttribute) ([]byte, bool) {
	tokens, _ := lex(src)
	quote := usualQuote(src, tokens)
	if field := attributeOf(d, a.After); field != nil {
		if lineStart(src, field.Span.Start) <= d.Name.Span.Start {
			return nil, false // all on one line
		}
		text, ok := a.layOut(indentOf(src, field.Span.Start), width, quote)
		return insertLine(src, behindLine(src, tokens, field.Span.End), text), ok
	}
	first := bodyOf(src, tokens, d)
	if first < 0 {
		return nil, false
	}
	at := tokens[first].start
	text, ok := a.layOut(indentOf(src, at), width, quote)
	switch {
	case spell(src, tokens[first]) == "pass" && tokens[first+1].kind >= lineToken:
		return slices.Concat(src[:lineStart(src, at)], withBreaks(src, text), src[tokens[first].end:]), ok
	case tokens[first].kind == stringToken && tokens[first+1].kind >= lineToken:
		return insertLine(src, behindLine(src, tokens, tokens[first].end), "\n"+text), ok
	case attributeOf(d, spell(src, tokens[first])) == nil:
		text += "\n" // before a method
	}
	return insertLine(src, lineStart(src, at), text), ok
}

// layOut is the statement, in a block with an indentation.
func (a *NewAttribute) layOut(indent string, width int, quote byte) (string, bool) {
	prefix := a.Name + " = "
	if a.Annotation != "" {
		prefix = a.Name + ": " + requote(a.Annotation, quote) + " = "
	}
	value := []byte(requote(a.Value, quote))
	tokens, _ := lex(value)
	tokens = slices.DeleteFunc(tokens, func(t token) bool { return t.kind >= lineToken || t.kind == endToken })
	code, ok := parseCode(value, tokens)
	if !ok {
		return "", false
	}
	return style{width: width, indent: levelOf(indent), splits: true}.write(indent, prefix, code, ""), true
}

// insertLine puts lines before the line that begins at an offset, or at the end.
func insertLine(src []byte, at int32, text string) []byte {
	if at > 0 && src[at-1] != '\n' {
		return slices.Concat(src[:at], withBreaks(src, "\n"+text+"\n"), src[at:])
	}
	return slices.Concat(src[:at], withBreaks(src, text+"\n"), src[at:])
}

// behindLine is where the line begins behind the logical line that holds an offset.
func behindLine(src []byte, tokens []token, offset int32) int32 {
	for _, t := range tokens {
		if t.start >= offset && (t.kind == lineToken || t.kind == endToken) {
			offset = t.start
			break
		}
	}
	if end := bytes.IndexByte(src[offset:], '\n'); end >= 0 {
		return offset + int32(end) + 1
	}
	return int32(len(src))
}

// bodyOf is the first token of the block of a class; -1 for a class on one line.
func bodyOf(src []byte, tokens []token, d *facts.Decl) int {
	for i, t := range tokens {
		if t.start < d.Name.Span.End {
			continue
		}
		if t.kind == lineToken {
			if i+2 < len(tokens) && tokens[i+1].kind == indentToken && isSign(src, tokens[i-1], ":") {
				return i + 2
			}
			return -1
		}
	}
	return -1
}

// relative spells a module as the file of another imports it with dots; "" where the two
// have no package in common.
func relative(from string, isPackage bool, to string) string {
	here, there := strings.Split(from, "."), strings.Split(to, ".")
	if !isPackage {
		here = here[:len(here)-1]
	}
	shared := 0
	for shared < len(here) && shared < len(there)-1 && here[shared] == there[shared] {
		shared++
	}
	if shared == 0 {
		return ""
	}
	return strings.Repeat(".", 1+len(here)-shared) + strings.Join(there[shared:], ".")
}
