package python

import (
	"bytes"
	"hash/maphash"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/rells-dev/rells/index/facts"
)

// extraction is the reading of one file.
type extraction struct {
	parser
	file  *facts.File
	calls []string // functions whose calls are kept
}

var seed = maphash.MakeSeed()

// Extract reads one file: a pure function of its bytes that never fails. Classes local to
// functions are not read. Calls of functions of the given last names are kept, those in
// functions included.
func Extract(path string, src []byte, calls ...string) *facts.File {
	kept := slices.DeleteFunc(slices.Clone(calls), func(call string) bool { return !bytes.Contains(src, []byte(call)) })
	return extract(path, src, kept, len(kept) == 0 && !bytes.Contains(src, []byte(directive)))
}

// directive is what a comment begins with that speaks to rells.
const directive = "rells:"

// extract reads a file. With skips, bodies of functions are not looked into.
func extract(path string, src []byte, calls []string, skips bool) *facts.File {
	cut := lex
	if skips {
		cut = lexDeclarations
	}
	tokens, comments := cut(src)
	x := &extraction{
		parser: parser{src: src, tokens: tokens},
		file: &facts.File{
			Path: path, Language: facts.Python, Hash: maphash.Bytes(seed, src), Included: true, ValidUTF8: utf8.Valid(src),
			Lines: lines(src), Size: int32(len(src)),
		},
		calls: calls,
	}
	for x.token().kind != endToken {
		x.block(home{})
	}
	x.directives(comments)
	giveBack(tokens)
	return x.file
}

// Describes reports whether facts were read from just these bytes.
func Describes(f *facts.File, src []byte) bool {
	return int(f.Size) == len(src) && f.Hash == maphash.Bytes(seed, src)
}

func lines(src []byte) []int32 {
	starts := make([]int32, 1, bytes.Count(src, []byte{'\n'})+1)
	for at := 0; ; {
		n := bytes.IndexByte(src[at:], '\n')
		if n < 0 {
			return starts
		}
		at += n + 1
		starts = append(starts, int32(at))
	}
}

// class reads a class.
func (x *extraction) class(h home, decorators []facts.Value) {
	x.step()
	t := x.token()
	if t.kind != nameToken {
		x.skipLine()
		return
	}
	x.step()
	d := facts.Decl{Name: x.slot(t), Within: h.class, Decorators: decorators, Type: facts.Expr{Kind: facts.StructExpr}}
	if x.is("[") {
		x.bracketed("]", x.parameter)
	}
	if x.is("(") {
		for _, base := range x.bracketed(")", x.argument) {
			if base.Key.Text != "" || base.Spread {
				d.Args = append(d.Args, base)
				continue
			}
			d.Type.Fields = append(d.Type.Fields, baseOf(base))
		}
	}
	at := len(x.file.Decls)
	x.file.Decls = append(x.file.Decls, d)
	fields := d.Type.Fields
	start := x.token().start
	x.suite(home{class: qualify(h.class, d.Name.Text), fields: &fields, optional: h.optional && h.class != ""})
	end := x.before(t.end)
	for end > start && end <= int32(len(x.src)) && strings.IndexByte(" \t\r\n", x.src[end-1]) >= 0 {
		end--
	}
	done := &x.file.Decls[at]
	done.Type.Fields = slices.Clip(fields)
	done.Span = facts.Span{Start: t.start, End: max(end, t.end)}
	done.Type.Span = facts.Span{Start: min(start, done.Span.End), End: done.Span.End}
	done.Type.Body = done.Type.Span
}

// qualify is the name of something in a class.
func qualify(class, name string) string {
	if class == "" {
		return name
	}
	return class + "." + name
}

// parameter skips a type parameter.
func (x *extraction) parameter() facts.Value {
	v := x.expression()
	for x.isOne(":", "=") {
		x.step()
		x.expression()
	}
	return v
}

// baseOf is the embedded field that a base is.
func baseOf(v facts.Value) facts.Field {
	named := &v
	for named.Of != nil && (named.Kind == facts.IndexValue || named.Kind == facts.CallValue) {
		named = named.Of
	}
	f := facts.Field{Embedded: true, Exported: true, Span: v.Span, Value: &v, Name: named.Name}
	if f.Name.IsZero() {
		f.Name = facts.Slot{Span: v.Span}
	}
	f.Type = facts.Expr{Span: v.Span}
	return f
}

// function reads the result of a method that describes an attribute of the class, and
// skips the bodies of all others.
func (x *extraction) function(h home, decorators []facts.Value) {
	x.step()
	t := x.token()
	if t.kind != nameToken {
		x.skipLine()
		return
	}
	x.step()
	m := facts.Method{Receiver: h.class, Name: x.slot(t), Decorators: decorators}
	if x.is("[") {
		x.bracketed("]", x.parameter)
	}
	if x.is("(") {
		m.Params = x.parameters()
	}
	if !x.header() {
		return
	}
	described := h.class != "" && len(decorators) > 0
	switch {
	case x.token().kind != lineToken:
		x.result(&m, described)
		x.skipLine()
	default:
		x.step()
		if x.token().kind == indentToken {
			x.step()
			x.body(&m, described)
		}
	}
	m.Span = facts.Span{Start: t.start, End: x.before(t.end)}
	if h.class != "" {
		x.file.Methods = append(x.file.Methods, m)
	} else {
		x.file.Defined = append(x.file.Defined, facts.Definition{Name: m.Name.Text})
	}
}

