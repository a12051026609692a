package index

import (
	"cmp"
	"slices"

	"github.com/rells-dev/rells/index/facts"
	"github.com/rells-dev/rells/index/relation"
)

// MentionsIn lists the mentions in a file, ordered by place. A mention in a struct
// that several models embed is there once for each thing that it names.
func (s *Snapshot) MentionsIn(path string) []relation.Mention {
	return collectMentions(s.NodesIn(path), func(m *relation.Mention) bool { return m.Place.File == path })
}

// MentionsAt lists the mentions whose text is at the offset or ends there, the
// shortest first.
func (s *Snapshot) MentionsAt(path string, offset int) []relation.Mention {
	found := slices.DeleteFunc(s.MentionsIn(path), func(m relation.Mention) bool {
		return !m.Place.Span.Contains(offset)
	})
	slices.SortStableFunc(found, func(a, b relation.Mention) int {
		return cmp.Compare(a.Place.Span.Len(), b.Place.Span.Len())
	})
	return found
}

// References lists the mentions that name the field, ordered by place.
func (s *Snapshot) References(id relation.FieldID) []relation.Mention {
	return s.mentionsOf(id.Model, func(m *relation.Mention) bool { return m.Field == id })
}

// mentionsOf collects the accepted mentions of a struct and of those that lead to
// it: nobody else can name its fields.
func (s *Snapshot) mentionsOf(ref facts.Ref, accept func(*relation.Mention) bool) []relation.Mention {
	nodes := s.NodesLeadingTo(ref)
	if own := s.Node(ref); own != nil {
		nodes = append(nodes, own)
	}
	return collectMentions(nodes, accept)
}

// TableReferences lists the mentions that name a table, ordered by place.
func (s *Snapshot) TableReferences(table string) []relation.Mention {
	return collectMentions(slices.Collect(s.Nodes()), func(m *relation.Mention) bool {
		return m.Table == table && namesTable(m)
	})
}

// columnReferences lists the mentions that name a column of a join table, ordered by
// place.
func (s *Snapshot) columnReferences(table, column string) []relation.Mention {
	return collectMentions(slices.Collect(s.Nodes()), func(m *relation.Mention) bool {
		return m.Table == table && m.Text == column && namesColumn(m)
	})
}

// namesTable reports whether a mention is the name of a table.
func namesTable(m *relation.Mention) bool { return m.Table != "" && !namesColumn(m) }

// namesColumn reports whether a mention is the name of a column of a join table, which
// is then the table that it has.
func namesColumn(m *relation.Mention) bool {
	return m.Role == relation.JoinForeignKeyRole || m.Role == relation.JoinReferencesRole
}

// collectMentions lists the mentions of the nodes that are accepted, ordered by place.
func collectMentions(nodes []*Node, accept func(*relation.Mention) bool) []relation.Mention {
	var found []*relation.Mention // themselves they are too long to be moved about
	for _, n := range nodes {
		for _, m := range n.Models {
			for i := range m.Mentions {
				if accept(&m.Mentions[i]) {
					found = append(found, &m.Mentions[i])
				}
			}
		}
	}
	slices.SortStableFunc(found, compareMentions)
	found = slices.CompactFunc(found, sameMention)
	mentions := slices.Grow([]relation.Mention(nil), len(found))
	for _, m := range found {
		mentions = append(mentions, *m)
	}
	return mentions
}

func compareMentions(a, b *relation.Mention) int {
	if a.Place != b.Place {
		return cmp.Or(
			cmp.Compare(a.Place.File, b.Place.File),
			cmp.Compare(a.Place.Span.Start, b.Place.Span.Start),
			cmp.Compare(a.Place.Span.End, b.Place.Span.End),
		)
	}
	return cmp.Or(cmp.Compare(a.Role, b.Role), compareFields(a.Field, b.Field), a.Model.Compare(b.Model))
}

// sameMention reports whether two mentions say the same: one that two models or
// two dialects see.
func sameMention(a, b *relation.Mention) bool {
	return a.Place == b.Place && a.Field == b.Field && a.Model == b.Model && a.Table == b.Table
}

// FieldPlace is where the field's name stands, false for a field that no model has.
func (s *Snapshot) FieldPlace(id relation.FieldID) (relation.Place, bool) {
	if n := s.Node(id.Model); n != nil {
		for _, m := range n.Models {
			if f, ok := m.FieldBySelector(id.Field); ok && f.Place.File != "" {
				return f.Place, true
			}
		}
	}
	return relation.Place{}, false
}

// FieldAt finds the model's field whose name is at the offset. Of a field in a
// struct that several models embed, the first model's is given.
func (s *Snapshot) FieldAt(path string, offset int) (*relation.Model, *relation.Field, bool) {
	for _, n := range s.NodesIn(path) {
		for _, m := range n.Models {
			for i := range m.Fields {
				f := &m.Fields[i]
				if f.Place.File == path && f.Place.Span.Contains(offset) {
					return m, f, true
				}
			}
		}
	}
	return nil, nil, false
}

// RelationsAt lists the relations in whose declaration, from the name to the end
// of the tag, or in the calls that declare it, the offset lies: one for each model and dialect that reads the field.
func (s *Snapshot) RelationsAt(path string, offset int) []*relation.Relation {
	file, ok := s.File(path)
	if !ok {
		return nil
	}
	_, field := file.Facts.FieldAt(offset)
	if field == nil {
		return s.declaredAt(path, offset)
	}
	var found []*relation.Relation
	for _, n := range s.NodesIn(path) {
		for r := range n.relations {
			if r.Place.File == path && r.Place.Span == field.Name.Span {
				found = append(found, r)
			}
		}
	}
	return found
}
