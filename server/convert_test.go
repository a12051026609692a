package server

import (
	"testing"
	"unicode/utf8"

	"go.lsp.dev/protocol"
)

const (
	utf8Units  = protocol.PositionEncodingKindUTF8
	utf16Units = protocol.PositionEncodingKindUTF16
	utf32Units = protocol.PositionEncodingKindUTF32
)

func TestPickEncoding(t *testing.T) {
	tests := []struct {
		offered     []protocol.PositionEncodingKind
		want, alike protocol.PositionEncodingKind // alike: where all servers must count in one unit
	}{
		{nil, utf16Units, utf16Units},
		{[]protocol.PositionEncodingKind{"utf-7"}, utf16Units, utf16Units},
		{[]protocol.PositionEncodingKind{utf16Units}, utf16Units, utf16Units},
		{[]protocol.PositionEncodingKind{utf32Units}, utf32Units, utf32Units},
		{[]protocol.PositionEncodingKind{utf16Units, utf32Units}, utf16Units, utf16Units},
		{[]protocol.PositionEncodingKind{utf32Units, utf16Units, utf8Units}, utf8Units, utf16Units},
		{[]protocol.PositionEncodingKind{utf32Units, utf8Units}, utf8Units, utf8Units},
	}
	for _, test := range tests {
		if got := pickEncoding(test.offered, false); got != test.want {
			t.Errorf("pickEncoding(%q) = %q, want %q", test.offered, got, test.want)
		}
		if got := pickEncoding(test.offered, true); got != test.alike {
			t.Errorf("pickEncoding(%q) = %q where all must count alike, want %q", test.offered, got, test.alike)
		}
	}
}

// TestBothWays checks places that exist: each offset has one position and the
// position leads back.
func TestBothWays(t *testing.T) {
	tests := []struct {
		name, text      string
		offset          int
		line            uint32
		in8, in16, in32 uint32
	}{
		{name: "empty text", text: "", offset: 0},
		{name: "start", text: "ab\ncd", offset: 0},
		{name: "second line", text: "ab\ncd", offset: 4, line: 1, in8: 1, in16: 1, in32: 1},
		{name: "end of text", text: "ab\ncd", offset: 5, line: 1, in8: 2, in16: 2, in32: 2},
		{name: "behind the last line break", text: "ab\n", offset: 3, line: 1},
		{name: "before a line break", text: "ab\ncd", offset: 2, in8: 2, in16: 2, in32: 2},
		{name: "before \\r\\n", text: "ab\r\ncd", offset: 2, in8: 2, in16: 2, in32: 2},
		{name: "between \\r and \\n", text: "ab\r\ncd", offset: 3, in8: 3, in16: 3, in32: 3},
		{name: "behind \\r\\n", text: "ab\r\ncd", offset: 4, line: 1},
		{name: "lone \\r is a character", text: "a\rb\nc", offset: 3, in8: 3, in16: 3, in32: 3},
		{name: "behind two bytes", text: "é|", offset: 2, in8: 2, in16: 1, in32: 1},
		{name: "behind three bytes", text: "€|", offset: 3, in8: 3, in16: 1, in32: 1},
		{name: "behind a surrogate pair", text: "😀|", offset: 4, in8: 4, in16: 2, in32: 1},
		{name: "behind two of them", text: "x😀😀|", offset: 9, in8: 9, in16: 5, in32: 3},
		{name: "behind an invalid byte", text: "a\xffb", offset: 2, in8: 2, in16: 2, in32: 2},
		{name: "inside a cut-off character", text: "\xe2\x82", offset: 1, in8: 1, in16: 1, in32: 1},
		{name: "behind a cut-off character", text: "\xe2\x82", offset: 2, in8: 2, in16: 2, in32: 2},
		{name: "an encoded surrogate is three invalid bytes", text: "\xed\xa0\x80|", offset: 3, in8: 3, in16: 3, in32: 3},
	}
	for _, test := range tests {
		for encoding, character := range map[protocol.PositionEncodingKind]uint32{
			utf8Units: test.in8, utf16Units: test.in16, utf32Units: test.in32,
		} {
			m := newTextMap([]byte(test.text), encoding)
			want := protocol.Position{Line: test.line, Character: character}
			if got := m.position(test.offset); got != want {
				t.Errorf("%s, %s: position(%d) = %v, want %v", test.name, encoding, test.offset, got, want)
			}
			if got := m.offset(want); got != test.offset {
				t.Errorf("%s, %s: offset(%v) = %d, want %d", test.name, encoding, want, got, test.offset)
			}
		}
	}
}

