package beego

import (
	"fmt"

	"github.com/rells-dev/rells/index/dialect"
	"github.com/rells-dev/rells/index/facts"
	"github.com/rells-dev/rells/index/relation"
)

// refuse reports what RegisterModel is given and does not take: it wants one pointer to
// a struct (ModelCache.Register).
func refuse(s dialect.Scope, from *facts.File, use facts.Use, t facts.Type) *relation.Mistake {
	if !registers(use) {
		return nil
	}
	m := &relation.Mistake{Kind: relation.TargetNotModel, Place: relation.Place{File: from.Path, Span: use.Span}}
	arg := &use.Arg
	switch t.Shape() {
	case facts.Map, facts.Func, facts.Chan, facts.Basic:
		m.Text = fmt.Sprintf("%s takes pointers to structs; only a struct can be a model", use.Call)
	case facts.Struct:
		switch {
		case arg.Kind == facts.NamedExpr && declaresStruct(s, from, arg):
			m.Row = "beego26"
			m.Text = fmt.Sprintf("%s takes a pointer to %s: new(%s)", use.Call, t, t)
		case arg.Kind == facts.PointerExpr && arg.Elem.Kind == facts.PointerExpr:
			m.Row = "beego27"
			m.Text = fmt.Sprintf("%s takes a pointer to %s, not one to a pointer to it", use.Call, t)
		default:
			return nil
		}
	default:
		return nil
	}
	return m
}

// declaresStruct reports whether a name is that of a struct, and not of a pointer to one.
func declaresStruct(s dialect.Scope, from *facts.File, e *facts.Expr) bool {
	name := e.Name
	if e.Package != "" {
		name = e.Package + "." + name
	}
	t, ok := s.Lookup(from, name)
	return ok && t.Shape() == facts.Struct
}
