package diagnostics

import (
	"cmp"
	"slices"
	"strings"

	"github.com/rells-dev/rells/index"
	"github.com/rells-dev/rells/index/dialect"
	"github.com/rells-dev/rells/index/facts"
	"github.com/rells-dev/rells/index/relation"
)

// Fixes for relations without a foreign key.

// fixForeignKey offers the keys of the relations that could be the inverse of one
// that lacks a foreign key, and to add one, on the side on which it was most likely
// meant to be. Of what the native tag calls a many-to-many the join table is missing.
func fixForeignKey(p *Pass, problem Problem) []Fix {
	for _, m := range p.Node.Models {
		for i := range m.Mistakes {
			mistake := &m.Mistakes[i]
			if mistake.Kind == relation.ForeignKeyMissing && mistake.Field.Field == problem.Field && mistake.Wanted != relation.NoKind {
				if x := p.side(problem.Field); x != nil && x.stated != nil && x.stated.Kind == relation.ManyToMany {
					return p.addJoinTable(m, x)
				}
				shared := p.shareForeignKey(m, mistake)
				if x := p.side(problem.Field); len(shared) > 0 && x != nil && x.names() != nil {
					return shared // a key of its own would part it from the inverse that it names
				}
				added := p.addForeignKey(m, mistake, "")
				for i := range added {
					added[i].Preferred = len(shared) == 0
				}
				return append(shared, added...)
			}
		}
	}
	return nil
}

// fixForeignKeyUnknown offers the key that was most likely meant or, where none is
// near, to add the one that is named.
func fixForeignKeyUnknown(p *Pass, problem Problem) []Fix {
	if fixes := changeToNearest(p, problem); len(fixes) > 0 {
		return fixes
	}
	for _, m := range p.Node.Models {
		for i := range m.Mistakes {
			mistake := &m.Mistakes[i]
			if mistake.Kind != relation.ForeignKeyUnknown || mistake.Field.Field != problem.Field || mistake.Place != problem.Place {
				continue
			}
			if x := p.side(problem.Field); x != nil && (x.shared() || x.stated != nil && x.stated.Kind == relation.ManyToMany) {
				return nil
			}
			fixes := p.addForeignKey(m, mistake, mistake.Name)
			for i := range fixes {
				fixes[i].Preferred = false // a key that is there may have been meant
			}
			return fixes
		}
	}
	return nil
}

// fixForeignKeyUnseen offers to add the field that holds the column.
func fixForeignKeyUnseen(p *Pass, problem Problem) []Fix {
	for _, m := range p.Node.Models {
		for i := range m.Mistakes {
			if mistake := &m.Mistakes[i]; mistake.Kind == relation.ForeignKeyUnseen && mistake.Field.Field == problem.Field {
				return p.addForeignKey(m, mistake, "")
			}
		}
	}
	return nil
}

// meant is what a side without a foreign key was most likely meant to be, nil for
// one that lacks something else. It has no keys.
func (p *Pass) meant(x *side) *relation.Relation {
	for _, m := range p.Node.Models {
		for i := range m.Mistakes {
			if mistake := &m.Mistakes[i]; mistake.Kind == relation.ForeignKeyMissing && mistake.Field == x.id {
				r := meantBy(m, mistake)
				if r != nil && x.stated != nil {
					r.Stated = x.stated
					r.Kind = cmp.Or(x.stated.Kind, r.Kind)
				}
				return r
			}
		}
	}
	return nil
}

// meantBy is what the field of a mistake was most likely meant to be, nil where that
// is not known.
func meantBy(m *relation.Model, mistake *relation.Mistake) *relation.Relation {
	field, ok := m.FieldBySelector(mistake.Field.Field)
	if !ok || mistake.Wanted == relation.NoKind {
		return nil
	}
	return &relation.Relation{ID: mistake.Field, Dialect: m.Dialect, Kind: mistake.Wanted, Target: field.Target, Place: field.Place}
}

// addForeignKey offers to add the foreign key that a relation lacks; where a name is
// given, only if the key, or one of its fields, is found by that.
func (p *Pass) addForeignKey(m *relation.Model, mistake *relation.Mistake, name string) []Fix {
	meant := meantBy(m, mistake)
	if meant == nil {
		return nil
	}
	return p.addKeys(meant, name)
}

// addKeys offers to add the foreign keys that a relation lacks, if one of them is
// spelt like the name, or this is "".
func (p *Pass) addKeys(meant *relation.Relation, name string) []Fix {
	proposal := p.snapshot.Propose(meant)
	if proposal == nil {
		return nil
	}
	model, keys := meant.ID.Model, proposal.Own
	if meant.Kind != relation.BelongsTo {
		model = meant.Target
		keys = slices.DeleteFunc(slices.Clone(proposal.Fields), func(f dialect.NewField) bool { return f.Type.Ref == meant.ID.Model })
	}
	at := slices.IndexFunc(keys, func(f dialect.NewField) bool { return name == "" || spelled(f.Name) == spelled(name) })
	if at < 0 {
		return nil
	}
	return written(p.snapshot, index.Rewrite{{Model: model, Fields: keys}}, "Add "+model.Name+"."+keys[at].Name)
}

