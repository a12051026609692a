package index

import (
	"slices"
	"strings"

	"github.com/rells-dev/rells/index/dialect"
	"github.com/rells-dev/rells/index/facts"
	"github.com/rells-dev/rells/index/relation"
)

// Cursor is an offset inside the tag of a field, or inside a text of code, and what it
// stands in, whether typed, half typed or not begun.
type Cursor struct {
	Path   string       // absolute
	Offset int          // byte offset in the file
	Field  *facts.Field // nil outside of tags
	// Role is what the text at the cursor stands for: TagKeyRole, OptionRole, or
	// that of the option's value. NoRole in a tag that nobody owns, or in a value
	// that stands for nothing.
	Role relation.Role
	// Word is the text at the cursor: the name, as far as it has been typed, on
	// both sides of the cursor. It is empty where none has been begun.
	Word facts.Slot
	// Tag is the key:"value" pair at the cursor, nil between pairs.
	Tag     *facts.Tag
	Dialect *dialect.Dialect  // owns the key of Tag; nil for none
	Items   []dialect.Item    // of Tag's value
	Item    *dialect.Item     // at the cursor, nil where none has been begun
	Mention *relation.Mention // the text of code that holds the cursor; nil inside of tags
	// Before and Behind are what stands on both sides of Word in a path, in a text of code:
	// "app.models" and "author_id" at the User of "app.models.User.author_id".
	Before, Behind string
}

// TagCursor tells what an offset inside a tag stands in; false outside of tags.
// It needs nothing but the file itself, so it holds for half-typed tags that no
// dialect can read.
func (s *Snapshot) TagCursor(path string, offset int) (*Cursor, bool) {
	file, ok := s.File(path)
	if !ok || file.Facts == nil {
		return nil, false
	}
	_, field := file.Facts.FieldAt(offset)
	if field == nil || field.Literal.IsZero() || !field.Literal.Span.Contains(offset) {
		return nil, false
	}
	c := &Cursor{Path: path, Offset: offset, Field: field, Role: relation.TagKeyRole}
	c.Word = wordAt(field.Literal, offset, len(field.Literal.Text))
	for i := range field.Tags {
		tag := &field.Tags[i]
		switch {
		case tag.Key.Span.Contains(offset):
			c.Tag, c.Word = tag, tag.Key
			c.Dialect = s.dialectOf(path, tag.Key.Text)
			c.readKey()
			return c, true
		case tag.Span.Contains(offset) && offset > int(tag.Value.Span.End):
			return c, true // behind the closing quote
		case tag.Value.Span.Contains(offset) || tag.Span.Contains(offset):
			c.Tag = tag
			c.Dialect = s.dialectOf(path, tag.Key.Text)
			c.readValue()
			return c, true
		}
	}
	return c, true
}

// dialectOf is the dialect that owns a tag's key in a file, nil for a key of
// somebody else.
func (s *Snapshot) dialectOf(path, key string) *dialect.Dialect {
	for _, d := range s.dialects {
		if slices.Contains(s.settings.keys(d, path), key) && (!slices.Contains(d.Shared, key) || s.reads(d, path)) {
			return d
		}
	}
	return nil
}

// reads reports whether the dialect reads a model of the file.
func (s *Snapshot) reads(d *dialect.Dialect, path string) bool {
	return slices.ContainsFunc(s.NodesIn(path), func(n *Node) bool {
		return slices.ContainsFunc(n.Models, func(m *relation.Model) bool { return m.Dialect == d.Name })
	})
}

// readKey finds the options of the field, and the one at a cursor in a tag's key, where
// each key is an option.
func (c *Cursor) readKey() {
	if c.Dialect == nil || !c.Dialect.Keyed {
		return
	}
	at := 0
	for i := range c.Field.Tags {
		tag := &c.Field.Tags[i]
		if tag == c.Tag {
			at = len(c.Items)
		} else if !slices.Contains(c.Dialect.Keys, tag.Key.Text) {
			continue
		}
		c.Items = append(c.Items, c.Dialect.Items(tag)...)
	}
	for i := range c.Items {
		if item := &c.Items[i]; c.Dialect.Meant != nil && item.Option != nil {
			item.Option = c.Dialect.Meant(c.Field, item.Option)
		}
	}
	c.Item = &c.Items[at]
}

