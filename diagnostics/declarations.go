package diagnostics

import "github.com/rells-dev/rells/index/relation"

// The rules about what declarations say beside each other, in tags or in code.
var declarationRules = []*Rule{nameDuplicate, optionUnfit, optionConflict}

// nameDuplicate reports two things of one name where the ORM must tell them apart by it.
var nameDuplicate = &Rule{
	Name:     "name-duplicate",
	Severity: Error,
	Summary:  "two things that the ORM tells apart by their names have the same one",
	Claims:   []relation.MistakeKind{relation.NameDuplicate},
}

// optionUnfit reports an option on a relation that cannot have it.
var optionUnfit = &Rule{
	Name:     "option-unfit",
	Severity: Error,
	Summary:  "a relation like this cannot have the option",
	Claims:   []relation.MistakeKind{relation.OptionUnfit},
}

// optionConflict reports options that contradict each other: of one relation, of its
// two sides, or of a relation and its key.
var optionConflict = &Rule{
	Name:     "option-conflict",
	Severity: Error,
	Summary:  "the options of a relation, its inverse and its key contradict each other",
	Claims:   []relation.MistakeKind{relation.OptionConflict},
}
