package gorm

import (
	"go/token"

	"github.com/rells-dev/rells/index/dialect"
	"github.com/rells-dev/rells/index/facts"
	"github.com/rells-dev/rells/index/relation"
)

// deciding are the options that decide with, or depend on, the Go type of a column.
var deciding = []string{"TYPE", "SERIALIZER", "JSON", "SIZE", "DEFAULT"}

// retype gives a foreign key the type of the field that it points to. The key must be
// of a plain type that its file names without an import, which would be left behind.
func retype(s dialect.Scope, side dialect.Side, key relation.Key) (dialect.TypeSpec, bool) {
	foreign, primary := columnOf(s, side, key.ForeignKey), columnOf(s, side, key.References)
	if foreign == nil || primary == nil || len(foreign.path) != 1 || foreign.decl == nil || foreign.typ.Shape() != facts.Basic {
		return dialect.TypeSpec{}, false
	}
	for _, option := range deciding {
		if foreign.settings.has(option) || primary.settings.has(option) && option != "DEFAULT" && option != "SIZE" {
			return dialect.TypeSpec{}, false
		}
	}
	written := &foreign.decl.Type
	if written.Kind == facts.PointerExpr {
		written = written.Elem
	}
	spec, ok := keySpec(primary)
	if !ok || written.Kind != facts.NamedExpr || written.Package != "" {
		return dialect.TypeSpec{}, false
	}
	if own, there := key.ForeignKey.Model.Package, spec.Ref.Package; there != "" && there != own {
		ok = token.IsExported(spec.Ref.Name) && s.Reaches(own, there)
	}
	spec.Pointer = foreign.decl.Type.Kind == facts.PointerExpr
	return spec, ok
}

// columnOf is a field of the owner or the target of a side, nil for any other.
func columnOf(s dialect.Scope, side dialect.Side, id relation.FieldID) *field {
	for _, t := range []facts.Type{side.Owner, side.Target} {
		sch, ok := s.Schema(t).(*schema)
		if !ok || t.Ref() != id.Model {
			continue
		}
		for _, f := range sch.fields {
			if sch.id(f) == id {
				return f
			}
		}
	}
	return nil
}