// body reads what a function returns, where that is the only thing it does besides
// explaining itself.
func (x *extraction) body(m *facts.Method, described bool) {
	told := described
	for x.token().kind != dedentToken && x.token().kind != endToken {
		switch {
		case x.token().kind == stringToken && m.Returns == nil:
			x.skipLine()
		case x.is("return") && told:
			x.result(m, true)
			told = false
			x.skipLine()
		default:
			told = false
			if x.token().kind == indentToken {
				x.step()
				x.skipBlock()
				continue
			}
			x.keepCall()
			x.skipLine()
		}
	}
	x.step()
}

// keepCall keeps the call of a line of a function's body, if it is one of those that are.
func (x *extraction) keepCall() {
	for at := x.at; len(x.calls) > 0 && !x.tokens[at].ends(); at++ {
		if t := x.tokens[at]; t.kind != nameToken || !slices.Contains(x.calls, x.text(t)) || x.text(x.tokens[at+1]) != "(" {
			continue
		}
		for at > x.at+1 && x.text(x.tokens[at-1]) == "." {
			at -= 2
		}
		x.at = at
		x.keep(x.operand())
		return
	}
}

// keep keeps a call, if it is one of those that are.
func (x *extraction) keep(v facts.Value) {
	if slices.Contains(x.calls, v.Callee().Text) {
		x.file.Statements = append(x.file.Statements, v)
	}
}

func (x *extraction) result(m *facts.Method, described bool) {
	if described && x.take("return") {
		m.Returns = &facts.Function{Value: x.list()}
		if m.Returns.Value.Kind == facts.TextValue {
			m.Literal = m.Returns.Value.Name
		}
	}
}

// variable declares a variable of the module.
func (x *extraction) variable(f facts.Field) {
	if f.Value == nil {
		return
	}
	x.file.Decls = append(x.file.Decls, facts.Decl{Name: f.Name, Span: f.Span, Value: f.Value})
}

// imports reads "import a.b as c, d".
func (x *extraction) imports(h home) {
	x.step()
	for !x.ends() {
		imp := facts.Import{Path: x.dotted(), Checking: h.checking}
		if x.take("as") {
			imp.Name = x.name()
		}
		if imp.Path.Text == "" {
			break
		}
		x.file.Imports = append(x.file.Imports, imp)
		if !x.take(",") {
			break
		}
	}
	x.restOfLine()
}

// fromImport reads "from .a import b as c, d".
func (x *extraction) fromImport(h home) {
	x.step()
	path := x.dotted()
	if !x.take("import") {
		x.skipLine()
		return
	}
	x.take("(")
	for !x.ends() && !x.is(")") {
		imp := facts.Import{Path: path, Checking: h.checking}
		if x.is("*") {
			imp.Member = x.slot(x.token())
			x.step()
		} else {
			imp.Member = x.name()
		}
		if imp.Member.Text == "" {
			break
		}
		if x.take("as") {
			imp.Name = x.name()
		}
		x.file.Imports = append(x.file.Imports, imp)
		if !x.take(",") {
			break
		}
	}
	x.restOfLine()
}

// restOfLine moves behind the statement; others may follow on the line.
func (x *extraction) restOfLine() {
	for !x.ends() && !x.is(";") {
		x.nested()
	}
	if x.take(";") && !x.ends() {
		return
	}
	x.skipLine()
}

// name reads a name, empty where there is none.
func (x *extraction) name() facts.Slot {
	t := x.token()
	if t.kind != nameToken || reserved[x.text(t)] {
		return facts.Slot{}
	}
	x.step()
	return x.slot(t)
}

// dotted reads the path of a module, with the dots of a relative one.
func (x *extraction) dotted() facts.Slot {
	start := x.token().start
	var text strings.Builder
	for !x.ends() {
		t := x.token()
		if !x.isOne(".", "...") && (t.kind != nameToken || reserved[x.text(t)]) {
			break
		}
		last := text.String()
		if t.kind == nameToken && last != "" && !strings.HasSuffix(last, ".") {
			break // as
		}
		text.WriteString(x.text(t))
		x.step()
	}
	return facts.Slot{Text: text.String(), Span: facts.Span{Start: start, End: x.before(start)}}
}

// directives finds the comments that speak to rells.
func (x *extraction) directives(comments []token) {
	for _, c := range comments {
		text := strings.TrimLeft(x.text(c), "# \t")
		if !strings.HasPrefix(text, directive) {
			continue
		}
		start := c.end - int32(len(text))
		x.file.Directives = append(x.file.Directives, facts.Directive{
			Text:  facts.Slot{Text: text, Span: facts.Span{Start: start, End: c.end}},
			Span:  facts.Span{Start: c.start, End: c.end},
			About: x.about(c),
		})
	}
}

// about is what a comment is about: its statement, or, where it stands on a line of its
// own, the one that follows.
func (x *extraction) about(c token) facts.Span {
	at, _ := slices.BinarySearchFunc(x.tokens, c.start, func(t token, offset int32) int { return int(t.start - offset) })
	first := at
	for first > 0 && !x.tokens[first-1].ends() {
		first--
	}
	if first == at {
		for first < len(x.tokens)-1 && x.tokens[first].ends() {
			first++
		}
	}
	last := first
	for last < len(x.tokens)-1 && !x.tokens[last].ends() {
		last++
	}
	if last == first {
		return facts.Span{}
	}
	line := bytes.LastIndexByte(x.src[:x.tokens[first].start], '\n') + 1
	return facts.Span{Start: int32(line), End: x.tokens[last-1].end}
}
