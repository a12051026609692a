package index

import (
	"cmp"
	"slices"

	"github.com/rells-dev/rells/index/facts"
	"github.com/rells-dev/rells/index/relation"
)

// Destination is a declaration to which a name leads.
type Destination struct {
	Name  relation.Place // the declared name
	Whole relation.Place // the declaration around it
}

// Destinations lists where the name at an offset inside a tag, or a text of code, leads: a field's
// name to the field, a model's or a kind to the model, a join table's to the
// other side or to the join model, the tag's own key to the inverse. origin is
// the name. Outside of tags nothing leads anywhere: that is the business of the
// language's own server.
func (s *Snapshot) Destinations(path string, offset int) (origin facts.Span, to []Destination) {
	c, ok := s.TagCursor(path, offset)
	if !ok {
		origin, to = s.textDestinations(path, offset)
		return origin, distinct(to)
	}
	if c.Tag == nil || c.Dialect == nil {
		return facts.Span{}, nil
	}
	switch {
	case c.Role == relation.TagKeyRole:
		origin = c.Tag.Key.Span
		for _, r := range s.RelationsAt(path, offset) {
			if inverse := s.Inverse(r); inverse != nil {
				to = append(to, s.destination(inverse.Place))
			}
		}
	case c.Role == relation.OptionRole && relation.ParseKind(c.Word.Text) != relation.NoKind:
		origin = c.Word.Span
		for _, r := range s.RelationsAt(path, offset) {
			to = s.appendModel(to, r.Target)
		}
	default:
		origin, to = s.namedAt(path, offset)
	}
	return origin, distinct(to)
}

// namedAt is what the shortest mention at the offset names.
func (s *Snapshot) namedAt(path string, offset int) (origin facts.Span, to []Destination) {
	mentions := s.MentionsAt(path, offset)
	if len(mentions) == 0 {
		return facts.Span{}, nil
	}
	origin = mentions[0].Place.Span
	for _, m := range mentions {
		if m.Place.Span != origin {
			break
		}
		to = s.appendField(to, m.Field)
		if r := s.Relation(m.Relation, ""); m.Role == relation.PolymorphicRole && r != nil && r.Polymorphic != nil {
			to = s.appendField(s.appendField(to, r.Polymorphic.Type), r.Polymorphic.ID)
		}
		to = s.appendModel(to, m.Model)
		if m.Table != "" && m.Model.IsZero() {
			to = append(to, s.tableDestinations(m)...)
		}
	}
	return origin, to
}

// tableDestinations lists where else a table is named: where it is declared, else by
// the inverse, else by anybody.
func (s *Snapshot) tableDestinations(m relation.Mention) []Destination {
	var declared, inverse, others []Destination
	for _, other := range s.TableReferences(m.Table) {
		if other.Place == m.Place {
			continue
		}
		if other.Role == relation.TableRole {
			declared = append(declared, s.destination(other.Place))
		}
		others = append(others, s.destination(other.Place))
		if r := s.Relation(m.Relation, ""); r != nil {
			if back := s.Inverse(r); back != nil && back.ID == other.Relation {
				inverse = append(inverse, s.destination(other.Place))
			}
		}
	}
	if declared == nil && m.Role == relation.TargetTableRole {
		declared = s.modelsOfTable(m.Table) // which is called after its model
	}
	switch {
	case declared != nil && m.Role != relation.TableRole:
		return declared
	case inverse != nil:
		return inverse
	}
	return others
}

// modelsOfTable lists the models whose table has a name.
func (s *Snapshot) modelsOfTable(name string) []Destination {
	var to []Destination
	for n := range s.Nodes() {
		for _, m := range n.Models {
			if m.Table == name && m.Place.File != "" {
				to = append(to, s.destination(m.Place))
			}
		}
	}
	return to
}

func (s *Snapshot) appendField(to []Destination, id relation.FieldID) []Destination {
	if place, ok := s.FieldPlace(id); ok {
		to = append(to, s.destination(place))
	}
	return to
}

