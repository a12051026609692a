package dialect

import (
	"github.com/rells-dev/rells/index/facts"
	"github.com/rells-dev/rells/index/relation"
)

// MentionAt is a mention of what a stretch of a file names, in the declaration of a field.
func MentionAt(file *facts.File, at facts.Slot, field relation.FieldID, m relation.Mention) relation.Mention {
	m.Place = relation.Place{File: file.Path, Span: at.Span}
	m.Text, m.Relation = at.Text, field
	return m
}

// ColumnMention is the mention of a field's column by the name that its tag gives it.
func ColumnMention(file *facts.File, at facts.Slot, field relation.FieldID) relation.Mention {
	return MentionAt(file, at, field, relation.Mention{Role: relation.ColumnRole, Field: field})
}