// TestNearestOffset checks positions that do not exist.
func TestNearestOffset(t *testing.T) {
	tests := []struct {
		name, text      string
		encoding        protocol.PositionEncodingKind
		line, character uint32
		want            int
	}{
		{"behind the end of a line", "ab\ncd", utf16Units, 0, 7, 2},
		{"behind the end of a line with \\r\\n", "ab\r\ncd", utf16Units, 0, 7, 2},
		{"far behind", "ab\r\ncd", utf16Units, 0, 1<<32 - 1, 2},
		{"behind the end of the last line", "ab\ncd", utf8Units, 1, 99, 5},
		{"behind the last line", "ab\ncd", utf8Units, 9, 0, 5},
		{"far behind the last line", "ab\ncd", utf8Units, 1<<32 - 1, 1<<32 - 1, 5},
		{"between surrogates", "x😀y", utf16Units, 0, 2, 1},
		{"inside two bytes", "éy", utf8Units, 0, 1, 0},
		{"inside four bytes", "x😀y", utf8Units, 0, 4, 1},
	}
	for _, test := range tests {
		m := newTextMap([]byte(test.text), test.encoding)
		p := protocol.Position{Line: test.line, Character: test.character}
		if got := m.offset(p); got != test.want {
			t.Errorf("%s: offset(%v) in %q = %d, want %d", test.name, p, test.text, got, test.want)
		}
	}
}

func TestNearestPosition(t *testing.T) {
	m := newTextMap([]byte("x😀\ny"), utf16Units)
	tests := []struct {
		offset int
		want   protocol.Position
	}{
		{-5, protocol.Position{}},
		{3, protocol.Position{Character: 1}},
		{99, protocol.Position{Line: 1, Character: 1}},
	}
	for _, test := range tests {
		if got := m.position(test.offset); got != test.want {
			t.Errorf("position(%d) = %v, want %v", test.offset, got, test.want)
		}
	}
}

func TestReversedRange(t *testing.T) {
	m := newTextMap([]byte("abcdef"), utf16Units)
	start, end := m.bytes(protocol.Range{Start: protocol.Position{Character: 4}, End: protocol.Position{Character: 2}})
	if start != 4 || end != 4 {
		t.Errorf("bytes of a reversed range = %d, %d; want 4, 4", start, end)
	}
}

// FuzzPositions asserts that every offset at the start of a character survives
// the way to a position and back, that positions are ordered as offsets are, and
// that every position, sensible or not, leads to the start of a character.
func FuzzPositions(f *testing.F) {
	for _, text := range []string{"", "a", "a\r\nb\n", "x😀é€\r\r\n\xff\xe2\x82\n", "\n\n", "\r"} {
		f.Add(text, uint32(0), uint32(3))
	}
	f.Fuzz(func(t *testing.T, text string, line, character uint32) {
		for _, encoding := range []protocol.PositionEncodingKind{utf8Units, utf16Units, utf32Units} {
			m := newTextMap([]byte(text), encoding)
			starts := map[int]bool{len(text): true}
			last := protocol.Position{}
			for at := 0; at < len(text); {
				starts[at] = true
				p := m.position(at)
				if p.Line < last.Line || p.Line == last.Line && p.Character < last.Character {
					t.Fatalf("%s: position(%d) = %v lies before %v in %q", encoding, at, p, last, text)
				}
				last = p
				if back := m.offset(p); back != at {
					t.Fatalf("%s: offset(position(%d)) = offset(%v) = %d in %q", encoding, at, p, back, text)
				}
				_, size := utf8.DecodeRuneInString(text[at:])
				at += size
			}
			if got := m.offset(protocol.Position{Line: line, Character: character}); !starts[got] {
				t.Fatalf("%s: offset(%d:%d) = %d is no start of a character in %q", encoding, line, character, got, text)
			}
		}
	})
}
