package pop

import (
	"slices"

	"github.com/agnivade/levenshtein"

	"github.com/rells-dev/rells/index/dialect"
	"github.com/rells-dev/rells/index/facts"
	"github.com/rells-dev/rells/index/relation"
)

// Which structs are models? pop finds out at run time, when a value is handed to it.
// From the source, in falling certainty:
//
//   - A struct that is handed to ValidateAndCreate and its kind is one: these names are
//     pop's alone. So is one with a Validate method that returns *validate.Errors.
//   - A struct with a tag that makes an association, be it misspelt, and either a column or
//     a table, is one where the package imports pop or the module requires it, and so is one that is
//     handed to Create, Find and the like.
//   - Any other association makes a struct probable: belongs_to may be anybody's word.
//   - So do columns where the package imports pop: queries fill rows that are no models.

// ownCalls are the methods of a connection whose names are pop's alone, and that are
// handed models.
var ownCalls = []string{"ValidateAndCreate", "ValidateAndSave", "ValidateAndUpdate"}

// creatingCalls make a row of a model.
var creatingCalls = append([]string{"Create", "Save"}, ownCalls...)

// eager is the function that has a connection create what associations hold, too.
const eager = "Eager"

// calls are those that say something about models. Others, as All and Load, are names that
// half of all code has, which would have to be read for them.
var calls = append([]string{"Find", "First", "Last", eager}, creatingCalls...)

func evidence(s dialect.Scope, t facts.Type, uses []facts.Use) relation.Evidence {
	if t.Shape() != facts.Struct {
		return relation.Evidence{}
	}
	associated, stored := traits(t)
	if associated == "" && len(uses) > 0 {
		associated = inherited(t)
	}
	file, _ := t.Decl()
	own := dialect.Called(uses, ownCalls)
	switch {
	case own != "":
		return relation.Evidence{Certainty: relation.Certain, Reason: "passed to " + own}
	case validates(t):
		return relation.Evidence{Certainty: relation.Certain, Reason: "has a Validate method of pop's"}
	case associated == "" && (!stored || !imports(s, file)):
		return relation.Evidence{}
	case associated == "":
		return relation.Evidence{Certainty: relation.Probable, Reason: "has db tags"}
	case stored && (imports(s, file) || requires(s, file)):
		return relation.Evidence{Certainty: relation.Certain, Reason: "has " + associated + " and db tags"}
	case len(uses) > 0 && (imports(s, file) || requires(s, file)):
		return relation.Evidence{Certainty: relation.Certain, Reason: "has " + associated + " and is passed to " + dialect.Called(uses, calls)}
	}
	return relation.Evidence{Certainty: relation.Probable, Reason: "has " + associated}
}

// traits are the first association that the struct itself has, "" for none, and whether
// it says its table, or a column, be it in a struct that it embeds.
func traits(t facts.Type) (associated string, stored bool) {
	m, ok := t.Method("TableName")
	_, decl := t.Decl()
	stored = ok && tableNaming(m) && decl != nil && m.Receiver == decl.Name.Text
	for _, f := range t.Fields() {
		if associated == "" {
			associated = associating(f.Field)
		}
		stored = stored || hasColumn(f.Field)
	}
	if associated != "" && !stored {
		stored = slices.ContainsFunc(parse(t).fields, func(f *field) bool { return hasColumn(f.decl) })
	}
	return associated, stored
}

// inherited is the first association of the structs that a struct embeds: a DTO may have
// taken that over, so that it counts where the struct is handed to pop.
func inherited(t facts.Type) string {
	for _, f := range parse(t).fields {
		if kinds := kindsOf(f.decl); len(kinds) > 0 {
			return kinds[0]
		}
	}
	return ""
}

// associating is the key of a tag that makes an association, or was to make one: without a
// value, or with a letter wrong; or that is heeded beside such a tag. "" for none.
func associating(f *facts.Field) string {
	if kinds := kindsOf(f); len(kinds) > 0 {
		return kinds[0]
	}
	for _, t := range f.Tags {
		if t.Visible && (slices.Contains(kindKeys, t.Key.Text) || t.Key.Text == foreignKey || resembles(t.Key.Text)) {
			return t.Key.Text
		}
	}
	return ""
}

// resembles reports whether a key is one letter away from one that makes an association.
func resembles(key string) bool {
	return slices.ContainsFunc(kindKeys, func(kind string) bool { return levenshtein.ComputeDistance(key, kind) == 1 })
}

// hasColumn reports whether a tag names the column of a field.
func hasColumn(f *facts.Field) bool {
	tag := tagged(f, dbKey)
	return tag != nil && tag.Text != "-"
}

// validates reports whether the struct itself has a method by which pop validates it
// (validations.go).
func validates(t facts.Type) bool {
	_, decl := t.Decl()
	return decl != nil && slices.ContainsFunc([]string{"Validate", "ValidateCreate", "ValidateSave", "ValidateUpdate"}, func(name string) bool {
		m, ok := t.Method(name)
		if !ok || m.Receiver != decl.Name.Text || m.Params != 1 || len(m.Results) != 2 {
			return false
		}
		e := m.Results[0]
		return e.Kind == facts.PointerExpr && e.Elem != nil && e.Elem.Package == "validate" && e.Elem.Name == "Errors"
	})
}

func imports(s dialect.Scope, file *facts.File) bool {
	return file != nil && slices.ContainsFunc(modules, func(module string) bool { return s.Imports(file, module) })
}

func requires(s dialect.Scope, file *facts.File) bool {
	return file != nil && slices.ContainsFunc(modules, func(module string) bool {
		_, ok := s.Requires(file, module)
		return ok
	})
}
