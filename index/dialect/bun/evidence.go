package bun

import (
	"slices"

	"github.com/rells-dev/rells/index/dialect"
	"github.com/rells-dev/rells/index/facts"
	"github.com/rells-dev/rells/index/relation"
)

// Which structs are models? Bun finds out at run time, when a value is handed to it.
// From the source, in falling certainty:
//
//   - A struct that itself embeds bun.BaseModel is one, as is one that takes the table
//     of another with extend: nothing else reads these. One that merely embeds a model
//     is as often a DTO.
//   - A struct that is handed to RegisterModel or ResetModel, or to the Model of a
//     query, is one.
//   - Any other bun tag makes a struct probable: query rows that Scan fills and API
//     payloads carry tags that nobody reads.

// registerModel is the function that makes models known, join models above all.
const registerModel = "RegisterModel"

// modelCalls are the calls that are handed models and nothing else.
var modelCalls = []string{registerModel, "ResetModel", "Model"}

// registering are the calls by which a join model becomes known, whoever queries it.
var registering = []string{registerModel, "ResetModel", "Table"}

var calls = append([]string{"Table"}, modelCalls...)

func evidence(_ dialect.Scope, t facts.Type, uses []facts.Use) relation.Evidence {
	if t.Shape() != facts.Struct {
		return relation.Evidence{}
	}
	tags := false
	for _, f := range t.Fields() {
		if f.Embedded && isBaseModel(f) {
			return relation.Evidence{Certainty: relation.Certain, Reason: "embeds bun.BaseModel"}
		}
		if f.Embedded {
			if tag := parseTag(f.Field); tag.Has("extend") || tag.Has("inherit") {
				return relation.Evidence{Certainty: relation.Certain, Reason: "extends " + f.Name.Text}
			}
		}
		tag, _ := f.Tag(name)
		tags = tags || tag.Value.Text != "" && tag.Value.Text != "-"
	}
	for _, call := range modelCalls {
		if slices.ContainsFunc(uses, func(u facts.Use) bool { return u.Call == call }) {
			return relation.Evidence{Certainty: relation.Certain, Reason: "passed to " + call}
		}
	}
	if tags {
		return relation.Evidence{Certainty: relation.Probable, Reason: "has bun tags"}
	}
	return relation.Evidence{}
}
