package python

import (
	"github.com/rells-dev/rells/index/facts"
)

// typ implements facts.Type for classes and variables of modules, and for what is known
// by its name alone.
type typ struct {
	s      *Session
	module *module     // nil for what is not in the workspace
	decl   *facts.Decl // nil likewise
	ref    facts.Ref

	fields []facts.StructField
	listed bool
}

// Shape implements facts.Type: classes are structs, of all others nothing is known.
func (t *typ) Shape() facts.Shape {
	if t.decl != nil && t.decl.Value == nil {
		return facts.Struct
	}
	return facts.Unknown
}

// Basic implements facts.Type.
func (t *typ) Basic() string { return "" }

// Ref implements facts.Type.
func (t *typ) Ref() facts.Ref { return t.ref }

// Origin implements facts.Type.
func (t *typ) Origin() facts.Ref { return t.ref }

// Elem implements facts.Type.
func (t *typ) Elem() facts.Type { return nil }

// Decl implements facts.Type.
func (t *typ) Decl() (*facts.File, *facts.Decl) {
	if t.decl == nil {
		return nil, nil
	}
	return t.module.facts, t.decl
}

// String implements facts.Type.
func (t *typ) String() string { return t.ref.Name }

// Fields implements facts.Type. Types are known of bases alone.
func (t *typ) Fields() []facts.StructField {
	if t.listed || t.Shape() != facts.Struct {
		return t.fields
	}
	t.listed = true
	for i := range t.decl.Type.Fields {
		f := &t.decl.Type.Fields[i]
		field := facts.StructField{Field: f, File: t.module.facts, Type: &typ{s: t.s}}
		if f.Embedded {
			if base := t.base(f.Value); base != nil {
				field.Type = base
			}
		}
		t.fields = append(t.fields, field)
	}
	return t.fields
}

// base is the type of a base; nil for one that cannot be told. Arguments of a generic
// base tell nothing of it.
func (t *typ) base(v *facts.Value) *typ {
	if v.Kind == facts.IndexValue {
		v = v.Of
	}
	name := v.Dotted()
	if name == "" {
		return nil
	}
	if within, ok := t.module.decls[qualify(t.decl.Within, name)]; ok && t.decl.Within != "" && within.Value == nil {
		return t.s.typeOf(t.module, within)
	}
	switch b := t.s.dotted(t.module, name); {
	case b.declared != lookup{}:
		return t.s.declared(b)
	case b.external != "":
		return &typ{s: t.s, ref: refOf(b.external)}
	}
	return nil
}

// Method implements facts.Type.
func (t *typ) Method(name string) (facts.Method, bool) {
	_, m, ok := t.MethodIn(name)
	return m, ok
}

// MethodIn implements facts.Type, by the class and then its bases from left to right.
func (t *typ) MethodIn(name string) (*facts.File, facts.Method, bool) {
	return t.methodIn(name, 0)
}

func (t *typ) methodIn(name string, depth int) (*facts.File, facts.Method, bool) {
	if t.Shape() != facts.Struct || depth > mostHops {
		return nil, facts.Method{}, false
	}
	for i := range t.module.facts.Methods {
		if m := &t.module.facts.Methods[i]; m.Receiver == t.ref.Name && m.Name.Text == name {
			return t.module.facts, *m, true
		}
	}
	for _, f := range t.Fields() {
		if f.Embedded {
			if file, m, ok := f.Type.(*typ).methodIn(name, depth+1); ok {
				return file, m, true
			}
		}
	}
	return nil, facts.Method{}, false
}

// Opaque implements facts.Type.
func (t *typ) Opaque() bool { return t.opaque(0) }

func (t *typ) opaque(depth int) bool {
	if t.Shape() != facts.Struct || depth > mostHops {
		return true
	}
	for _, f := range t.Fields() {
		if f.Embedded && f.Type.(*typ).opaque(depth+1) {
			return true
		}
	}
	return false
}
