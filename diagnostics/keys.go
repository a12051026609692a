package diagnostics

import "github.com/rells-dev/rells/index/relation"

// The rules about foreign keys and what they point to.
var keyRules = []*Rule{
	foreignKeyMissing,
	foreignKeyUnknown,
	referencesUnknown,
	foreignKeyCount,
	foreignKeyTypeRefused,
	foreignKeyUnseen,
	foreignKeySpelling,
	primaryKeyMissing,
	joinFallsBackToID,
	foreignKeyType,
	foreignKeyPartial,
	foreignKeyMismatch,
	relationFlipped,
	relationSwapped,
	relationGuessed,
}

// foreignKeyMissing reports a relation for which nothing names a foreign key and
// no convention of the ORM finds one.
var foreignKeyMissing = &Rule{
	Name:     "foreign-key-missing",
	Severity: Error,
	Summary:  "no foreign key is named and no convention finds one",
	Claims:   []relation.MistakeKind{relation.ForeignKeyMissing},
	Fix:      either(changeToNearest, fixArguments, fixForeignKey),
}

// foreignKeyUnknown reports a foreign key that is named but is on neither side.
var foreignKeyUnknown = &Rule{
	Name:     "foreign-key-unknown",
	Severity: Error,
	Summary:  "the named foreign key is a field of neither side",
	Claims:   []relation.MistakeKind{relation.ForeignKeyUnknown},
	Fix:      fixForeignKeyUnknown,
}

// referencesUnknown reports a reference that is named but not there.
var referencesUnknown = &Rule{
	Name:     "references-unknown",
	Severity: Error,
	Summary:  "the named reference is not a field of the model that the key points to",
	Claims:   []relation.MistakeKind{relation.ReferencesUnknown},
	Fix:      changeToNearest,
}

// foreignKeyCount reports foreign keys and references that cannot be matched one
// to one.
var foreignKeyCount = &Rule{
	Name:     "foreign-key-count",
	Severity: Error,
	Summary:  "the numbers of foreign keys and references do not match",
	Claims:   []relation.MistakeKind{relation.KeyCount},
}

// foreignKeyTypeRefused reports a foreign key of another type than what it points to,
// where the ORM does not put up with that.
var foreignKeyTypeRefused = &Rule{
	Name:     "foreign-key-type-refused",
	Severity: Error,
	Summary:  "the ORM refuses a foreign key of another type than what it points to",
	Claims:   []relation.MistakeKind{relation.KeyTypeRefused},
}

// foreignKeyUnseen reports a foreign key that the ORM takes for a column of the target
// without looking, and that no field of the target holds.
var foreignKeyUnseen = &Rule{
	Name:     "foreign-key-unseen",
	Severity: Warning,
	Summary:  "the foreign key is a column that no field of the target holds",
	Claims:   []relation.MistakeKind{relation.ForeignKeyUnseen},
	Fix:      either(changeToNearest, fixForeignKeyUnseen),
}

// foreignKeySpelling points out a key that not every version of the ORM finds.
var foreignKeySpelling = &Rule{
	Name:     "foreign-key-spelling",
	Severity: Hint,
	Summary:  "the key is found, but is not spelt like the field",
	Claims:   []relation.MistakeKind{relation.KeySpelling},
	Fix:      changeToNearest,
}

// primaryKeyMissing reports a relation that leads from, or to, the primary key of a
// model that has none.
var primaryKeyMissing = &Rule{
	Name:     "primary-key-missing",
	Severity: Error,
	Summary:  "the relation needs the primary key of a model that has none",
	Claims:   []relation.MistakeKind{relation.PrimaryKeyMissing},
}

// joinFallsBackToID reports a relation for which no foreign key is found, and that
// then joins the primary keys of both sides.
var joinFallsBackToID = &Rule{
	Name:     "join-falls-back-to-id",
	Severity: Warning,
	Summary:  "for want of a foreign key the primary keys of both sides are joined",
	Claims:   []relation.MistakeKind{relation.JoinFallback},
}

// relationSwapped reports a relation whose tag says has-one for belongs-to, or the other
// way round, of an ORM that means by them the opposite of what others mean.
var relationSwapped = &Rule{
	Name:     "relation-swapped",
	Severity: Warning,
	Summary:  "the tag says has-one for belongs-to, or the other way round",
	Claims:   []relation.MistakeKind{relation.WordSwapped},
	Fix:      changeToNearest,
}

// relationGuessed points out a relation that the ORM guesses and wants to be told of.
var relationGuessed = &Rule{
	Name:     "relation-guessed",
	Severity: Hint,
	Summary:  "nothing says that the field is a relation: the ORM guesses it, which is deprecated",
	Claims:   []relation.MistakeKind{relation.RelationGuessed},
	Fix:      fixTag,
}