// spelled is a name without what sets a field and its column apart: authorid for
// AuthorID and author_id.
func spelled(name string) string { return strings.ToLower(strings.ReplaceAll(name, "_", "")) }

// shareForeignKey offers to name the foreign key of each relation that could be the
// inverse: of the one that back_populates names, else of those without an inverse.
func (p *Pass) shareForeignKey(m *relation.Model, mistake *relation.Mistake) []Fix {
	d := p.snapshot.Dialect(m.Dialect)
	field, ok := m.FieldBySelector(mistake.Field.Field)
	if !ok || d == nil || d.Native || p.saysKeys(d, field.Place) {
		return nil // the native tag takes the key of the inverse by itself
	}
	x := &side{id: mistake.Field, place: field.Place, target: field.Target}
	if own := p.side(mistake.Field.Field); own != nil {
		x = own
	}
	if x.shared() || p.declaredElsewhere(x) {
		return nil
	}
	var fixes []Fix
	for _, y := range p.sides(p.other(field.Target)) {
		if y.relation == nil || y.relation.Dialect != m.Dialect || !p.lacksSide(&y, x) || field.Many && y.kind != relation.BelongsTo {
			continue
		}
		names, ok := p.keysToShare(m, y.relation)
		if !ok {
			continue
		}
		option, ok := foreignKeyOption(d, names)
		if !ok {
			fixes = append(fixes, p.joinAlike(m, mistake, y.relation)...)
			continue
		}
		rewrite := index.Rewrite{{Model: x.id.Model, Options: []index.NewOption{{Field: x.id.Field, Dialect: d.Name, Option: option}}}}
		fixes = append(fixes, written(p.snapshot, rewrite, "Add "+option+" to "+x.id.Short())...)
	}
	for i := range fixes {
		fixes[i].Preferred = len(fixes) == 1
	}
	return fixes
}

// joinAlike offers to join a relation that lacks a foreign key by that of another one,
// in a dialect whose tags name columns of both sides.
func (p *Pass) joinAlike(m *relation.Model, mistake *relation.Mistake, r *relation.Relation) []Fix {
	meant := meantBy(m, mistake)
	if meant == nil {
		return nil
	}
	value, ok := p.snapshot.Align(r, meant)
	if !ok {
		return nil
	}
	tag := index.NewTag{Field: meant.ID.Field, Dialect: m.Dialect, Value: value}
	rewrite := index.Rewrite{{Model: meant.ID.Model, Tags: []index.NewTag{tag}}}
	return written(p.snapshot, rewrite, "Join "+meant.ID.Short()+" as "+r.ID.Short()+" is")
}

// saysKeys reports whether the tag of a field names keys, or is about to.
func (p *Pass) saysKeys(d *dialect.Dialect, place relation.Place) bool {
	file, ok := p.snapshot.File(place.File)
	if !ok {
		return true
	}
	_, field := file.Facts.FieldAt(int(place.Span.Start))
	if field == nil {
		return true
	}
	return slices.ContainsFunc(field.Tags, func(tag facts.Tag) bool {
		return tag.Visible && slices.Contains(d.Keys, tag.Key.Text) && slices.ContainsFunc(d.Items(&tag), func(i dialect.Item) bool {
			return i.Option != nil && (i.Option.Role == relation.ForeignKeyRole || i.Option.Role == relation.ReferencesRole)
		})
	})
}

// lacksSide reports whether y, which leads back to the model of x, may be waiting
// for x to be its inverse.
func (p *Pass) lacksSide(y, x *side) bool {
	switch {
	case y.id == x.id || y.target != x.id.Model || y.polymorphic() || y.shared() || y.kind == relation.ManyToMany:
		return false
	case x.names() != nil && !y.named(x.names().Text), y.names() != nil && !y.namesBack(x):
		return false
	}
	inverse := p.snapshot.Pair(y.relation).Inverse
	return inverse.IsZero() || inverse == x.id
}

// keysToShare are the names of a relation's foreign key, false where a field of m
// that names no more than these would not be joined the same way.
func (p *Pass) keysToShare(m *relation.Model, r *relation.Relation) (names []string, ok bool) {
	for _, k := range r.Keys {
		primary, found := p.other(k.References.Model).Model(m.Dialect).FieldBySelector(k.References.Field)
		if !found || !primary.Primary || strings.Contains(k.ForeignKey.Field, ".") {
			return nil, false
		}
		other := p.other(r.Target)
		if k.ForeignKey.Model == r.Target {
			other = p.other(r.ID.Model)
		}
		if _, twice := other.Model(m.Dialect).FieldBySelector(k.ForeignKey.Field); twice && r.ID.Model != r.Target {
			return nil, false // the ORM may take the key of the wrong side
		}
		names = append(names, k.ForeignKey.Field)
	}
	return names, len(names) > 0
}

// foreignKeyOption is the option of a dialect that names a foreign key, false where
// it has none.
func foreignKeyOption(d *dialect.Dialect, names []string) (string, bool) {
	at := slices.IndexFunc(d.Options, func(o dialect.Option) bool {
		return o.Role == relation.ForeignKeyRole && o.Deprecated == ""
	})
	if at < 0 {
		return "", false
	}
	return d.Options[at].Name + ":" + strings.Join(names, d.Options[at].List), true
}
