package index

import (
	"cmp"
	"slices"

	"github.com/rells-dev/rells/index/relation"
)

// findDeclared looks up the relation in whose calls the cursor is.
func (q *completion) findDeclared(dialect string) {
	id := q.Mention.Relation
	n := q.snapshot.Node(id.Model)
	if n == nil {
		return
	}
	q.owner = n.Model(dialect)
	if f, ok := q.owner.FieldBySelector(id.Field); ok {
		q.field = f
		q.relation = q.snapshot.Relation(id, dialect)
		q.target = q.snapshot.Node(f.Target).Model(dialect)
	}
}

// inText lists what a text of code can name.
func (q *completion) inText() []Candidate {
	switch q.Role {
	case relation.BackPopulatesRole:
		return q.openSides()
	case relation.ForeignKeyRole:
		if q.field != nil {
			return q.foreignKeys()
		}
	case relation.RelationRole:
		return q.keyHolders()
	case relation.TargetRole:
		return q.targets()
	case relation.KeyPathRole:
		return q.evaluated(q.behindModels(q.foreignKeys()))
	case relation.ReferencePathRole:
		return q.evaluated(q.behindModels(q.references()))
	case relation.ExpressionRole:
		return q.evaluated(q.behindModels(append(q.columns(q.target, primaryFirst), q.columns(q.owner, primaryFirst)...)))
	case relation.MadeRole, relation.NameRole:
		return q.newNames()
	case relation.OwnColumnRole:
		return byColumn(q.owner, q.columns(q.owner, func(f *relation.Field) int { return 1 - primaryFirst(f) }))
	case relation.TargetTableRole:
		return q.tables()
	case relation.TargetColumnRole:
		return q.columnsOfTable()
	case relation.ColumnPathRole:
		return q.columnPaths()
	case relation.JoinTableRole:
		return q.associations()
	}
	return nil
}

// openSides lists the relations of the target that lead back and have no other
// inverse.
func (q *completion) openSides() []Candidate {
	if q.target == nil {
		return nil
	}
	var list []Candidate
	for i := range q.target.Relations {
		r := &q.target.Relations[i]
		inverse := q.snapshot.Pair(r).Inverse
		if r.Target == q.owner.Ref && r.ID != q.Mention.Relation && (inverse.IsZero() || inverse == q.Mention.Relation) {
			list = append(list, relationCandidate(r))
		}
	}
	return list
}

// keyHolders lists the relations of the model that hold a key, by name.
func (q *completion) keyHolders() []Candidate {
	if q.owner == nil {
		return nil
	}
	var list []Candidate
	for i := range q.owner.Relations {
		if r := &q.owner.Relations[i]; r.Kind == relation.BelongsTo {
			list = append(list, relationCandidate(r))
		}
	}
	slices.SortFunc(list, func(a, b Candidate) int { return cmp.Compare(a.Name, b.Name) })
	return list
}

func relationCandidate(r *relation.Relation) Candidate {
	return Candidate{Name: r.ID.Field, Text: r.ID.Field, Kind: RelationCandidate, Detail: r.Kind.String() + " " + r.Target.Name}
}

// newNames lists what the side may be called that a relation makes on its target: after
// the model that has the relation.
func (q *completion) newNames() []Candidate {
	if q.owner == nil {
		return nil
	}
	from, to, many := q.owner.Ref.Name, "the target", q.kind() == relation.BelongsTo || q.kind() == relation.ManyToMany
	switch made := q.relation; {
	case q.Role == relation.MadeRole:
		if q.target != nil {
			to = q.target.Ref.Name
		}
	case made == nil || !made.Made:
		return nil
	default:
		from, to, many = made.Target.Name, made.ID.Model.Name, made.Kind == relation.HasMany || made.Kind == relation.ManyToMany
	}
	names := []string{words(from), words(from) + "s"}
	if many {
		slices.Reverse(names)
	}
	var list []Candidate
	for _, name := range names {
		list = append(list, Candidate{Name: name, Text: name, Kind: RelationCandidate, Detail: "new relation of " + to})
	}
	return list
}
