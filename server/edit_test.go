package server

import (
	"slices"
	"testing"
	"unicode/utf8"

	"go.lsp.dev/protocol"

	"github.com/rells-dev/rells/diagnostics"
	"github.com/rells-dev/rells/index/facts"
	"github.com/rells-dev/rells/server/wire"
)

// FuzzTextEdits asserts that what a client is told to do with a text is what was
// meant, whatever it counts characters in, and that it can be told to undo it.
func FuzzTextEdits(f *testing.F) {
	f.Add("package p\n\ntype A struct {\n\tB *B `rel:\"😀\"`\n}\n", "é", "\n", uint16(30), uint16(2), uint16(5), uint16(0))
	f.Add("a\r\nb\r\n", "\r\n", "", uint16(1), uint16(0), uint16(0), uint16(2))
	f.Add("\ufeff\u2028x", "x", "y", uint16(0), uint16(3), uint16(3), uint16(1))
	f.Add("", "a", "b", uint16(0), uint16(0), uint16(0), uint16(0))
	f.Fuzz(func(t *testing.T, text, one, other string, a, b, c, d uint16) {
		if !utf8.ValidString(text) || !utf8.ValidString(one) || !utf8.ValidString(other) {
			t.Skip("such files are not edited")
		}
		places := characterStarts(text)
		at := func(steps ...uint16) int {
			sum := 0
			for _, n := range steps {
				sum += int(n)
			}
			return places[min(sum, len(places)-1)]
		}
		edits := []diagnostics.Edit{
			{Span: facts.Span{Start: int32(at(a)), End: int32(at(a, b))}, NewText: one},
			{Span: facts.Span{Start: int32(at(a, b, c)), End: int32(at(a, b, c, d))}, NewText: other},
		}
		between := text[edits[0].Span.End:edits[1].Span.Start]
		want := text[:edits[0].Span.Start] + one + between + other + text[edits[1].Span.End:]
		undo := []diagnostics.Edit{
			replacing(edits[0].Span.Start, one, text[edits[0].Span.Start:edits[0].Span.End]),
			replacing(edits[0].Span.Start+int32(len(one+between)), other, text[edits[1].Span.Start:edits[1].Span.End]),
		}
		for _, units := range []protocol.PositionEncodingKind{utf8Units, utf16Units, utf32Units} {
			if got := asClient(text, edits, units); got != want {
				t.Fatalf("%s: %v make %q of %q, want %q", units, edits, got, text, want)
			}
			if splits(want, undo) {
				continue // in the middle of a line break that the edit has made
			}
			if got := asClient(want, undo, units); got != text {
				t.Fatalf("%s: %v make %q of %q, want %q", units, undo, got, want, text)
			}
		}
	})
}

// replacing is the edit that replaces a text at an offset.
func replacing(start int32, old, text string) diagnostics.Edit {
	return diagnostics.Edit{Span: facts.Span{Start: start, End: start + int32(len(old))}, NewText: text}
}

// characterStarts are the offsets between which a text can be edited: not within a
// character, nor within a line break.
func characterStarts(text string) []int {
	var starts []int
	for i := range text {
		if i == 0 || text[i] != '\n' || text[i-1] != '\r' {
			starts = append(starts, i)
		}
	}
	return append(starts, len(text))
}

// splits reports whether an edit begins or ends where text cannot be edited.
func splits(text string, edits []diagnostics.Edit) bool {
	places := characterStarts(text)
	return slices.ContainsFunc(edits, func(e diagnostics.Edit) bool {
		return !slices.Contains(places, int(e.Span.Start)) || !slices.Contains(places, int(e.Span.End))
	})
}

// asClient makes edits of a text as a client does that is sent them: the last first,
// each where its range says.
func asClient(text string, edits []diagnostics.Edit, units protocol.PositionEncodingKind) string {
	doc := &document{text: []byte(text)}
	for _, e := range slices.Backward(textEdits(newTextMap(doc.text, units), edits)) {
		doc = doc.change(&wire.DidChangeParams{Changes: []wire.Change{{Kind: wire.ChangeRange, Range: e.Range, Text: e.NewText}}}, units)
	}
	return string(doc.text)
}
