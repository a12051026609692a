package gorm

import (
	"slices"

	"github.com/rells-dev/rells/index/dialect"
	"github.com/rells-dev/rells/index/facts"
	"github.com/rells-dev/rells/index/relation"
)

// Which structs are models? GORM finds out at run time, when a value is handed to
// it. From the source, in falling certainty:
//
//   - A struct handed to AutoMigrate and its kind, or to Model, is one: these names
//     are GORM's own.
//   - A struct that itself embeds gorm.Model is one: nothing else would. One that
//     embeds a model, which then embeds gorm.Model, is as often a DTO.
//   - So is a struct that says its table (TableName) and carries gorm tags. DTOs
//     do not say a table, though they may inherit the method with a model that
//     they embed.
//   - A struct with gorm tags that embeds a base with a tagged primary key is one.
//     Tags of its own, even a primary key and relations, are not enough: the body
//     of a request may be copied from its model, tags and all.
//   - Create, Save, Find and the like are names that services and repositories have
//     too, and they are called with DTOs; Find also fills query rows, whose
//     relations GORM does not follow. Beside gorm tags Create and Save are certain,
//     Find is once the struct also has a tagged primary key.
//   - Any other gorm tag makes a struct probable: DTOs, query rows and API payloads
//     carry tags that nobody reads.
//   - Everything else is none, until a relation of a model leads to it. That is for
//     the index to find.

// ownCalls are the calls whose names are GORM's alone.
var ownCalls = []string{"AutoMigrate", "Model", setupJoinTable, "CreateTable", "DropTable", "HasTable",
	"FirstOrCreate", "FirstOrInit", "CreateInBatches", "FindInBatches"}

// writingCalls are calls that write a model, and that others have too.
var writingCalls = []string{"Create", "Save", "Delete", "Updates", "NewRecord"}

// readingCalls are calls that fill models, and query rows too.
var readingCalls = []string{"Find", "First", "Last", "Take", "Related"}

var calls = slices.Concat([]string{registerSerializer}, ownCalls, writingCalls, readingCalls)

// traits are what a struct itself shows.
type traits struct {
	model bool   // it embeds gorm.Model
	base  string // the embedded struct with a tagged primary key, "" for none
	key   string // the field that is tagged as primary key, "" for none
	tags  bool   // it carries gorm tags
	table bool   // it says its table, and does not only inherit that
}

func evidence(_ dialect.Scope, t facts.Type, uses []facts.Use) relation.Evidence {
	if t.Shape() != facts.Struct {
		return relation.Evidence{}
	}
	has := traitsOf(t)
	own, writing, reading := dialect.Called(uses, ownCalls), dialect.Called(uses, writingCalls), dialect.Called(uses, readingCalls)
	for _, e := range []struct {
		holds     bool
		certainty relation.Certainty
		reason    string
	}{
		{own != "", relation.Certain, "passed to " + own},
		{has.model, relation.Certain, "embeds gorm.Model"},
		{has.table && has.tags, relation.Certain, "has a TableName and gorm tags"},
		{has.tags && has.base != "", relation.Certain, "has gorm tags and embeds " + has.base + " with a primary key"},
		{has.tags && writing != "", relation.Certain, "has gorm tags and is passed to " + writing},
		{has.table && writing != "", relation.Certain, "has a TableName and is passed to " + writing},
		{has.key != "" && reading != "", relation.Certain, "has the primary key " + has.key + " and is passed to " + reading},
		{has.table && reading != "", relation.Certain, "has a TableName and is passed to " + reading},
		{has.tags, relation.Probable, "has gorm tags"},
		{has.table, relation.Probable, "has a TableName"},
		{has.base != "", relation.Probable, "embeds " + has.base + " with a primary key"},
		{writing != "", relation.Probable, "passed to " + writing},
		{reading != "", relation.Probable, "passed to " + reading},
	} {
		if e.holds {
			return relation.Evidence{Certainty: e.certainty, Reason: e.reason}
		}
	}
	return relation.Evidence{}
}

func traitsOf(t facts.Type) traits {
	var has traits
	m, ok := t.Method("TableName")
	_, decl := t.Decl()
	has.table = ok && m.Params < 2 && len(m.Results) == 1 && m.Results[0].Name == "string" &&
		decl != nil && m.Receiver == decl.Name.Text
	defined := t.Origin() == t.Ref() // not a second name for some other struct
	for _, f := range t.Fields() {
		set := settingsOf(f)
		if len(set) > 0 && !onlyIgnored(set) && defined {
			has.tags = true
		}
		if isPrimary(set) {
			has.key = f.Name.Text
		}
		base := dialect.Indirect(f.Type)
		if base == nil || !f.Embedded && !set.has("EMBEDDED") {
			continue
		}
		if base.Ref() == gormModel || base.Ref() == gormModelV1 {
			has.model = defined
			continue
		}
		if slices.ContainsFunc(base.Fields(), func(f facts.StructField) bool { return isPrimary(settingsOf(f)) }) {
			has.base = f.Name.Text
		}
	}
	return has
}

func isPrimary(set settings) bool { return set.truth("PRIMARYKEY") || set.truth("PRIMARY_KEY") }

// onlyIgnored reports whether a tag says no more than that the field is left out.
func onlyIgnored(set settings) bool { return len(set) == 1 && set.has("-") }
