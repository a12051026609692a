package diagnostics

import "github.com/rells-dev/rells/index/relation"

// The rules about what declarations say beside each other, in tags or in code.
var declarationRules = []*Rule{nameDuplicate, optionUnfit, optionConflict, writesConflict, attributeUndescribed}

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

// writesConflict reports two relations that write one column and that nothing links: what
// the one sets the other may overwrite.
var writesConflict = &Rule{
	Name:     "writes-conflict",
	Severity: Warning,
	Summary:  "two relations write one column, and nothing links them",
	Claims:   []relation.MistakeKind{relation.WriteConflict},
	Fix:      fixArguments,
}

// attributeUndescribed reports an attribute of a mixin that must be made anew for each model
// that takes it, and is made once.
var attributeUndescribed = &Rule{
	Name:     "attribute-undescribed",
	Severity: Error,
	Summary:  "the attribute of a mixin must be declared by a function",
	Claims:   []relation.MistakeKind{relation.AttributeUndescribed},
}
