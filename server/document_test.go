package server

import (
	"testing"
	"unicode/utf16"

	"go.lsp.dev/protocol"

	"github.com/rells-dev/rells/server/wire"
)

// at is a range of one line.
func at(line, start, end uint32) protocol.Range {
	return protocol.Range{
		Start: protocol.Position{Line: line, Character: start},
		End:   protocol.Position{Line: line, Character: end},
	}
}

func TestDocumentChange(t *testing.T) {
	put := func(r protocol.Range, text string) wire.Change {
		return wire.Change{Kind: wire.ChangeRange, Range: r, Text: text}
	}
	whole := wire.Change{Kind: wire.ChangeWhole, Text: "new"}
	unreadable := wire.Change{}
	tests := []struct {
		name, text string
		changes    []wire.Change
		want       string
		lost       bool
	}{
		{"insert", "ab", []wire.Change{put(at(0, 1, 1), "x")}, "axb", false},
		{"delete", "abc", []wire.Change{put(at(0, 1, 2), "")}, "ac", false},
		{"replace", "abc", []wire.Change{put(at(0, 1, 2), "xyz")}, "axyzc", false},
		{"one after the other", "abc", []wire.Change{put(at(0, 0, 1), ""), put(at(0, 0, 1), "x")}, "xc", false},
		{"a later one sees the lines of an earlier one", "ab", []wire.Change{put(at(0, 1, 1), "\n"), put(at(1, 0, 0), "x")}, "a\nxb", false},
		{"over lines", "ab\ncd\nef", []wire.Change{put(protocol.Range{
			Start: protocol.Position{Character: 1}, End: protocol.Position{Line: 2, Character: 1},
		}, "-")}, "a-f", false},
		{"behind a surrogate pair", "😀b", []wire.Change{put(at(0, 2, 3), "x")}, "😀x", false},
		{"at the end of \\r\\n", "a\r\nb", []wire.Change{put(at(0, 1, 1), "x")}, "ax\r\nb", false},
		{"between \\r and \\n", "a\r\nb", []wire.Change{put(at(0, 2, 2), "x")}, "a\rx\nb", false},
		{"on the line behind the last", "a\n", []wire.Change{put(at(1, 0, 0), "b")}, "a\nb", false},
		{"one line further", "a", []wire.Change{put(at(1, 0, 0), "b")}, "ab", false},
		{"beyond the text", "a", []wire.Change{put(at(2, 0, 0), "b")}, "a", true},
		{"whole", "abc", []wire.Change{whole}, "new", false},
		{"whole, then a range", "abc", []wire.Change{whole, put(at(0, 0, 1), "N")}, "New", false},
		{"unreadable", "abc", []wire.Change{unreadable}, "abc", true},
		{"nothing counts behind what is unreadable", "abc", []wire.Change{unreadable, put(at(0, 0, 1), "x")}, "abc", true},
		{"found again", "abc", []wire.Change{unreadable, whole}, "new", false},
		{"none", "abc", nil, "abc", false},
	}
	for _, test := range tests {
		before := &document{path: "/a.go", version: 3, text: []byte(test.text)}
		after := before.change(&wire.DidChangeParams{Version: 7, HasVersion: true, Changes: test.changes}, utf16Units)
		if string(after.text) != test.want || after.lost != test.lost || after.version != 7 {
			t.Errorf("%s: %q, lost %t, version %d; want %q, %t, 7",
				test.name, after.text, after.lost, after.version, test.want, test.lost)
		}
		if string(before.text) != test.text || before.version != 3 || before.lost {
			t.Errorf("%s: the version before is now %q", test.name, before.text)
		}
	}
}

func TestDocumentWithoutVersion(t *testing.T) {
	before := &document{version: 3}
	if after := before.change(&wire.DidChangeParams{}, utf16Units); after.version != 4 {
		t.Errorf("the version after an edit without one is %d, want 4", after.version)
	}
}

func TestDocumentMangled(t *testing.T) {
	whole := func(mangled bool) *wire.DidChangeParams {
		return &wire.DidChangeParams{Changes: []wire.Change{{Kind: wire.ChangeWhole, Text: "a", Mangled: mangled}}}
	}
	insert := &wire.DidChangeParams{Changes: []wire.Change{{Kind: wire.ChangeRange, Text: "\uFFFD", Mangled: true}}}
	doc := &document{}
	for i, step := range []struct {
		change *wire.DidChangeParams
		want   bool
	}{{whole(false), false}, {insert, true}, {&wire.DidChangeParams{}, true}, {whole(false), false}, {whole(true), true}} {
		if doc = doc.change(step.change, utf16Units); doc.mangled != step.want {
			t.Errorf("step %d: mangled is %t, want %t", i, doc.mangled, step.want)
		}
	}
}

func TestConcerns(t *testing.T) {
	for path, want := range map[string]bool{
		"/w/a.go": true, "/w/go.mod": true, "/w/go.work": true, "/w/.gitignore": true,
		"/w/a.py": true, "/w/pyproject.toml": true, "/w/a.rb": false, "/w/go.sum": false, "/w/go": false, "/w/a.go/b": false,
	} {
		if got := concerns(path); got != want {
			t.Errorf("concerns(%q) = %t, want %t", path, got, want)
		}
	}
}

// FuzzDocumentChange asserts that edits do what they do to a text that is kept as
// lines of UTF-16 units, which is how clients think of it.
func FuzzDocumentChange(f *testing.F) {
	f.Add("a\n😀b\n", uint32(1), uint32(0), uint32(2), "x\ny")
	f.Add("", uint32(0), uint32(0), uint32(0), "é")
	f.Add("ab", uint32(0), uint32(1), uint32(9), "")
	f.Fuzz(func(t *testing.T, text string, line, start, end uint32, insert string) {
		units := utf16.Encode([]rune(text))
		text, insert = string(utf16.Decode(units)), string([]rune(insert))
		var lines [][]uint16
		for from, i := 0, 0; i <= len(units); i++ {
			if i == len(units) || units[i] == '\n' {
				lines = append(lines, units[from:min(i+1, len(units))])
				from = i + 1
			}
		}
		if int64(line) >= int64(len(lines)) || start > end || int64(end) > int64(len(lines[line])) {
			t.Skip("a place that the text does not have")
		}
		if l := lines[line]; len(l) > 0 && l[len(l)-1] == '\n' && int(end) == len(l) {
			t.Skip("behind the end of a line")
		}
		for _, cut := range []uint32{start, end} {
			if i := int(cut); i > 0 && i < len(lines[line]) && utf16.IsSurrogate(rune(lines[line][i])) && lines[line][i] >= 0xDC00 {
				t.Skip("between surrogates")
			}
		}
		offset := 0
		for _, l := range lines[:line] {
			offset += len(l)
		}
		want := string(utf16.Decode(units[:offset+int(start)])) + insert + string(utf16.Decode(units[offset+int(end):]))
		doc := &document{text: []byte(text)}
		doc = doc.change(&wire.DidChangeParams{Changes: []wire.Change{{Kind: wire.ChangeRange, Range: at(line, start, end), Text: insert}}}, utf16Units)
		if doc.lost || string(doc.text) != want {
			t.Errorf("%q with %d:%d-%d replaced by %q is %q, want %q", text, line, start, end, insert, doc.text, want)
		}
	})
}
