package relation

import (
	"reflect"
	"slices"
)

// Same reports whether two models say the same, of the same places.
func (m *Model) Same(other *Model) bool {
	return m.Ref == other.Ref && m.Dialect == other.Dialect && m.Place == other.Place && m.Body == other.Body &&
		m.Table == other.Table && m.Registry == other.Registry && m.Evidence == other.Evidence && m.Open == other.Open &&
		slices.Equal(m.Fields, other.Fields) && slices.Equal(m.Mentions, other.Mentions) &&
		slices.EqualFunc(m.Relations, other.Relations, sameRelation) &&
		slices.EqualFunc(m.Mistakes, other.Mistakes, sameMistake) &&
		(len(m.Statements) == 0 && len(other.Statements) == 0 || reflect.DeepEqual(m.Statements, other.Statements))
}

func sameRelation(a, b Relation) bool {
	return a.ID == b.ID && a.Dialect == b.Dialect && a.Kind == b.Kind && a.Target == b.Target &&
		slices.Equal(a.Keys, b.Keys) && a.JoinTable == b.JoinTable && a.JoinModel == b.JoinModel && a.JoinByTable == b.JoinByTable &&
		slices.Equal(a.JoinKeys, b.JoinKeys) && a.OwnJoinKeys == b.OwnJoinKeys && a.JoinOpen == b.JoinOpen &&
		(a.Polymorphic == b.Polymorphic || a.Polymorphic != nil && b.Polymorphic != nil && *a.Polymorphic == *b.Polymorphic) &&
		slices.Equal(a.Unmatched, b.Unmatched) && slices.Equal(a.PassedOver, b.PassedOver) && a.PassedWhy == b.PassedWhy &&
		a.Reason == b.Reason && a.Place == b.Place && a.Tag == b.Tag && a.Whole == b.Whole && a.Called == b.Called &&
		a.Path == b.Path && a.Embedded == b.Embedded && a.Foreign == b.Foreign && a.Inverse == b.Inverse && a.Made == b.Made && a.Independent == b.Independent &&
		(a.Stated == b.Stated || reflect.DeepEqual(a.Stated, b.Stated))
}

func sameMistake(a, b Mistake) bool {
	return a.Kind == b.Kind && a.Row == b.Row && a.Field == b.Field && a.Place == b.Place && a.Text == b.Text && a.Name == b.Name &&
		a.Meant == b.Meant && a.Literal == b.Literal && a.Tag == b.Tag && a.Role == b.Role && slices.Equal(a.Choices, b.Choices) && a.Sure == b.Sure &&
		a.Target == b.Target && a.Wanted == b.Wanted && slices.Equal(a.Related, b.Related) && slices.EqualFunc(a.Remedies, b.Remedies, Remedy.Same)
}
