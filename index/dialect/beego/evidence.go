package beego

import (
	"slices"

	"github.com/rells-dev/rells/index/dialect"
	"github.com/rells-dev/rells/index/facts"
	"github.com/rells-dev/rells/index/relation"
)

// Which structs are models? Those that are handed to RegisterModel, and no others: what
// is not registered cannot be used. From the source, in falling certainty:
//
//   - A struct that is handed over is one.
//   - So is one with relations, in a package that imports the ORM, where somewhere models
//     are handed over that cannot be told.
//   - Relations make any other struct probable: rel(...) and reverse(...) are Beego's own
//     words. Tags of columns do only beside Beego, since other ORMs have the key too.

// The functions that register models.
const (
	register       = "RegisterModel"
	registerPrefix = "RegisterModelWithPrefix"
	registerSuffix = "RegisterModelWithSuffix"
)

var registering = []string{register, registerPrefix, registerSuffix}

func evidence(s dialect.Scope, t facts.Type, uses []facts.Use) relation.Evidence {
	if t.Shape() != facts.Struct {
		return relation.Evidence{}
	}
	if at := slices.IndexFunc(uses, registers); at >= 0 {
		return relation.Evidence{Certainty: relation.Certain, Reason: "passed to " + uses[at].Call}
	}
	relates, speaks := false, false
	for _, f := range t.Fields() {
		tag := parseTag(f.Field)
		relates = relates || tag.relates()
		speaks = speaks || len(tag.words)+len(tag.values) > 0
	}
	file, _ := t.Decl()
	switch {
	case !speaks || file == nil:
		return relation.Evidence{}
	case relates && registersUnseen(s) && importsORM(s, file):
		return relation.Evidence{Certainty: relation.Certain, Reason: "has relations of beego, beside models that are registered out of sight"}
	case relates:
		return relation.Evidence{Certainty: relation.Probable, Reason: "has relations of beego"}
	case usesBeego(s, file):
		return relation.Evidence{Certainty: relation.Probable, Reason: "has orm tags"}
	}
	return relation.Evidence{}
}

func registers(use facts.Use) bool { return slices.Contains(registering, use.Call) }

// isRegistered reports whether the type is handed over, or whether that cannot be told.
func isRegistered(s dialect.Scope, t facts.Type) bool {
	return slices.ContainsFunc(s.Uses(t), registers) || registersUnseen(s)
}

// registersUnseen reports whether models are registered that the source does not show.
func registersUnseen(s dialect.Scope) bool { return slices.ContainsFunc(registering, s.Obscure) }

func importsORM(s dialect.Scope, file *facts.File) bool {
	return slices.ContainsFunc(packages, func(path string) bool { return s.Imports(file, path) })
}

// usesBeego reports whether the file's package imports the ORM, or its module requires
// Beego.
func usesBeego(s dialect.Scope, file *facts.File) bool {
	return importsORM(s, file) || slices.ContainsFunc(modules, func(module string) bool {
		_, ok := s.Requires(file, module)
		return ok
	})
}
