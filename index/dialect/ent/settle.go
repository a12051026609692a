package ent

import (
	"github.com/rells-dev/rells/index/facts"
)

// maxSteps bounds how many names are followed in one declaration: nobody writes that many.
const maxSteps = 1 << 14

// settle follows names to what they stand for: parameters, constants, what functions
// return. An expression of which nothing more can be told stays as it is.
func (d *declarer) settle(x expression) expression {
	for x.Value != nil && d.mayStep() {
		next, ok := d.step(x)
		if !ok {
			break
		}
		x = next
	}
	return x
}

// mayStep reports whether there may be a further step, and counts it.
func (d *declarer) mayStep() bool {
	d.steps++
	return d.steps < maxSteps
}

// step follows one name.
func (d *declarer) step(x expression) (expression, bool) {
	switch {
	case x.Kind == facts.CallValue:
		return d.call(x)
	case x.Kind == facts.NamedValue || x.Kind == facts.SelectedValue:
		if bound, ok := d.bound(x); ok {
			return bound, bound.Value != nil
		}
	}
	switch {
	case x.Kind == facts.NamedValue:
		return d.constant(x, "", x.Name.Text)
	case x.Kind == facts.SelectedValue && x.Of.Kind == facts.NamedValue:
		return d.constant(x, x.Of.Name.Text, x.Name.Text)
	}
	return x, false
}

// bound is what a parameter stands for, or a field of one; false for other names. It has
// no value where that is not known.
func (d *declarer) bound(x expression) (expression, bool) {
	switch x.Kind {
	case facts.NamedValue:
		bound, ok := x.names[x.Name.Text]
		return bound, ok
	case facts.SelectedValue:
		if of, ok := d.bound(x.part(x.Of)); ok {
			return d.member(of, x.Name.Text), true
		}
	}
	return expression{}, false
}

// constant is the text of a constant.
func (d *declarer) constant(x expression, qualifier, name string) (expression, bool) {
	file, c, ok := d.scope.Definition(x.file, qualifier, name)
	if !ok || c.Function != nil {
		return x, false
	}
	text := &facts.Value{Kind: facts.TextValue, Span: c.Text.Span, Name: c.Text}
	return expression{Value: text, file: file, use: x.place()}, true
}

// member is a field of a literal, of a mixin for instance. Of one that embeds a struct and
// says nothing of it, that is an empty literal.
func (d *declarer) member(of expression, name string) expression {
	of = d.settle(of)
	if of.Value == nil || of.Kind != facts.LiteralValue {
		return expression{}
	}
	for i := range of.Args {
		if of.Args[i].Key.Text == name {
			return of.arg(i)
		}
	}
	t, ok := d.typeOf(of)
	if !ok {
		return expression{}
	}
	for _, f := range t.Fields() {
		if f.Embedded && f.Name.Text == name && f.Type.Shape() == facts.Struct {
			return expression{Value: &facts.Value{Kind: facts.LiteralValue, Type: new(facts.Expr)}, file: of.file, typ: f.Type}
		}
	}
	return expression{}
}

// typeOf is the type of a literal.
func (d *declarer) typeOf(x expression) (facts.Type, bool) {
	if x.typ != nil {
		return x.typ, true
	}
	return d.lookup(x.file, x.Type)
}

// call is what a function or a method of the workspace returns.
func (d *declarer) call(x expression) (expression, bool) {
	of := x.Receiver()
	switch {
	case x.Callee().Text == "" || x.ents():
		return x, false
	case of == nil:
		if _, bound := x.names[x.Callee().Text]; bound {
			return x, false
		}
		return d.result(x, "")
	case of.Kind == facts.NamedValue:
		if _, bound := x.names[of.Name.Text]; !bound {
			return d.result(x, of.Name.Text)
		}
	}
	return d.methodResult(x)
}

// result is what a function returns for the arguments of a call.
func (d *declarer) result(x expression, qualifier string) (expression, bool) {
	name := x.Callee().Text
	file, f, ok := d.scope.Definition(x.file, qualifier, name)
	switch {
	case !ok && qualifier == "" && name == "string" && len(x.Args) == 1:
		return x.arg(0), true
	case !ok || f.Function == nil:
		return x, false
	}
	names, ok := x.bind(f.Function)
	return expression{Value: &f.Function.Value, file: file, names: names, shared: true}, ok
}

// methodResult is what a method of a literal returns: Base{}.Fields(), m.common().
func (d *declarer) methodResult(x expression) (expression, bool) {
	self := d.settle(x.part(x.Receiver()))
	if self.Value == nil || self.Kind != facts.LiteralValue {
		return x, false
	}
	t, ok := d.typeOf(self)
	if !ok {
		return x, false
	}
	file, m, ok := t.MethodIn(x.Callee().Text)
	if !ok || m.Returns == nil {
		return x, false
	}
	names, ok := x.bind(m.Returns)
	if ok {
		names[m.Returns.Self] = d.receiver(t, self, m)
	}
	return expression{Value: &m.Returns.Value, file: file, names: names, shared: true}, ok
}

// receiver is what a method is called on, which may be a literal or something embedded
// in it.
func (d *declarer) receiver(t facts.Type, self expression, m facts.Method) expression {
	for range maxEmbedding {
		if _, decl := t.Decl(); decl == nil || decl.Name.Text == m.Receiver {
			return self
		}
		found := false
		for _, f := range t.Fields() {
			if !f.Embedded || f.Type.Shape() != facts.Struct {
				continue
			}
			if _, promoted, ok := f.Type.MethodIn(m.Name.Text); ok && promoted.Span == m.Span && promoted.Receiver == m.Receiver {
				t, self, found = f.Type, d.member(self, f.Name.Text), true
				break
			}
		}
		if !found {
			break
		}
	}
	return expression{}
}
