package index

import (
	"cmp"
	"slices"
	"strings"

	"github.com/rells-dev/rells/index/facts"
	"github.com/rells-dev/rells/index/relation"
)

// foreignKeys lists the fields that may hold the key: of the side that holds it,
// as far as that is certain, likely names first. In a many-to-many the key is in
// the join table, and the fields that it points to are meant.
func (q *completion) foreignKeys() []Candidate {
	switch q.kind() {
	case relation.ManyToMany:
		return q.columns(q.owner, primaryFirst)
	case relation.BelongsTo:
		return q.columns(q.owner, q.keyLike)
	case relation.HasOne, relation.HasMany:
		return q.columns(q.target, q.keyLike)
	}
	return append(q.columns(q.owner, q.keyLike), q.columns(q.target, q.keyLike)...)
}

// references lists the fields that a key may point to, primary keys first.
func (q *completion) references() []Candidate {
	switch q.kind() {
	case relation.ManyToMany, relation.BelongsTo:
		return q.columns(q.target, primaryFirst)
	case relation.HasOne, relation.HasMany:
		return q.columns(q.owner, primaryFirst)
	}
	return append(q.columns(q.target, primaryFirst), q.columns(q.owner, primaryFirst)...)
}

// kind is the kind of the relation at the cursor: what it was read as, else what
// the rest of the tag and the field's type say.
func (q *completion) kind() relation.Kind {
	for i := range q.Items {
		if o := q.Items[i].Option; o != nil && isKind(o) {
			return o.Kind
		}
	}
	for _, role := range []relation.Role{relation.JoinTableRole, relation.JoinModelRole, relation.JoinModelTableRole} {
		if item := q.item(role); item != nil && item.Value.Text != "" {
			return relation.ManyToMany
		}
	}
	switch {
	case q.relation != nil:
		return q.relation.Kind
	case q.field == nil:
		return relation.NoKind
	case q.field.Many:
		return relation.HasMany
	}
	return q.wanted()
}

// wanted is the kind that the field was most likely meant to be, where that is known of
// what is wrong with it.
func (q *completion) wanted() relation.Kind {
	for i := range q.owner.Mistakes {
		if m := &q.owner.Mistakes[i]; m.Field.Field == q.field.Selector && m.Wanted != relation.NoKind {
			return m.Wanted
		}
	}
	return relation.NoKind
}

// columns lists the columns of a model by rank, those already named in the
// option's list left out.
func (q *completion) columns(m *relation.Model, rank func(*relation.Field) int) []Candidate {
	if m == nil {
		return nil
	}
	var fields []*relation.Field
	for i := range m.Fields {
		f := &m.Fields[i]
		half := q.Mention != nil && f.Column == "" // a relation that leads nowhere yet
		if f.Target.IsZero() && !f.Ignored && !half && !q.listed(f.Selector) {
			fields = append(fields, f)
		}
	}
	slices.SortStableFunc(fields, func(a, b *relation.Field) int { return cmp.Compare(rank(a), rank(b)) })
	list := make([]Candidate, len(fields))
	for i, f := range fields {
		list[i] = Candidate{
			Name: f.Selector, Text: f.Selector, Kind: FieldCandidate,
			Detail: detailOf(m, f),
		}
	}
	return list
}

// detailOf is what is said of a field besides its name.
func detailOf(m *relation.Model, f *relation.Field) string {
	return strings.TrimSpace(m.Ref.Name + "." + f.Selector + " " + f.Type)
}

// listed reports whether the name stands in the value at the cursor already.
func (q *completion) listed(name string) bool {
	if q.Item == nil {
		return false
	}
	return slices.ContainsFunc(q.Item.Values, func(v facts.Slot) bool {
		return v.Text == name && !v.Span.Contains(q.Offset)
	})
}

func primaryFirst(f *relation.Field) int {
	if f.Primary {
		return 0
	}
	return 1
}

// keyLike puts fields first whose names say that they are the key of this
// relation, then those that look like keys.
func (q *completion) keyLike(f *relation.Field) int {
	name := strings.ToLower(f.Selector)
	field, owner := strings.ToLower(q.field.Selector), strings.ToLower(q.owner.Ref.Name)
	switch {
	case strings.HasPrefix(name, field) && len(name) > len(field), strings.HasPrefix(name, owner) && len(name) > len(owner):
		return 0
	case q.target != nil && strings.HasPrefix(name, strings.ToLower(q.target.Ref.Name)):
		return 1
	case strings.HasSuffix(name, "id") && !f.Primary:
		return 2
	}
	return 3
}

// halves lists the columns of a model, those first whose name is a prefix and
// the suffix and that have a counterpart of the other suffix: OwnerType and
// OwnerID.
func (q *completion) halves(m *relation.Model, suffix, other string) []Candidate {
	return q.columns(m, func(f *relation.Field) int {
		prefix, ok := strings.CutSuffix(f.Selector, suffix)
		if !ok || prefix == "" {
			return 2
		}
		if _, paired := m.FieldBySelector(prefix + other); paired {
			return 0
		}
		return 1
	})
}

// polymorphicPrefixes lists the names P for which the target has fields PType
// and PID.
func (q *completion) polymorphicPrefixes() []Candidate {
	if q.target == nil {
		return nil
	}
	var list []Candidate
	for i := range q.target.Fields {
		prefix, ok := strings.CutSuffix(q.target.Fields[i].Selector, "Type")
		if _, id := q.target.FieldBySelector(prefix + "ID"); ok && id {
			list = append(list, Candidate{
				Name: prefix, Text: prefix, Kind: FieldCandidate,
				Detail: q.target.Ref.Name + "." + prefix + "Type, " + prefix + "ID",
			})
		}
	}
	return list
}

// polymorphicValues lists what the type field may hold for the model.
func (q *completion) polymorphicValues() []Candidate {
	if q.owner == nil {
		return nil
	}
	return []Candidate{
		{Name: q.owner.Table, Text: q.owner.Table, Kind: ValueCandidate, Detail: "table of " + q.owner.Ref.Name},
		{Name: q.owner.Ref.Name, Text: q.owner.Ref.Name, Kind: ValueCandidate, Detail: "name of the model"},
	}
}

// ownColumns lists the columns of the model by their names: the keys first where the
// target holds the foreign key.
func (q *completion) ownColumns() []Candidate {
	if q.targetHolds() {
		return byColumn(q.owner, q.columns(q.owner, primaryFirst))
	}
	return byColumn(q.owner, q.columns(q.owner, q.keyLike))
}

// targetColumns lists the columns of the target likewise.
func (q *completion) targetColumns() []Candidate {
	if q.targetHolds() {
		return byColumn(q.target, q.columns(q.target, q.keyLike))
	}
	return byColumn(q.target, q.columns(q.target, primaryFirst))
}

// targetHolds reports whether the foreign key is on the target, as far as is known.
func (q *completion) targetHolds() bool {
	k := q.kind()
	return k == relation.HasOne || k == relation.HasMany
}

// byColumn are candidates by the names of their columns.
func byColumn(m *relation.Model, list []Candidate) []Candidate {
	for i := range list {
		if f, ok := m.FieldBySelector(list[i].Name); ok {
			list[i].Name, list[i].Text = f.Column, f.Column
		}
	}
	return list
}