func (s *Snapshot) appendModel(to []Destination, ref facts.Ref) []Destination {
	if m := s.Node(ref).Model(""); m != nil && m.Place.File != "" {
		to = append(to, s.destination(m.Place))
	}
	return to
}

// destination finds the declaration around a name.
func (s *Snapshot) destination(name relation.Place) Destination {
	d := Destination{Name: name, Whole: name}
	file, ok := s.File(name.File)
	if !ok || file.Facts == nil {
		return d
	}
	decl, field := file.Facts.FieldAt(int(name.Span.Start))
	if declared := s.declaredAt(name.File, int(name.Span.Start)); len(declared) > 0 && field == nil {
		d.Whole = declared[0].Whole
	} else if field != nil {
		d.Whole.Span = field.Span
	} else if decl != nil {
		d.Whole.Span = decl.Span
	}
	return d
}

func distinct(to []Destination) []Destination {
	slices.SortFunc(to, func(a, b Destination) int { return comparePlaces(a.Name, b.Name) })
	return slices.CompactFunc(to, func(a, b Destination) bool { return a.Name == b.Name })
}

func comparePlaces(a, b relation.Place) int {
	return cmp.Or(
		cmp.Compare(a.File, b.File),
		cmp.Compare(a.Span.Start, b.Span.Start),
		cmp.Compare(a.Span.End, b.Span.End),
	)
}

// Occurrences lists, ordered by place, where the thing at an offset is named: a
// field by the tags that name it, whether the offset is on one of them or on the
// field's own name; a model or a join table likewise. With declarations, the
// field's or model's own name is listed too.
func (s *Snapshot) Occurrences(path string, offset int, declarations bool) []relation.Place {
	var places []relation.Place
	note := func(mentions []relation.Mention) {
		for _, m := range mentions {
			if m.Role != relation.NameRole {
				places = append(places, m.Place)
			}
		}
	}
	for _, id := range s.fieldsMeant(path, offset) {
		note(s.References(id))
		if place, ok := s.FieldPlace(id); ok && declarations {
			places = append(places, place)
		}
	}
	for _, m := range s.MentionsAt(path, offset) {
		switch {
		case namesTable(&m):
			note(s.TableReferences(m.Table))
		case namesColumn(&m) && m.Table != "":
			note(s.columnReferences(m.Table, m.Text))
		}
		if !m.Model.IsZero() {
			note(s.modelReferences(m.Model))
			if model := s.Node(m.Model).Model(""); model != nil && declarations {
				places = append(places, model.Place)
			}
		}
	}
	for _, n := range s.NodesIn(path) {
		if declared := n.Models[0].Place; declared.File == path && declared.Span.Contains(offset) {
			note(s.modelReferences(n.Ref))
		}
	}
	slices.SortFunc(places, comparePlaces)
	return slices.Compact(places)
}

// modelReferences lists the mentions that name a model.
func (s *Snapshot) modelReferences(ref facts.Ref) []relation.Mention {
	return s.mentionsOf(ref, func(m *relation.Mention) bool { return m.Model == ref })
}

// fieldsMeant lists the fields that the name at an offset names, or declares: a
// field that is declared in an embedded struct is one of every model that embeds
// it.
func (s *Snapshot) fieldsMeant(path string, offset int) []relation.FieldID {
	var ids []relation.FieldID
	for _, m := range s.MentionsAt(path, offset) {
		if !m.Field.IsZero() {
			ids = append(ids, m.Field)
		}
	}
	if ids != nil {
		return ids
	}
	return s.fieldsDeclared(path, offset)
}

// fieldsDeclared lists the fields whose name at an offset declares them.
func (s *Snapshot) fieldsDeclared(path string, offset int) []relation.FieldID {
	var ids []relation.FieldID
	for _, n := range s.NodesIn(path) {
		for _, m := range n.Models {
			for i := range m.Fields {
				if f := &m.Fields[i]; f.Place.File == path && f.Place.Span.Contains(offset) {
					ids = append(ids, relation.FieldID{Model: n.Ref, Field: f.Selector})
				}
			}
		}
	}
	slices.SortFunc(ids, compareFields)
	return slices.Compact(ids)
}
