package diagnostics

import "github.com/rells-dev/rells/index/relation"

// The rules about polymorphic relations.
var polymorphicRules = []*Rule{polymorphicInvalid}

// polymorphicInvalid reports a polymorphic relation whose target lacks the fields
// that hold the owner's type and key, or whose owner has no key for them.
var polymorphicInvalid = &Rule{
	Name:     "polymorphic-invalid",
	Severity: Error,
	Summary:  "the fields or the key of a polymorphic relation are missing",
	Claims:   []relation.MistakeKind{relation.PolymorphicInvalid},
	Fix:      changeToNearest,
}
