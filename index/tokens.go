package index

import (
	"cmp"
	"slices"
	"strings"

	"github.com/rells-dev/rells/index/dialect"
	"github.com/rells-dev/rells/index/facts"
	"github.com/rells-dev/rells/index/relation"
)

// Token is a stretch of a tag that means something: a name of the dialect's, or one
// that leads somewhere.
type Token struct {
	Span       facts.Span
	Kind       TokenKind
	Deprecated bool // there is another option to be used in its place
}

// TokenKind says what a token is.
type TokenKind uint8

// The kinds of tokens. Of two that would overlap, the first of this list counts.
const (
	FieldToken  TokenKind = iota // names a field that exists
	ModelToken                   // names a model that exists
	TableToken                   // names a join table
	ColumnToken                  // names a column
	TagKeyToken                  // key of the tag: gorm, rel
	OptionToken                  // name of an option that the dialect knows
	ValueToken                   // one of a fixed set: has-many, OnDelete:CASCADE
	NumberToken
	TokenKinds // how many kinds there are
)

// Tokens lists what the tags of a file, as far as they touch the span, are made of,
// ordered by place. Tokens are not empty, lie inside of a tag and do not overlap. What
// the dialect does not know, and a name that leads nowhere, is none: the diagnostics
// speak of that.
func (s *Snapshot) Tokens(path string, within facts.Span) []Token {
	file, ok := s.File(path)
	if !ok || file.Facts == nil {
		return nil
	}
	t := tokenizer{snapshot: s, path: path, within: within}
	for field := range file.Facts.Fields() {
		if !t.touches(field.Literal.Span) {
			continue
		}
		for i := range field.Tags {
			t.tag(&field.Tags[i])
		}
	}
	if t.tags != nil {
		t.names()
	}
	return apart(t.tokens)
}

// tokenizer gathers the tokens of a file.
type tokenizer struct {
	snapshot *Snapshot
	path     string
	within   facts.Span
	tokens   []Token
	tags     []facts.Span                  // the values of tags of dialects
	used     map[*dialect.Dialect][]string // modules of the dialect that the package uses
}

func (t *tokenizer) touches(span facts.Span) bool {
	return span.Start < t.within.End && t.within.Start < span.End
}

func (t *tokenizer) add(span facts.Span, kind TokenKind) {
	if span.Len() > 0 {
		t.tokens = append(t.tokens, Token{Span: span, Kind: kind})
	}
}

// tag gathers what can be told from the tag alone, half typed or not. A tag under
// the native key without an option of ours is somebody else's.
func (t *tokenizer) tag(tag *facts.Tag) {
	d := t.snapshot.dialectOf(t.path, tag.Key.Text)
	if d == nil {
		return
	}
	items := d.Items(tag)
	if d.Native && !slices.ContainsFunc(items, func(i dialect.Item) bool { return i.Option != nil }) {
		return
	}
	t.tags = append(t.tags, tag.Value.Span)
	t.add(tag.Key.Span, TagKeyToken)
	for i := range items {
		if o := items[i].Option; o != nil && t.knows(d, o) {
			t.option(&items[i])
		}
	}
}

// knows is Snapshot.knows, which looks at the package only once.
func (t *tokenizer) knows(d *dialect.Dialect, o *dialect.Option) bool {
	if o.Module == "" || len(d.Modules) == 0 {
		return true
	}
	used, ok := t.used[d]
	if !ok {
		used = t.snapshot.modulesUsed(t.path, d)
		if t.used == nil {
			t.used = map[*dialect.Dialect][]string{}
		}
		t.used[d] = used
	}
	return slices.Contains(used, o.Module)
}

func (t *tokenizer) option(item *dialect.Item) {
	o := item.Option
	if isKind(o) {
		t.add(item.Name.Span, ValueToken)
		return
	}
	if t.add(item.Name.Span, OptionToken); o.Deprecated != "" {
		t.tokens[len(t.tokens)-1].Deprecated = true
	}
	switch o.Role {
	case relation.ColumnRole:
		t.column(o, item.Value)
	case relation.ValueRole:
		t.value(o, item.Value)
	}
}

