package gorel

import (
	"slices"
	"strings"

	"github.com/rells-dev/rells/index/dialect"
	"github.com/rells-dev/rells/index/facts"
	"github.com/rells-dev/rells/index/relation"
)

// Which structs are models? go-rel takes any struct, and finds out at run time, when a
// value is handed to a repository. From the source, where the module requires go-rel:
//
//   - A struct that is handed to a function whose name is go-rel's own (MustInsert,
//     NewChangeset ...) is one.
//   - A struct with ref and fk on a field is one: nothing else reads the two together.
//   - Insert, Find and the like are names that services have too, and they are called
//     with DTOs. They make a model certain of a struct that has some other mark of one:
//     go-rel's tags, a Table, a primary key in a tag, or an ID beside a time that
//     go-rel itself sets.
//   - Any one of these marks makes a struct probable, and so does such a call.
//   - Tags of another ORM outweigh a call, which may be of that one.

// ownCalls are calls whose names are go-rel's alone. They are handed models.
var ownCalls = []string{"NewChangeset", "NewStructset", "NewEntityRepository", "MustInsert", "MustInsertAll", "MustUpdate",
	"MustDelete", "MustDeleteAll", "InsertAll", "MustPreload"}

// commonCalls are calls of go-rel that others have too, or that are handed query rows.
var commonCalls = []string{"Insert", "Delete", "Preload", "Find", "MustFind", "FindAll", "MustFindAll", "FindAndCountAll", "MustFindAndCountAll"}

// writingCalls are the calls that need a primary key.
var writingCalls = []string{"Insert", "MustInsert", "InsertAll", "MustInsertAll", "MustUpdate", "Delete", "MustDelete", "MustDeleteAll"}

var calls = slices.Concat(ownCalls, commonCalls)

// othersTags are the keys of other ORMs that infer or declare relations.
var othersTags = []string{"gorm", "bun", "pg", "orm", "has_many", "belongs_to", "has_one", "many_to_many"}

// filled are the columns that go-rel sets by itself where they are times.
var filled = []string{"created_at", "inserted_at", "updated_at", "deleted_at"}

func evidence(s dialect.Scope, t facts.Type, uses []facts.Use) relation.Evidence {
	file, _ := t.Decl()
	if t.Shape() != facts.Struct || file == nil || !speaks(s, file, t) {
		return relation.Evidence{}
	}
	mark, sure := markOf(t)
	own, common := dialect.Called(uses, ownCalls), dialect.Called(uses, commonCalls)
	switch {
	case isOthers(t) && !sure:
		return relation.Evidence{}
	case own != "":
		return relation.Evidence{Certainty: relation.Certain, Reason: "passed to " + own}
	case sure:
		return relation.Evidence{Certainty: relation.Certain, Reason: mark}
	case mark != "" && common != "":
		return relation.Evidence{Certainty: relation.Certain, Reason: mark + " and is passed to " + common}
	case common != "":
		return relation.Evidence{Certainty: relation.Probable, Reason: "passed to " + common}
	case mark != "" && mark != timed:
		return relation.Evidence{Certainty: relation.Probable, Reason: mark}
	}
	return relation.Evidence{}
}

// speaks reports whether the code of a type's file may speak to go-rel at all.
func speaks(s dialect.Scope, file *facts.File, t facts.Type) bool {
	_, required := s.Requires(file, module)
	return required || s.Imports(file, module) || strings.HasPrefix(t.Ref().Package, module)
}

// isOthers reports whether a field carries the tag of another ORM.
func isOthers(t facts.Type) bool {
	return slices.ContainsFunc(t.Fields(), func(f facts.StructField) bool {
		return slices.ContainsFunc(othersTags, func(key string) bool {
			_, ok := f.Tag(key)
			return ok
		})
	})
}

// timed is the mark of a struct with a time that go-rel sets; many structs have such a
// time.
const timed = "has an ID and a time that go-rel sets"

// markOf is what in a struct looks like a model of go-rel, "" for nothing, and whether
// that is enough.
func markOf(t facts.Type) (mark string, sure bool) {
	if m, ok := ownMethod(t, tableMethod); ok && len(m.Results) == 1 && m.Results[0].Name == "string" {
		mark = "says its Table"
	}
	if saysPrimary(t) {
		mark = "says its primary key"
	}
	id, set := false, false
	for _, sf := range t.Fields() {
		f := newField(sf)
		if f.tags.value(refKey) != "" && f.tags.value(fkKey) != "" {
			return "has ref and fk", true
		}
		if f.tags.value(throughKey) != "" || f.tags.saves() || f.tags.value("autoload") == "true" {
			mark = "has tags of go-rel"
		}
		if mark == "" && strings.HasSuffix(dbTag(sf.Field).Text, primaryTag) {
			mark = "has a primary key in a db tag"
		}
		id = id || f.column == idColumn
		set = set || slices.Contains(filled, f.column)
	}
	if mark == "" && id && set {
		mark = timed
	}
	return mark, false
}
