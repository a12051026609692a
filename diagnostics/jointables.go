package diagnostics

import "github.com/rells-dev/rells/index/relation"

// The rules about what stands between the sides of a many-to-many.
var joinTableRules = []*Rule{joinModelInvalid}

// joinModelInvalid reports a model that stands for a join table and lacks what
// that takes.
var joinModelInvalid = &Rule{
	Name:     "join-model-invalid",
	Severity: Error,
	Summary:  "the model behind the join table lacks what it must have",
	Claims:   []relation.MistakeKind{relation.JoinModelInvalid},
	Fix:      changeToNearest,
}
