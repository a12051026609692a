package snippet

import (
	"strings"
	"testing"

	"github.com/rells-dev/rells/index/facts"
)

func TestDraw(t *testing.T) {
	for _, test := range []struct {
		name   string
		source string // ‹ and › stand around what is underlined
		width  int
		want   string // source line, then underline
	}{
		{"plain", "a := ‹name›", 0, "a := name\n     ^^^^"},
		{"one of several lines", "one\ntwo ‹three›\nfour", 0, "two three\n    ^^^^^"},
		{"tabs", "\tPosts\t‹[]Post›", 0, "    Posts    []Post\n             ^^^^^^"},
		{"carriage return", "x ‹y›\r\nz", 0, "x y\n  ^"},
		{"wide runes", "`出版社` ‹著者› x", 0, "`出版社` 著者 x\n         ^^^^"},
		{"combining runes", "cafe\u0301 ‹e\u0301t›", 0, "cafe\u0301 e\u0301t\n     ^^"},
		{"emoji", "// 👩‍👩‍👧 ‹x›", 0, "// 👩‍👩‍👧 x\n      ^"},
		{"empty place", "`rel:\"‹›\"`", 0, "`rel:\"\"`\n      ^"},
		{"empty place at the end", "x‹›", 0, "x\n ^"},
		{"several lines", "a ‹b\nc› d", 0, "a b\n  ^"},
		{"escape sequence", "\x1b[31m‹x›\x07", 0, "␛[31mx␇\n     ^"},
		{"not UTF-8", "a\xffb ‹c›", 0, "a\ufffdb c\n    ^"},
		{"right-to-left override", "\u202e‹x›", 0, "\ufffdx\n ^"},
		{"fits exactly", "abcdefghi‹j›", 10, "abcdefghij\n         ^"},
		{"end cut", "ab ‹cd› efghijkl", 10, "ab cd e...\n   ^^"},
		{"start cut", "abcdefghijkl ‹mn›", 10, "...ijkl mn\n        ^^"},
		{"both cut", "abcdefghijklmnopqrstuvwxyzabcdefghijkl ‹mn› opqrstuv", 34, "...stuvwxyzabcdefghijkl mn opqr...\n                        ^^"},
		{"wide runes cut", "出版社出版社 ‹著者›", 12, "...版社 著者\n        ^^^^"},
		{"marked longer than the width", "‹abcdefghijkl›", 8, "abcde...\n^^^^^^^^"},
	} {
		t.Run(test.name, func(t *testing.T) {
			before, rest, _ := strings.Cut(test.source, "‹")
			marked, behind, _ := strings.Cut(rest, "›")
			span := facts.Span{Start: int32(len(before)), End: int32(len(before) + len(marked))}
			source, underline := Cut([]byte(before+marked+behind), span, '^').Draw(test.width)
			if got := source + "\n" + underline; got != test.want {
				t.Errorf("got\n%s\nwant\n%s", got, test.want)
			}
		})
	}
}

func TestCutKnowsTheLine(t *testing.T) {
	source := []byte("one\n\nthree\n")
	for _, test := range []struct {
		offset int32
		line   int
		text   string
	}{
		{0, 1, "one"}, {3, 1, "one"}, {4, 2, ""}, {5, 3, "three"}, {10, 3, "three"}, {11, 4, ""},
		{-7, 1, "one"}, {99, 4, ""},
	} {
		f := Cut(source, facts.Span{Start: test.offset, End: test.offset}, '^')
		if f.Line != test.line || f.Text != test.text {
			t.Errorf("offset %d: line %d %q, want line %d %q", test.offset, f.Line, f.Text, test.line, test.text)
		}
	}
}

func FuzzDraw(f *testing.F) {
	f.Add([]byte("\tA, B *User `rel:\"x\"` // 出\n"), int32(3), int32(9), 20)
	f.Add([]byte("\xff\x1b[0m\u202e"), int32(-1), int32(99), 4)
	f.Fuzz(func(t *testing.T, source []byte, start, end int32, width int) {
		line, underline := Cut(source, facts.Span{Start: start, End: end}, '^').Draw(width)
		if strings.ContainsAny(line, "\n\r\t\x1b\x00") {
			t.Errorf("a character the terminal acts on: %q", line)
		}
		if width > 0 && Width(line) > width {
			t.Errorf("%q takes %d columns of %d", line, Width(line), width)
		}
		if trimmed := strings.TrimLeft(underline, " "); trimmed == "" || strings.Trim(trimmed, "^") != "" {
			t.Errorf("underline %q", underline)
		}
	})
}
