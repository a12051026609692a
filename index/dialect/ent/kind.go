package ent

import (
	"strings"

	"github.com/rells-dev/rells/index/facts"
)

// typeKind says what ent holds a type for.
type typeKind uint8

const (
	isNone   typeKind = iota // certainly no schema
	mayBe                    // embeds what cannot be resolved
	isSchema                 // entc/load, Config.load: an exported struct whose value implements ent.Interface
	isView                   // a schema that embeds ent.View: it has no id
)

// schemaMethods are those of ent.Interface that a schema may declare itself.
var schemaMethods = []string{
	"Type", "Fields", "Edges", "Indexes", "Config", "Mixin", "Hooks", "Interceptors", "Policy", "Annotations",
}

// kindOf tells whether a type is a schema.
func kindOf(t facts.Type) typeKind {
	file, decl := t.Decl()
	if file == nil || decl.Within != "" || decl.Alias || len(decl.Params) > 0 ||
		decl.Type.Kind != facts.StructExpr || !exported(decl.Name.Text) ||
		!file.Included || strings.HasSuffix(file.Path, "_test.go") {
		return isNone
	}
	kind := embeds(t, 0)
	if kind == isNone {
		return isNone
	}
	for _, name := range schemaMethods {
		// A method of the pointer hides the promoted one: the value has none.
		if m, ok := t.Method(name); ok && m.Pointer && m.Receiver == decl.Name.Text {
			return isNone
		}
	}
	return kind
}

func exported(name string) bool { return name != "" && 'A' <= name[0] && name[0] <= 'Z' }

// maxEmbedding bounds how deep embedded structs are looked into.
const maxEmbedding = 8

// embeds tells what a struct embeds, at any depth.
func embeds(t facts.Type, depth int) typeKind {
	kind := isNone
	for _, f := range t.Fields() {
		if !f.Embedded || depth > maxEmbedding {
			continue
		}
		switch f.Type.Ref() {
		case facts.Ref{Package: module, Name: "Schema"}:
			return isSchema
		case facts.Ref{Package: module, Name: "View"}:
			return isView
		}
		embedded := f.Type
		if embedded.Shape() == facts.Pointer {
			embedded = embedded.Elem()
		}
		switch embedded.Shape() {
		case facts.Struct:
			kind = max(kind, embeds(embedded, depth+1))
		case facts.Unknown:
			kind = max(kind, mayBe)
		}
	}
	return kind
}

// method finds a method of a schema or a mixin. known is false where there may be
// one that cannot be seen.
func method(t facts.Type, name string) (file *facts.File, m facts.Method, known bool) {
	if file, m, ok := t.MethodIn(name); ok {
		return file, m, true
	}
	return nil, facts.Method{}, !hidden(t, 0)
}

// hidden reports whether a type embeds one that cannot be resolved and is none of
// ent's own, which declare nothing.
func hidden(t facts.Type, depth int) bool {
	if t.Ref().Package == module || t.Ref().Package == mixinPackage {
		return false
	}
	if t.Shape() == facts.Unknown || depth > maxEmbedding {
		return true
	}
	for _, f := range t.Fields() {
		embedded := f.Type
		if embedded.Shape() == facts.Pointer {
			embedded = embedded.Elem()
		}
		if f.Embedded && (embedded.Shape() == facts.Struct || embedded.Shape() == facts.Unknown) && hidden(embedded, depth+1) {
			return true
		}
	}
	return false
}
