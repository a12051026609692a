package python

import (
	"slices"

	"github.com/rells-dev/rells/index/facts"
)

// home is what a statement belongs to: the module, or a class.
type home struct {
	class    string // qualified name, "" for the module
	fields   *[]facts.Field
	optional bool // under a condition
	checking bool // under "if TYPE_CHECKING", which is not run
}

// block reads statements up to the end of the block, or of the source.
func (x *extraction) block(h home) {
	for {
		switch t := x.token(); t.kind {
		case endToken:
			return
		case dedentToken:
			x.step()
			return
		case indentToken: // that nobody asked for
			x.step()
			x.nestedBlock(h)
		default:
			x.statement(h)
		}
	}
}

func (x *extraction) nestedBlock(h home) {
	if x.depth++; x.depth > maxDepth {
		x.skipBlock()
	} else {
		x.block(h)
	}
	x.depth--
}

// skipBlock skips to the end of the block whose indent has been read.
func (x *extraction) skipBlock() {
	for open := 1; open > 0 && x.token().kind != endToken; x.step() {
		switch x.token().kind {
		case indentToken:
			open++
		case dedentToken:
			open--
		}
	}
}

// skipLine skips to the next logical line.
func (x *extraction) skipLine() {
	for !x.ends() {
		x.step()
	}
	if x.token().kind == lineToken {
		x.step()
	}
}

// headers are the words that begin a statement with a block, in which there may be
// declarations that count only sometimes.
var headers = map[string]bool{
	"if": true, "elif": true, "else": true, "try": true, "except": true, "finally": true, "with": true, "for": true, "while": true,
}

func (x *extraction) statement(h home) {
	t := x.token()
	if t.kind != nameToken {
		if x.is("@") {
			x.decorated(h)
			return
		}
		x.simple(h)
		return
	}
	switch word := x.text(t); {
	case word == "class":
		x.class(h, nil)
	case word == "def":
		x.function(h, nil)
	case word == "async":
		x.step()
		x.statement(h)
	case headers[word]:
		x.step()
		h.optional = true
		h.checking = h.checking || word == "if" && x.checksTypes()
		x.suite(h)
	case (word == "match" || word == "case") && x.opensBlock():
		x.step()
		h.optional = true
		x.suite(h)
	case word == "import":
		x.imports(h)
	case word == "from":
		x.fromImport(h)
	default:
		x.simple(h)
	}
}

// checksTypes reports whether the condition ahead is TYPE_CHECKING, of whatever module.
func (x *extraction) checksTypes() bool {
	name, at := "", x.at
	for ; x.tokens[at].kind == nameToken || x.text(x.tokens[at]) == "."; at++ {
		name = x.text(x.tokens[at])
	}
	return name == "TYPE_CHECKING" && x.text(x.tokens[at]) == ":"
}

// opensBlock reports whether the line is the header of a block: match and case are
// names elsewhere.
func (x *extraction) opensBlock() bool {
	next := x.tokens[min(x.at+1, len(x.tokens)-1)]
	if next.ends() {
		return false
	}
	if next.kind == signToken {
		switch x.text(next) {
		case "(", "[", "{", "-", "*", "~", "+", "...":
		default:
			return false
		}
	}
	colon, nested := false, 0
	for _, t := range x.tokens[x.at+1:] {
		if t.ends() {
			break
		}
		if t.kind != signToken {
			colon = false
			continue
		}
		text := x.text(t)
		switch text {
		case "(", "[", "{":
			nested++
		case ")", "]", "}":
			nested--
		case "=":
			if nested == 0 {
				return false
			}
		}
		colon = text == ":" && nested == 0
		if colon && x.is("case") {
			return true // a statement may stand behind it
		}
	}
	return colon
}

// suite skips what is left of a header and reads its block, or the statements that stand
// on its line.
func (x *extraction) suite(h home) {
	if !x.header() {
		return
	}
	if x.token().kind == lineToken {
		x.step()
		if x.token().kind == indentToken {
			x.step()
			x.nestedBlock(h)
		}
		return
	}
	if x.depth++; x.depth > maxDepth {
		x.skipLine()
	} else {
		x.statement(h)
	}
	x.depth--
}

