package index_test

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/rells-dev/rells/index"
	"github.com/rells-dev/rells/index/dialect/all"
	"github.com/rells-dev/rells/index/facts"
	"github.com/rells-dev/rells/index/relation"
)

// typing is a snapshot of one document that nobody has saved, with the given tag,
// quotes included, on the field Books.
func typing(t testing.TB, tag string) (s *index.Snapshot, path string, start int) {
	t.Helper()
	before := "package models\n\ntype Author struct {\n\tID    int64\n\tBooks []Book "
	after := "\n}\n\ntype Book struct {\n\tID       int64\n\tAuthorID int64\n\tAuthor   *Author `rel:\"belongs-to\"`\n}\n"
	x := index.New(index.Options{Dialects: all.Dialects})
	path = filepath.Join(t.TempDir(), "models.go")
	return x.Update(index.Change{Path: path, Text: []byte(before + tag + after), Version: 1}), path, len(before)
}

func TestTagCursor(t *testing.T) {
	tests := []struct {
		tag   string // the cursor is at the bar
		role  relation.Role
		word  string
		typed string
	}{
		{"`|`", relation.TagKeyRole, "", ""},
		{"`re|l:\"\"`", relation.TagKeyRole, "rel", "re"},
		{"`rel|`", relation.TagKeyRole, "rel", "rel"},
		{"`json:\"a\" |`", relation.TagKeyRole, "", ""},
		{"`json:\"a\"|`", relation.TagKeyRole, "", ""},
		{"`json:\"a|\"`", relation.NoRole, "", ""},
		{"`rel:|\"\"`", relation.NoRole, "", ""},
		{"`rel:\"|\"`", relation.OptionRole, "", ""},
		{"`rel:|`", relation.OptionRole, "", ""},
		{"`rel:bac|`", relation.OptionRole, "bac", "bac"},
		{"`rel:\"has-ma|ny,one-way\"`", relation.OptionRole, "has-many", "has-ma"},
		{"`rel:\"has-many,|one-way\"`", relation.OptionRole, "one-way", ""},
		{"`rel:\"has-many, |\"`", relation.OptionRole, "", ""},
		{"`rel:\"back_populates:|\"`", relation.BackPopulatesRole, "", ""},
		{"`rel:\"back_populates:Au|thor\"`", relation.BackPopulatesRole, "Author", "Au"},
		{"`rel:\"back_populates:Au|", relation.BackPopulatesRole, "Au", "Au"},
		{"`rel:\"foreign_key:A+B|+C\"`", relation.ForeignKeyRole, "B", "B"},
		{"`rel:\"nothing:A|\"`", relation.NoRole, "", ""},
		{"`gorm:\"foreignKey:A, B|C;references:X\"`", relation.ForeignKeyRole, "BC", "B"},
		{"`gorm:\"foreignKey:A;|\"`", relation.OptionRole, "", ""},
		{"`gorm:\"not nu|\"`", relation.OptionRole, "not nu", "not nu"},
		{"`gorm:\"constraint:OnUpdate:CASCADE,OnDel|\"`", relation.ValueRole, "OnDel", "OnDel"},
		{"\"rel:\\\"back_populates:Au|thor\\\"\"", relation.BackPopulatesRole, "Author", "Au"},
	}
	for _, test := range tests {
		before, after, _ := strings.Cut(test.tag, "|")
		s, path, start := typing(t, before+after)
		c, ok := s.TagCursor(path, start+len(before))
		if !ok {
			t.Errorf("%s: not in a tag", test.tag)
			continue
		}
		if c.Role != test.role || c.Word.Text != test.word || c.Typed() != test.typed {
			t.Errorf("%s: role %d, word %q, typed %q; want %d, %q, %q",
				test.tag, c.Role, c.Word.Text, c.Typed(), test.role, test.word, test.typed)
		}
	}
}

func TestNoTagCursor(t *testing.T) {
	s, path, start := typing(t, "`rel:\"has-many\"`")
	for _, offset := range []int{0, start - 1, start, start + len("`rel:\"has-many\"`"), 1 << 20} {
		if c, ok := s.TagCursor(path, offset); ok {
			t.Errorf("offset %d is in a tag: role %d", offset, c.Role)
		}
	}
	if _, ok := s.TagCursor(path+"x", start+2); ok {
		t.Error("a file that is not there has a tag")
	}
}

// FuzzTagCursor asserts, for every offset of any tag, that the word at the cursor
// holds the cursor and lies in the tag, that its text is what stands there, and
// that every candidate can take its place: it has a name, and its text holds it.
func FuzzTagCursor(f *testing.F) {
	for _, tag := range []string{
		"`rel:\"has-many,back_populates:Author\" gorm:\"foreignKey:A,B;references:C\"`",
		"`rel:\"back_populates:", "\"gorm:\\\"many2many:\\u00e9\\\"\"", "`gorm:\"a\\;b;;:;\"`", "\"gorm:a\\;b", "`rel:`", "``",
	} {
		f.Add(tag)
	}
	f.Fuzz(func(t *testing.T, tag string) {
		s, path, start := typing(t, tag)
		file, ok := s.File(path)
		if !ok {
			t.Fatal("the document is not there")
		}
		for offset := start; offset <= start+len(tag); offset++ {
			c, ok := s.TagCursor(path, offset)
			if !ok {
				continue
			}
			check(t, file, c)
			for _, candidate := range s.Candidates(c) {
				if candidate.Name == "" || !strings.Contains(candidate.Text, candidate.Name) {
					t.Fatalf("%q at %d: candidate %+v", tag, offset-start, candidate)
				}
			}
		}
	})
}

func check(t *testing.T, file *index.File, c *index.Cursor) {
	t.Helper()
	word, literal := c.Word.Span, c.Field.Literal.Span
	if !word.Contains(c.Offset) && !insideEscape(c) || word.Start < literal.Start || word.End > literal.End {
		t.Fatalf("cursor %d, word %v, literal %v in %q", c.Offset, word, literal, file.Source)
	}
	if c.Word.Offsets == nil && string(file.Source[word.Start:word.End]) != c.Word.Text {
		t.Fatalf("the word is %q, the source %q", c.Word.Text, file.Source[word.Start:word.End])
	}
	if typed := c.Typed(); !strings.HasPrefix(c.Word.Text, typed) {
		t.Fatalf("typed is %q of %q", typed, c.Word.Text)
	}
}

// insideEscape reports whether the cursor is inside of an escape, be it one of the
// literal, of the tag's value or of an option: no word begins or ends there.
func insideEscape(c *index.Cursor) bool {
	slots := []facts.Slot{c.Field.Literal}
	if c.Tag != nil {
		slots = append(slots, c.Tag.Value)
	}
	if c.Item != nil {
		slots = append(slots, c.Item.Name, c.Item.Value)
	}
	return slices.ContainsFunc(slots, func(s facts.Slot) bool {
		return s.Offsets != nil && s.Span.Contains(c.Offset) && !slices.Contains(s.Offsets, int32(c.Offset))
	})
}
