package diagnostics

import "github.com/rells-dev/rells/index/relation"

// The rules about options that stand where, or as often, as they cannot be meant.
var optionRules = []*Rule{tagOptionRepeated, tagOptionMisplaced, tagOptionIdle, tagValueUnknown}

// tagOptionRepeated reports an option that the ORM takes once.
var tagOptionRepeated = &Rule{
	Name:     "tag-option-repeated",
	Severity: Error,
	Summary:  "the ORM takes the option once",
	Claims:   []relation.MistakeKind{relation.OptionRepeated},
}

// tagOptionMisplaced reports the name of an option that stands where the ORM reads the
// name of a column or a table.
var tagOptionMisplaced = &Rule{
	Name:     "tag-option-misplaced",
	Severity: Warning,
	Summary:  "an option stands where the name of the column belongs",
	Claims:   []relation.MistakeKind{relation.OptionMisplaced},
	Fix:      changeToNearest,
}

// tagOptionIdle reports an option that has no effect where it stands.
var tagOptionIdle = &Rule{
	Name:     "tag-option-idle",
	Severity: Warning,
	Summary:  "the option has no effect where it stands",
	Claims:   []relation.MistakeKind{relation.OptionIdle},
	Fix:      changeToNearest,
}

// tagValueUnknown reports a value that the ORM does not know and hands on to the
// database.
var tagValueUnknown = &Rule{
	Name:     "tag-value-unknown",
	Severity: Warning,
	Summary:  "the ORM does not know the value and hands it on",
	Claims:   []relation.MistakeKind{relation.ValueUnknown},
	Fix:      changeToNearest,
}
