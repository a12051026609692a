package index

import (
	"path/filepath"
	"slices"
	"strings"

	"github.com/rells-dev/rells/index/facts"
	"github.com/rells-dev/rells/index/relation"
)

// Renamed is a field or a model that has another name than the one by which tags name
// it. It is known from having watched: a fresh load of the same files knows of none.
type Renamed struct {
	From, To string // "Post.Author" and "Post.Writer"; of a model, "Membership" and "Member"
	File     string // that declares it, absolute
	// Names are what tags would have to say instead, wherever they name it by the old
	// name and may be edited; ordered by place. Nobody may modify them.
	Names []NewName
}

// RenamedOf tells what has been renamed so that a name in a tag names nothing any
// more. It is false for a name that is known, or was never one.
func (s *Snapshot) RenamedOf(m relation.Mention) (Renamed, bool) {
	now, ok := s.meaning(&m)
	if !ok {
		return Renamed{}, false
	}
	return s.renamed(now), true
}

// RenamedTo is RenamedOf without Names, which take a look at whatever may name the same,
// for who only wants to know whether there are any.
func (s *Snapshot) RenamedTo(m relation.Mention) (r Renamed, names, ok bool) {
	now, ok := s.meaning(&m)
	if !ok {
		return Renamed{}, false, false
	}
	return now.renamed(), s.mayReplace(&m) || len(s.renamed(now).Names) > 0, true
}

// RenamedAt lists what the name at an offset was renamed from, by which tags still
// name it: on the name in such a tag, and on the declaration of the field or of the
// model.
func (s *Snapshot) RenamedAt(path string, offset int) []Renamed {
	var found []Renamed
	for _, m := range s.MentionsAt(path, offset) {
		if r, ok := s.RenamedOf(m); ok {
			found = append(found, r)
		}
	}
	file, ok := s.File(path)
	if found != nil || !ok {
		return found
	}
	_, field := file.Facts.FieldAt(offset)
	for i := range s.former {
		former := &s.former[i]
		place, ok := s.formerPlace(former)
		if !ok || place.File != path {
			continue
		}
		if former.field != "" && field != nil && field.Name.Span == place.Span || former.field == "" && place.Span.Contains(offset) {
			found = append(found, s.renamedBy(former)...)
		}
	}
	return found
}

// RenamedIn lists what a file declares that tags still name by a former name.
func (s *Snapshot) RenamedIn(path string) []Renamed {
	var found []Renamed
	for i := range s.former {
		if former := &s.former[i]; former.file == path {
			found = append(found, s.renamedBy(former)...)
		}
	}
	return found
}

// meaning is what a name in a tag stands for now.
type meaning struct {
	former *formerName
	prefix bool   // the name is the prefix of two fields of a polymorphic relation
	from   string // without the struct
	to     string // likewise
	text   string // what the tag would have to say
}

// renamed is what has been renamed, without the names that tags would have to say.
func (m *meaning) renamed() Renamed {
	r := Renamed{From: m.from, To: m.to, File: m.former.file}
	if m.former.field != "" {
		model := typeName(m.former.within) + "."
		r.From, r.To = model+m.from, model+m.to
	}
	return r
}

// renamed gathers everything that means the same, once for all who ask: as many
// problems come of one renaming as there are tags.
func (s *Snapshot) renamed(by meaning) Renamed {
	key := renaming{by.former, by.prefix}
	if known, ok := s.renamings.Load(key); ok {
		return known.(Renamed)
	}
	r := by.renamed()
	replaced := map[relation.Place]struct{}{}
	for _, m := range s.mentionsBeside(by.former) {
		other, ok := s.meaning(&m)
		if !ok || other.former != by.former || other.prefix != by.prefix || !s.mayReplace(&m) {
			continue
		}
		if _, twice := replaced[m.Place]; !twice {
			replaced[m.Place] = struct{}{}
			r.Names = append(r.Names, NewName{Place: m.Place, Text: other.text})
		}
	}
	s.renamings.Store(key, r)
	return r
}

