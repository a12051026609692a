package gopg

import (
	"slices"

	"github.com/rells-dev/rells/index/dialect"
	"github.com/rells-dev/rells/index/facts"
	"github.com/rells-dev/rells/index/relation"
)

// Which structs are models? go-pg finds out at run time, when a value is handed to it.
// From the source, in falling certainty:
//
//   - A struct with a field tableName that has a pg tag is one, as is one that takes the
//     table of another with inherit: nothing else reads these.
//   - A struct that is handed to RegisterTable, or to the Model of a query, is one.
//   - Any other pg tag makes a struct probable: query rows and API payloads carry tags
//     that nobody reads.

// registerTable is the function that makes models known, join models above all.
const registerTable = "RegisterTable"

// calls are the functions that are handed models. Each makes its model known.
var calls = []string{registerTable, "Model", "ModelContext", "NewQuery", "NewQueryContext"}

func evidence(_ dialect.Scope, t facts.Type, uses []facts.Use) relation.Evidence {
	if t.Shape() != facts.Struct {
		return relation.Evidence{}
	}
	tags := false
	for _, f := range t.Fields() {
		tag := parseTag(f.Field)
		switch {
		case tag.Text == "" || tag.Text == "-":
			continue
		case f.Name.Text == tableField && !f.Embedded:
			return relation.Evidence{Certainty: relation.Certain, Reason: "has a tableName"}
		case f.Embedded && tag.Has("inherit"):
			return relation.Evidence{Certainty: relation.Certain, Reason: "inherits " + f.Name.Text}
		}
		tags = true
	}
	for _, call := range calls {
		if slices.ContainsFunc(uses, func(u facts.Use) bool { return u.Call == call }) {
			return relation.Evidence{Certainty: relation.Certain, Reason: "passed to " + call}
		}
	}
	if tags {
		return relation.Evidence{Certainty: relation.Probable, Reason: "has pg tags"}
	}
	return relation.Evidence{}
}
