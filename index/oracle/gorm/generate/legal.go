package generate

import "strings"

// makeLegal removes what merging may have brought in that Go does not compile
// or that GORM does not survive: structs that hold themselves by value, and
// structs that embed themselves.
func (w *World) makeLegal() {
	for _, t := range w.Types {
		for i := 0; i < len(t.Fields); i++ {
			f := &t.Fields[i]
			if f.embeds() && w.reaches(w.targetOf(f.Type), t, (*World).embedded) {
				t.Fields = append(t.Fields[:i], t.Fields[i+1:]...)
				i--
				continue
			}
			if held := w.heldByValue(f.Type); held != nil && w.reaches(held, t, (*World).held) {
				f.Type = "*" + f.Type
			}
		}
	}
}

// embeds says whether GORM may take the field for an embedded struct.
func (f Field) embeds() bool {
	return f.Name == "" || strings.Contains(strings.ToLower(f.Tag), "embedded")
}

// reaches says whether goal is from, or one of what next leads to from there.
func (w *World) reaches(from, goal *Type, next func(*World, *Type) []*Type) bool {
	seen := map[*Type]bool{}
	var visit func(*Type) bool
	visit = func(t *Type) bool {
		if t == nil || seen[t] {
			return false
		}
		if t == goal {
			return true
		}
		seen[t] = true
		for _, n := range next(w, t) {
			if visit(n) {
				return true
			}
		}
		return false
	}
	return visit(from)
}

// embedded lists the types that the fields of t embed, or that a declaration
// of t renames.
func (w *World) embedded(t *Type) []*Type {
	if !t.Struct {
		return []*Type{w.targetOf(t.Expr)}
	}
	var found []*Type
	for _, f := range t.Fields {
		if f.embeds() {
			found = append(found, w.targetOf(f.Type))
		}
	}
	return found
}

// held lists the types whose values lie inside a value of t.
func (w *World) held(t *Type) []*Type {
	if !t.Struct {
		return []*Type{w.heldByValue(t.Expr)}
	}
	var found []*Type
	for _, f := range t.Fields {
		found = append(found, w.heldByValue(f.Type))
	}
	return found
}

// heldByValue is the type of the world that a value of the type expression
// holds: its own, or the element of an array; nil behind pointers and the like.
func (w *World) heldByValue(expr string) *Type {
	if strings.HasPrefix(expr, "[") && !strings.HasPrefix(expr, "[]") {
		_, element, _ := strings.Cut(expr, "]")
		return w.heldByValue(element)
	}
	if generic, args, ok := strings.Cut(expr, "["); ok && generic != "" && generic != "map" {
		if held := w.heldByValue(strings.TrimSuffix(args, "]")); held != nil {
			return held // good enough: no generic of ours holds itself
		}
		expr = generic
	}
	return w.lookup(expr)
}

// targetOf is the type of the world that a type expression leads to through
// pointers, slices and arrays, if any.
func (w *World) targetOf(expr string) *Type {
	expr = strings.TrimLeft(expr, "*[]0123456789")
	expr, _, _ = strings.Cut(expr, "[")
	return w.lookup(expr)
}