// renaming is a former name as what it stands for: a field, or the prefix of two.
type renaming struct {
	former *formerName
	prefix bool
}

// renamedBy is what tags name by one former name.
func (s *Snapshot) renamedBy(former *formerName) []Renamed {
	var found []Renamed
	for _, m := range s.mentionsBeside(former) {
		if now, ok := s.meaning(&m); ok && now.former == former {
			if r := s.renamed(now); !slices.ContainsFunc(found, func(other Renamed) bool { return other.From == r.From }) {
				found = append(found, r)
			}
		}
	}
	return slices.DeleteFunc(found, func(r Renamed) bool { return len(r.Names) == 0 })
}

// mayReplace reports whether the text of a mention may be edited and stands there as
// it is.
func (s *Snapshot) mayReplace(m *relation.Mention) bool {
	_, err := s.renameAt(m.Place, m.Text, m.Text)
	return err == nil
}

// meaning finds what a name in a tag that names nothing named formerly: of the models
// on which it was looked up, the first that has renamed it, and of that the latest.
func (s *Snapshot) meaning(m *relation.Mention) (meaning, bool) {
	if !m.Field.IsZero() || !m.Model.IsZero() || m.Text == "" || len(s.former) == 0 {
		return meaning{}, false
	}
	if m.Role == relation.JoinModelRole || m.Role == relation.TargetRole {
		return s.modelMeant(m)
	}
	for _, ref := range s.lookedUpOn(m) {
		for i := range slices.Backward(s.former) {
			if now, ok := s.fieldMeant(m, ref, &s.former[i]); ok {
				return now, true
			}
		}
	}
	return meaning{}, false
}

// modelMeant is the model that a name stands for; only within a package, in which it
// needs no other name before it.
func (s *Snapshot) modelMeant(m *relation.Mention) (meaning, bool) {
	for i := range slices.Backward(s.former) {
		former := &s.former[i]
		if former.field == "" && former.was == m.Text && filepath.Dir(former.file) == filepath.Dir(m.Place.File) {
			if _, ok := s.formerPlace(former); ok {
				return meaning{former: former, from: former.was, to: former.is(), text: former.is()}, true
			}
		}
	}
	return meaning{}, false
}

// fieldMeant is the field of a model that a name stands for.
func (s *Snapshot) fieldMeant(m *relation.Mention, ref facts.Ref, former *formerName) (meaning, bool) {
	field := s.fieldBehind(ref, former)
	if field == nil || former.field == "" {
		return meaning{}, false
	}
	now := meaning{former: former, from: former.was, to: former.field}
	if m.Role == relation.PolymorphicRole {
		now.prefix, now.from = true, m.Text
		now.to = s.prefixMeant(m.Text, ref, former)
		now.text = now.to
		return now, now.text != ""
	}
	path, leads := strings.CutSuffix(m.Text, "."+former.was)
	switch {
	case m.Text == former.was:
		now.text = former.field
	case leads && s.reaches(ref, path, former):
		now.text = path + "." + former.field
	case former.column != "" && m.Text == former.column && field.Column != "":
		now.text = field.Column
	}
	return now, now.text != "" && now.text != m.Text
}

// prefixMeant is the new prefix of the two fields of a polymorphic relation, of which
// the former one is that of the key; "" unless both were renamed alike.
func (s *Snapshot) prefixMeant(prefix string, ref facts.Ref, key *formerName) (to string) {
	to, ok := strings.CutSuffix(key.field, "ID")
	if !ok || to == "" || key.was != prefix+"ID" {
		return ""
	}
	for i := range s.former {
		other := &s.former[i]
		if other.was == prefix+"Type" && other.field == to+"Type" && s.fieldBehind(ref, other) != nil {
			return to
		}
	}
	return ""
}
