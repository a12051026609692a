package index

import (
	"cmp"
	"slices"
	"strings"

	"github.com/rells-dev/rells/index/facts"
	"github.com/rells-dev/rells/index/relation"
)

// Relations may be declared by calls in code: edge.From("owner", User.Type). The
// language's own server knows the identifiers of such code, but not what its texts
// name. Those are what is answered about here.

// TextsAt lists the mentions at an offset that stand in a text in code, the
// shortest first.
func (s *Snapshot) TextsAt(path string, offset int) []relation.Mention {
	file, ok := s.File(path)
	if !ok {
		return nil
	}
	if _, inTag := s.TagCursor(path, offset); inTag {
		return nil
	}
	return slices.DeleteFunc(s.MentionsAt(path, offset), func(m relation.Mention) bool {
		return !m.Part && !file.quotes(m.Place.Span)
	})
}

// quotes reports whether a quote stands in front of a stretch.
func (f *File) quotes(span facts.Span) bool {
	if span.Start < 1 || int(span.Start) > len(f.Source) {
		return false
	}
	quote := f.Source[span.Start-1]
	return quote == '"' || quote == '`' || quote == '\''
}

// CursorAt is TagCursor, or the cursor inside of a text in code that names something.
func (s *Snapshot) CursorAt(path string, offset int) (*Cursor, bool) {
	if c, ok := s.TagCursor(path, offset); ok {
		return c, true
	}
	texts := s.TextsAt(path, offset)
	if len(texts) == 0 {
		return nil, false
	}
	m := &texts[0]
	for i := range texts {
		if saysMore(&texts[i]) {
			m = &texts[i] // what may stand in it depends on all of it
		}
	}
	c := &Cursor{Path: path, Offset: offset, Role: m.Role, Mention: m}
	if n := s.Node(m.Relation.Model); n != nil {
		c.Dialect = s.Dialect(n.Models[0].Dialect)
	}
	file, _ := s.File(path)
	if !saysMore(m) {
		if m.Place.Span.Len() != len(m.Text) {
			return nil, false // escapes
		}
		c.Word = file.nameAround(m.Place.Span, offset, false)
		return c, true
	}
	if !m.Part && !file.inLiteral(m.Place.Span, offset) {
		return nil, false
	}
	c.Word = file.nameAround(facts.Span{End: int32(len(file.Source))}, offset, true)
	c.readPath()
	return c, true
}

// saysMore reports whether a mention is of a text that is read as an expression, or as the
// path of something.
func saysMore(m *relation.Mention) bool {
	switch m.Role {
	case relation.KeyPathRole, relation.ReferencePathRole, relation.ExpressionRole, relation.TargetRole:
		return true
	}
	return false
}

// readPath tells the name at the cursor, which becomes the word, from what stands before
// and behind it in a path.
func (c *Cursor) readPath() {
	whole, at := c.Word, c.Offset-int(c.Word.Span.Start)
	start := strings.LastIndexByte(whole.Text[:at], '.') + 1
	end := len(whole.Text)
	if behind := strings.IndexByte(whole.Text[at:], '.'); behind >= 0 {
		end = at + behind
	}
	c.Word = whole.Sub(start, end)
	c.Before, c.Behind = strings.TrimSuffix(whole.Text[:start], "."), strings.TrimPrefix(whole.Text[end:], ".")
}

// endsName are the bytes that stand in no name of a text.
const endsName = " \t\r\n\"'`()[]{},;:=<>!&|+*/\\"

// nameAround is the name, or the path of names, at an offset of a stretch: a half-typed
// text may have swallowed what stands behind it.
func (f *File) nameAround(within facts.Span, offset int, path bool) facts.Slot {
	ends := func(c byte) bool { return strings.IndexByte(endsName, c) >= 0 || c == '.' && !path }
	start, end := offset, offset
	for start > int(within.Start) && !ends(f.Source[start-1]) {
		start--
	}
	for end < int(within.End) && !ends(f.Source[end]) {
		end++
	}
	return facts.Slot{Text: string(f.Source[start:end]), Span: facts.Span{Start: int32(start), End: int32(end)}}
}

// inLiteral reports whether an offset of a text stands in one of the literals that make it,
// and not between them.
func (f *File) inLiteral(text facts.Span, offset int) bool {
	quote := f.Source[text.Start-1]
	for at := int(text.Start); at < offset; at++ {
		switch c := f.Source[at]; {
		case quote == 0 && (c == '"' || c == '\''):
			quote = c
		case quote == 0:
		case c == '\\':
			at++
		case c == quote:
			quote = 0
		}
	}
	return quote != 0
}

// Names reports whether what stands at an offset, in a tag or in a text of code, names
// something that is declared elsewhere.
func (s *Snapshot) Names(path string, offset int) bool {
	if _, inTag := s.TagCursor(path, offset); inTag {
		return true
	}
	texts := s.TextsAt(path, offset)
	return len(texts) > 0 && texts[0].Role != relation.NameRole
}

// textDestinations lists where the name in a text of code leads: the name of a
// relation to its inverse, every other to what it names.
func (s *Snapshot) textDestinations(path string, offset int) (origin facts.Span, to []Destination) {
	texts := s.TextsAt(path, offset)
	if len(texts) == 0 {
		return facts.Span{}, nil
	}
	if texts[0].Role != relation.NameRole {
		return s.namedAt(path, offset)
	}
	for _, m := range texts {
		if r := s.Relation(m.Field, ""); r != nil {
			if inverse := s.Inverse(r); inverse != nil {
				to = append(to, s.destination(inverse.Place))
			}
		}
	}
	return texts[0].Place.Span, to
}

// declaredAt lists the relations whose declaration by calls holds the offset: of
// declarations within each other the innermost, and of a chain that declares several,
// the one whose name is at the offset, if it is one's.
func (s *Snapshot) declaredAt(path string, offset int) []*relation.Relation {
	var found, named []*relation.Relation
	for _, n := range s.NodesIn(path) {
		for r := range n.relations {
			if r.Whole.File != path || !r.Whole.Span.Contains(offset) {
				continue
			}
			found = append(found, r)
			if r.Place.Span.Contains(offset) {
				named = append(named, r)
			}
		}
	}
	if named != nil {
		return named
	}
	slices.SortStableFunc(found, func(a, b *relation.Relation) int {
		return cmp.Compare(a.Whole.Span.Len(), b.Whole.Span.Len())
	})
	for i, r := range found {
		if r.Whole != found[0].Whole {
			return found[:i]
		}
	}
	return found
}
