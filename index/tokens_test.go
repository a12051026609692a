package index_test

import (
	"strings"
	"testing"

	"github.com/rells-dev/rells/index"
	"github.com/rells-dev/rells/index/facts"
)

// FuzzTokens asserts of any tag that its tokens are ordered, not empty and apart, that
// each lies inside of the literal, and that those of a part of the file are those of
// the whole that are in tags which touch it.
func FuzzTokens(f *testing.F) {
	for _, tag := range []string{
		"`rel:\"has-many,back_populates:Author,foreign_key:AuthorID+ID\" gorm:\"foreignKey:AuthorID,B;references:ID\"`",
		"`rel:\"back_populates:Author", "\"gorm:\\\"many2many:\\u00e9;column:\\\\\\\"\"", "`gorm:\"a\\;b;;:;size:2;index:x,unique\"`",
		"`gorm:\"constraint:OnDelete:SET NULL,\n,OnUpdate:CASCADE;many2many:\n x;polymorphic:\"`", "`rel:`", "``",
		"`bun:\"id,pk,rel:has-many,join:'id=author_id,a=b',m2m:x\"`",
	} {
		f.Add(tag, 70, 90)
	}
	f.Fuzz(func(t *testing.T, tag string, from, to int) {
		s, path, start := typing(t, tag)
		file, _ := s.File(path)
		size := int32(len(file.Source))
		all := s.Tokens(path, facts.Span{End: size})
		end := int32(0)
		for _, token := range all {
			if token.Span.Start < end || token.Span.Len() <= 0 || token.Kind >= index.TokenKinds {
				t.Fatalf("%q: %+v begins before %d, or is none", tag, token, end)
			}
			end = token.Span.End
			if !inLiteral(file, token.Span) {
				t.Fatalf("%q: %+v stands outside of a tag", tag, token)
			}
		}
		within := facts.Span{Start: min(max(int32(from), 0), size), End: min(max(int32(to), 0), size)}
		part := s.Tokens(path, within)
		for _, token := range all {
			if token.Span.Start < within.End && within.Start < token.Span.End && !contains(part, token) {
				t.Fatalf("%q: %+v is not among the tokens of %v: %+v (the tag is at %d)", tag, token, within, part, start)
			}
		}
	})
}

func inLiteral(file *index.File, span facts.Span) bool {
	for field := range file.Facts.Fields() {
		if l := field.Literal.Span; l.Start <= span.Start && span.End <= l.End {
			return true
		}
	}
	return false
}

func contains(list []index.Token, token index.Token) bool {
	for _, other := range list {
		if other == token {
			return true
		}
	}
	return false
}

// TestHalfTypedTokens types a tag: what stands there is told from the first option
// on, and what the tokens are does not depend on what is still to come.
func TestHalfTypedTokens(t *testing.T) {
	const tag = "`gorm:\"foreignKey:AuthorID;references:ID\" rel:\"has-many,back_populates:Author\"`"
	told := func(tag string) []string {
		s, path, _ := typing(t, tag)
		file, _ := s.File(path)
		var texts []string
		for _, token := range s.Tokens(path, facts.Span{End: int32(len(file.Source))}) {
			texts = append(texts, string(file.Source[token.Span.Start:token.Span.End]))
		}
		return texts
	}
	for at := strings.Index(tag, "foreignKey:") + len("foreignKey:"); at <= len(tag); at++ {
		texts := strings.Join(told(tag[:at]), " ")
		if !strings.HasPrefix(texts, "gorm foreignKey") {
			t.Errorf("%s: the tokens are %q", tag[:at], texts)
		}
	}
	if got, want := strings.Join(told(tag), " "), "gorm foreignKey AuthorID references ID rel has-many back_populates Author rel belongs-to"; got != want {
		t.Errorf("the tokens are %q, want %q", got, want)
	}
}