// column gathers the name of a column, and what may stand behind it.
func (t *tokenizer) column(o *dialect.Option, value facts.Slot) {
	name, rest, paired := strings.Cut(value.Text, o.Pair)
	if o.Pair == "" {
		name, paired = value.Text, false
	}
	t.add(value.Sub(0, len(name)).Span, ColumnToken)
	if paired {
		t.value(o, value.Sub(len(value.Text)-len(rest), len(value.Text)))
	}
}

// value gathers what of a value is no free text: a number, or what the option
// has a list of.
func (t *tokenizer) value(o *dialect.Option, value facts.Slot) {
	if value.Text != "" && strings.Trim(value.Text, "0123456789") == "" {
		t.add(value.Span, NumberToken)
		return
	}
	if len(o.Values) == 0 {
		return
	}
	for start := 0; start <= len(value.Text); {
		end := len(value.Text)
		if i := strings.IndexByte(value.Text[start:], ','); i >= 0 {
			end = start + i
		}
		for start < end && value.Text[start] == ' ' {
			start++
		}
		part := value.Sub(start, end)
		t.add(part.Sub(0, fixed(part.Text, o.Values)).Span, ValueToken)
		start = end + 1
	}
}

// fixed is how much of a text is one of the values: all of it, or what stands before
// the colon that the value ends in.
func fixed(text string, values []string) int {
	for _, v := range values {
		name, _, open := strings.Cut(text, ":")
		switch {
		case strings.EqualFold(text, v):
			return len(text)
		case open && strings.EqualFold(name+":", v):
			return len(name)
		}
	}
	return 0
}

// names gathers what the tags name.
func (t *tokenizer) names() {
	slices.SortFunc(t.tags, func(a, b facts.Span) int { return cmp.Compare(a.Start, b.Start) })
	for _, n := range t.snapshot.NodesIn(t.path) {
		for _, m := range n.Models {
			for i := range m.Mentions {
				mention := &m.Mentions[i]
				if mention.Place.File != t.path || !t.inTag(mention.Place.Span) {
					continue
				}
				if kind, ok := named(mention); ok {
					t.add(mention.Place.Span, kind)
				}
			}
		}
	}
}

// inTag reports whether a span lies in one of the tags that were gathered: a dialect
// may find mentions elsewhere too.
func (t *tokenizer) inTag(span facts.Span) bool {
	i, found := slices.BinarySearchFunc(t.tags, span.Start, func(tag facts.Span, at int32) int { return cmp.Compare(tag.Start, at) })
	if !found {
		i--
	}
	return i >= 0 && span.End <= t.tags[i].End
}

// named is the kind of what a mention names, false for one that leads nowhere.
func named(m *relation.Mention) (TokenKind, bool) {
	switch m.Role {
	case relation.KindRole:
		return 0, false // no name
	case relation.JoinForeignKeyRole, relation.JoinReferencesRole:
		return ColumnToken, true
	case relation.ColumnRole, relation.OwnColumnRole, relation.TargetColumnRole,
		relation.JoinOwnColumnRole, relation.JoinTargetColumnRole, relation.ColumnPrefixRole:
		return ColumnToken, !m.Field.IsZero()
	case relation.JoinModelTableRole, relation.TableRole, relation.TargetTableRole:
		return TableToken, m.Table != "" || !m.Model.IsZero()
	}
	switch {
	case !m.Field.IsZero():
		return FieldToken, true
	case !m.Model.IsZero():
		return ModelToken, true
	}
	return TableToken, m.Table != ""
}

// apart orders tokens by place and leaves out those that overlap another.
func apart(tokens []Token) []Token {
	slices.SortFunc(tokens, func(a, b Token) int {
		return cmp.Or(cmp.Compare(a.Span.Start, b.Span.Start), cmp.Compare(a.Kind, b.Kind))
	})
	end := int32(0)
	return slices.DeleteFunc(tokens, func(t Token) bool {
		if t.Span.Start < end {
			return true
		}
		end = t.Span.End
		return false
	})
}