// header skips to behind the colon that ends a header; false where the line has none.
func (x *extraction) header() bool {
	lambdas := 0
	for !x.ends() {
		switch {
		case x.token().kind == nameToken && x.is("lambda"):
			lambdas++
			x.step()
		case x.is(":") && lambdas == 0:
			x.step()
			return true
		case x.is(":"):
			lambdas--
			x.step()
		default:
			x.nested()
		}
	}
	x.skipLine()
	return false
}

// decorated reads decorators and what they stand on.
func (x *extraction) decorated(h home) {
	var decorators []facts.Value
	x.shallow = true
	for x.take("@") {
		decorators = append(decorators, x.expression())
		x.skipLine()
	}
	x.shallow = false
	x.take("async")
	switch {
	case x.is("class"):
		x.class(h, decorators)
	case x.is("def"):
		x.function(h, decorators)
	}
}

// simple reads the simple statements of a line.
func (x *extraction) simple(h home) {
	for {
		before := x.at
		x.assignment(h)
		for !x.ends() && !x.is(";") {
			x.nested()
		}
		if !x.take(";") || x.ends() {
			break
		}
		if x.at == before {
			x.step()
		}
		if x.is("import") || x.is("from") || x.is("class") || x.is("def") {
			x.statement(h)
			return
		}
	}
	x.skipLine()
}

// assignment reads one simple statement, of which assignments are kept.
func (x *extraction) assignment(h home) {
	t := x.token()
	if t.kind == nameToken && reserved[x.text(t)] && !x.isOne("lambda", "not", "await", "yield") {
		return
	}
	if x.is("type") && x.tokens[x.at+1].kind == nameToken {
		return
	}
	targets := []facts.Value{x.list()}
	start := targets[0].Span.Start
	var annotation, value *facts.Value
	if x.take(":") {
		a := x.expression()
		annotation = &a
	}
	for x.take("=") {
		v := x.list()
		if x.is("=") {
			targets = append(targets, v)
		} else {
			value = &v
		}
	}
	if annotation == nil && value == nil {
		x.keep(targets[0])
		return
	}
	if value != nil && h.class == "" {
		x.keep(*value)
	}
	span := facts.Span{Start: start, End: x.before(start)}
	for i := range targets {
		x.assign(h, &targets[i], facts.Field{Exported: true, Span: span, Annotation: annotation, Value: value, Optional: h.optional})
	}
}

// assign takes in what a target is assigned.
func (x *extraction) assign(h home, target *facts.Value, f facts.Field) {
	switch target.Kind {
	case facts.ListValue:
		for i := range target.Args {
			part := f
			part.Value = share(f.Value, target.Args, i)
			x.assign(h, &target.Args[i], part)
		}
	case facts.NamedValue, facts.UnknownValue: // the latter with a * before it
		if target.Name.Text == "" {
			return
		}
		f.Name = target.Name
		if h.fields != nil {
			*h.fields = append(*h.fields, f)
			return
		}
		x.variable(f)
	case facts.SelectedValue:
		if h.class == "" {
			f.Name = target.Name
			x.file.Extensions = append(x.file.Extensions, facts.Extension{Of: *target.Of, Field: f})
		}
	}
}

// share is what the i-th of several targets gets of a value: of as many values its own. One
// with a * gets what the others leave, which is not told, as is what comes of values that
// are not written one by one.
func share(v *facts.Value, targets []facts.Value, i int) *facts.Value {
	spread := func(v facts.Value) bool { return v.Spread }
	rest := slices.IndexFunc(targets, spread)
	unknown := &facts.Value{Span: targets[i].Span}
	switch {
	case v == nil || v.Kind != facts.ListValue || slices.ContainsFunc(v.Args, spread), i == rest:
		return unknown
	case len(v.Args) == len(targets) && rest < 0, len(v.Args) >= len(targets)-1 && i < rest:
		return &v.Args[i]
	case len(v.Args) >= len(targets)-1 && rest >= 0:
		return &v.Args[len(v.Args)-len(targets)+i]
	}
	return unknown
}
