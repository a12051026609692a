package index

import (
	"iter"
	"path/filepath"
	"slices"
	"strings"

	"github.com/rells-dev/rells/index/facts"
	"github.com/rells-dev/rells/index/relation"
)

// How former names are found in a snapshot: which models have what bears one, and
// which mentions may name it.

// formerPlace is where the name of what has a former name stands now; false while it
// is gone.
func (s *Snapshot) formerPlace(former *formerName) (relation.Place, bool) {
	file, ok := s.File(former.file)
	if !ok {
		return relation.Place{}, false
	}
	for i := range file.Facts.Decls {
		d := &file.Facts.Decls[i]
		switch {
		case d.Type.Kind != facts.StructExpr || structName(d) != former.within:
		case former.field == "":
			return relation.Place{File: former.file, Span: d.Name.Span}, true
		default:
			for _, f := range d.Type.Fields {
				if f.Name.Text == former.field && !f.Embedded {
					return relation.Place{File: former.file, Span: f.Name.Span}, true
				}
			}
		}
	}
	return relation.Place{}, false
}

// fieldBehind is the field of a model that bears a former name, nil if it has none: it
// may stand in a struct that the model embeds.
func (s *Snapshot) fieldBehind(ref facts.Ref, former *formerName) *relation.Field {
	n := s.Node(ref)
	place, ok := s.formerPlace(former)
	if n == nil || !ok {
		return nil
	}
	for _, m := range n.Models {
		for i := range m.Fields {
			if m.Fields[i].Place == place {
				return &m.Fields[i]
			}
		}
	}
	return nil
}

// reaches reports whether a path leads a model to the field that bears a former name:
// through embedded structs, which are called as their types are, or through others.
func (s *Snapshot) reaches(ref facts.Ref, path string, former *formerName) bool {
	if path == typeName(former.within) || strings.HasSuffix(path, "."+typeName(former.within)) {
		return true
	}
	return s.fieldBehind(ref, former).Selector == path+"."+former.field
}

// lookedUpOn lists the models of which a name in a tag may be a field, the likeliest
// first.
func (s *Snapshot) lookedUpOn(m *relation.Mention) []facts.Ref {
	own := m.Relation.Model
	target, many := s.leadsTo(m.Relation)
	switch m.Role {
	case relation.OwnKeyRole, relation.OwnColumnRole:
		return []facts.Ref{own}
	case relation.ForeignKeyRole, relation.ReferencesRole:
		if many == (m.Role == relation.ForeignKeyRole) {
			return []facts.Ref{target, own}
		}
		return []facts.Ref{own, target}
	case relation.BackPopulatesRole, relation.TargetKeyRole, relation.TargetColumnRole,
		relation.PolymorphicRole, relation.PolymorphicTypeRole, relation.PolymorphicIDRole:
		return []facts.Ref{target}
	case relation.JoinOwnFieldRole, relation.JoinTargetFieldRole, relation.JoinOwnColumnRole, relation.JoinTargetColumnRole:
		return []facts.Ref{s.joinModel(m.Relation)}
	}
	return nil
}

// joinModel is the model that a relation's own tag names between its sides, whether or
// not the relation could be read.
func (s *Snapshot) joinModel(id relation.FieldID) facts.Ref {
	if n := s.Node(id.Model); n != nil {
		for _, m := range n.Models {
			for i := range m.Mentions {
				if other := &m.Mentions[i]; other.Relation == id && other.Role == relation.JoinModelTableRole {
					return other.Model
				}
			}
		}
	}
	return facts.Ref{}
}

// leadsTo is the struct that the type of a field leads to, relation or not.
func (s *Snapshot) leadsTo(id relation.FieldID) (target facts.Ref, many bool) {
	if n := s.Node(id.Model); n != nil {
		for _, m := range n.Models {
			if f, ok := m.FieldBySelector(id.Field); ok && !f.Target.IsZero() {
				return f.Target, f.Many
			}
		}
	}
	return facts.Ref{}, false
}

// mentionsBeside lists the mentions among which those are that may name what bears a
// former name, ordered by place: those of its package, and of whoever leads to a model
// that has the field. A relation of which nothing can be made leads nowhere.
func (s *Snapshot) mentionsBeside(former *formerName) []relation.Mention {
	return collectMentions(slices.Collect(s.nodesNaming(former)), namesNothing)
}

// namesNothing reports whether nothing is found of what the mention names.
func namesNothing(m *relation.Mention) bool { return m.Field.IsZero() && m.Model.IsZero() }

// nodesNaming yields the nodes whose mentions may name what bears a former name, some
// more than once.
func (s *Snapshot) nodesNaming(former *formerName) iter.Seq[*Node] {
	return func(yield func(*Node) bool) {
		place, ok := s.formerPlace(former)
		if !ok {
			return
		}
		for n := range s.nodesBeside(place.File) {
			if !yield(n) {
				return
			}
		}
		for _, n := range s.NodesIn(place.File) {
			if s.fieldBehind(n.Ref, former) == nil {
				continue
			}
			for _, ref := range s.leadingTo.get(n.Ref) {
				if owner := s.Node(ref); owner != nil && !yield(owner) {
					return
				}
			}
		}
	}
}

// nodesBeside yields the nodes with a place in some file of the same folder.
func (s *Snapshot) nodesBeside(path string) iter.Seq[*Node] {
	return func(yield func(*Node) bool) {
		folder := filepath.Dir(path) + string(filepath.Separator)
		s.files.Ascend(folder, func(other string, _ *File) bool {
			if filepath.Dir(other) == filepath.Dir(path) {
				for _, n := range s.NodesIn(other) {
					if !yield(n) {
						return false
					}
				}
			}
			return strings.HasPrefix(other, folder)
		})
	}
}

// tagged reports whether some tag names something by a former name, or may do so once
// more is renamed: a prefix stands for two fields.
func (s *Snapshot) tagged(former *formerName) bool {
	with := *s
	with.former = []formerName{*former}
	names := func(m relation.Mention) bool {
		switch {
		case !namesNothing(&m):
			return false
		case m.Role == relation.PolymorphicRole:
			return former.was == m.Text+"Type" || former.was == m.Text+"ID"
		}
		_, ok := with.meaning(&m)
		return ok
	}
	// Any one will do, of the many that a common name has: they are neither gathered
	// nor sorted.
	for n := range s.nodesNaming(former) {
		if slices.ContainsFunc(n.Models, func(m *relation.Model) bool { return slices.ContainsFunc(m.Mentions, names) }) {
			return true
		}
	}
	return false
}
