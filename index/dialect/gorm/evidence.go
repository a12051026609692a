package gorm

import (
	"strings"

	"github.com/rells-dev/rells/index/dialect"
	"github.com/rells-dev/rells/index/facts"
	"github.com/rells-dev/rells/index/relation"
)

// Which structs are models? GORM finds out at run time, when a value is handed to
// it. From the source, in falling certainty:
//
//   - A struct handed to AutoMigrate and its kind, or to Model, is one: these names
//     are GORM's own.
//   - A struct that embeds gorm.Model is one: nothing else would.
//   - So is a struct that says its table (TableName) and carries gorm tags. DTOs
//     and rows of queries do not say a table.
//   - Create, Save, Find and the like are names that services and repositories have
//     too, and they are called with DTOs; Find and Scan fill query rows, whose
//     relations GORM does not follow. Beside gorm tags Create and Save are certain,
//     Find is once the struct also has a primary key.
//   - A struct with a tagged primary key of its own, or of a base that it embeds,
//     that has a relation option in a tag, is one: DTOs do not repeat these.
//   - Any other gorm tag makes a struct probable: DTOs, query rows and API payloads
//     carry tags that nobody reads.
//   - Everything else is none, until a relation of a model leads to it. That is for
//     the index to find.

// ownCalls are the calls whose names are GORM's alone.
var ownCalls = []string{"AutoMigrate", "Model", "SetupJoinTable", "CreateTable", "DropTable", "HasTable",
	"FirstOrCreate", "FirstOrInit", "CreateInBatches", "FindInBatches", "Migrator"}

// writingCalls are calls that write a model, and that others have too.
var writingCalls = []string{"Create", "Save", "Delete", "Updates", "NewRecord", "Unscoped"}

// readingCalls are calls that fill models, and query rows too.
var readingCalls = []string{"Find", "First", "Last", "Take", "Preload", "Related"}

var calls = append(append(append([]string{registerSerializer}, ownCalls...), writingCalls...), readingCalls...)

// traits are what a struct itself shows.
type traits struct {
	base      string // the model base it embeds, "" for none
	table     bool   // it says its table
	tags      bool   // it carries gorm tags
	relations bool   // with options of relations
	key       string // how it comes to a tagged primary key, "" for none
}

func evidence(s dialect.Scope, t facts.Type, uses []facts.Use) relation.Evidence {
	if t.Shape() != facts.Struct {
		return relation.Evidence{}
	}
	var has traits
	has.look(t, "", maxEmbedding)
	m, ok := t.Method("TableName")
	has.table = ok && m.Params < 2 && len(m.Results) == 1 && m.Results[0].Name == "string"
	called := func(names []string) string {
		for _, u := range uses {
			for _, n := range names {
				if u.Call == n {
					return n
				}
			}
		}
		return ""
	}
	certain := func(reason string) relation.Evidence {
		return relation.Evidence{Certainty: relation.Certain, Reason: reason}
	}
	probable := func(reason string) relation.Evidence {
		return relation.Evidence{Certainty: relation.Probable, Reason: reason}
	}
	own, writing, reading := called(ownCalls), called(writingCalls), called(readingCalls)
	switch {
	case own != "":
		return certain("passed to " + own)
	case has.base != "":
		return certain("embeds " + has.base)
	case has.table && has.tags:
		return certain("has a TableName and gorm tags")
	case has.tags && writing != "":
		return certain("has gorm tags and is passed to " + writing)
	case has.tags && has.key != "" && reading != "":
		return certain(has.key + " and is passed to " + reading)
	case has.key != "" && has.relations:
		return certain(has.key + " and has tagged relations")
	case has.table && writing+reading != "":
		return certain("has a TableName and is passed to " + writing + reading)
	case has.tags:
		return probable("has gorm tags")
	case has.table:
		return probable("has a TableName")
	case writing+reading != "":
		return probable("passed to " + writing + reading)
	}
	return relation.Evidence{}
}

// look collects the traits of a struct and of those that it embeds; within is the
// name of the embedded struct that is looked at, "" for the struct itself.
func (h *traits) look(t facts.Type, within string, depth int) {
	for _, f := range t.Fields() {
		base := dialect.Indirect(f.Type)
		if f.Embedded && base != nil && (base.Ref() == gormModel || base.Ref() == gormModelV1) {
			h.base = "gorm.Model"
			continue
		}
		set := settings{}
		if tag, ok := f.Tag(name); ok {
			set.add(f.File, tag.Value)
		}
		h.lookAt(set, f.Name.Text, within)
		if (f.Embedded || set.has("EMBEDDED")) && base != nil && base.Shape() == facts.Struct && depth > 0 {
			h.look(base, f.Name.Text, depth-1)
		}
	}
}

func (h *traits) lookAt(set settings, field, within string) {
	if len(set) > 0 && within == "" && !onlyIgnored(set) {
		h.tags = true
	}
	if h.key == "" && (set.truth("PRIMARYKEY") || set.truth("PRIMARY_KEY")) {
		h.key = "tags " + field + " as primary key"
		if within != "" {
			h.key = "embeds " + within + " with a primary key"
		}
	}
	for _, v := range set {
		if v.item.Option != nil && v.item.Option.Relation {
			h.relations = true
		}
	}
}

// onlyIgnored reports whether a tag says no more than that the field is left out.
func onlyIgnored(set settings) bool { return len(set) == 1 && strings.HasPrefix(set["-"].value, "-") }