// readValue finds the option, and the part of its value, at a cursor inside the
// value of its tag.
func (c *Cursor) readValue() {
	c.Role = relation.NoRole
	if c.Dialect == nil || c.Offset < int(c.Tag.Value.Span.Start) {
		return // of somebody else, or before the opening quote
	}
	if c.Dialect.Keyed {
		c.readKey()
		c.readOption(c.Item)
		return
	}
	c.Role = relation.OptionRole
	c.Word = wordAt(c.Tag.Value, c.Offset, len(c.Tag.Value.Text))
	c.Items = c.Dialect.Items(c.Tag)
	for i := range c.Items {
		item := &c.Items[i]
		if !item.Span.Contains(c.Offset) {
			continue
		}
		c.Item = item
		if item.Name.Span.Contains(c.Offset) {
			c.Word = wordAt(item.Name, c.Offset, 0)
		} else {
			c.readOption(item)
		}
		return
	}
	c.readGap()
}

// readGap finds the option behind which the cursor stands with nothing but space
// in between: what follows is its value, or the rest of a name of two words.
func (c *Cursor) readGap() {
	at := c.Tag.Value.Index(c.Offset)
	for i := range c.Items {
		item := &c.Items[i]
		end := c.Tag.Value.Index(int(item.Span.End))
		if end > at || strings.TrimLeft(c.Tag.Value.Text[end:at], " \t") != "" {
			continue
		}
		c.Item = item
		start := c.Tag.Value.Index(int(item.Name.Span.Start))
		if item.Sep {
			c.Role, start = relation.NoRole, end
			if item.Option != nil && item.Value.Text == "" {
				c.Role = item.Option.Role
			}
		}
		c.Word = wordAt(c.Tag.Value, c.Offset, start)
		return
	}
}

// readOption finds the part of an option's value at the cursor.
func (c *Cursor) readOption(item *dialect.Item) {
	c.Role = relation.NoRole
	if item.Option == nil {
		return
	}
	c.Role = item.Option.Role
	if !item.Value.Span.Contains(c.Offset) {
		return // in the space around it
	}
	at := item.Value.Index(c.Offset)
	separator := item.Option.List
	if separator == "" && item.Option.Pair == "" && len(item.Option.Values) > 0 {
		separator = "," // several settings in one value: OnUpdate:CASCADE,OnDelete:CASCADE
	}
	start := 0
	if separator != "" {
		if i := strings.LastIndex(item.Value.Text[:at], separator); i >= 0 {
			start = i + len(separator)
		}
	}
	if pair := item.Option.Pair; pair != "" {
		if i := strings.Index(item.Value.Text[start:at], pair); i >= 0 {
			start += i + len(pair)
			c.Role = item.Option.Second
		}
	}
	c.Word = wordAt(item.Value, c.Offset, start)
}

// wordAt is the text around the offset that one name takes up: from index start
// of the slot's text, or from the offset if that is less, to the end of the word.
func wordAt(within facts.Slot, offset, start int) facts.Slot {
	at := within.Index(offset)
	start = min(start, at)
	for start < at && (within.Text[start] == ' ' || within.Text[start] == '\t') {
		start++
	}
	end := at
	for end < len(within.Text) && isNamePart(within.Text[end]) {
		end++
	}
	return within.Sub(start, end)
}

func isNamePart(b byte) bool {
	return b == '_' || b == '-' || b == '.' || b >= 0x80 ||
		'0' <= b && b <= '9' || 'a' <= b && b <= 'z' || 'A' <= b && b <= 'Z'
}

// Typed is what stands of the word before the cursor.
func (c *Cursor) Typed() string {
	return c.Word.Text[:c.Word.Index(c.Offset)]
}

// item finds an option of the cursor's tag by its role.
func (c *Cursor) item(role relation.Role) *dialect.Item {
	for i := range c.Items {
		if o := c.Items[i].Option; o != nil && o.Role == role {
			return &c.Items[i]
		}
	}
	return nil
}
