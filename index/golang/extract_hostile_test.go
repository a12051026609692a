package golang

import (
	"bytes"
	"strings"
	"testing"
	"time"
)

// A file of any shape takes time in proportion to its length.
func TestHostileFiles(t *testing.T) {
	const size = 1 << 18
	patterns := map[string]string{
		"open functions":    "func a() {\n",
		"open functions in": " func a() {",
		"open structs":      "type a struct {\n",
		"nested structs":    "a struct {\n",
		"nested lists":      "[]",
		"nested brackets":   "a[",
		"brackets on lines": "a[\n",
		"names on lines":    "b,\n",
		"open parameters":   "a func(x,\n",
		"open interfaces":   "a interface {\n",
		"open maps":         "a map[\n",
		"braces":            "{",
		"field braces":      "a map {",
		"backquotes":        "a b `\n",
		"pairs":             "a b `" + strings.Repeat(`k:"v" `, 1000) + "`\n",
		"calls":             "Create(",
		"declared":          "a, b := Create(",
		"type parameters":   "type a[P *\n",
		"lists of any":      "Create([]any{",
		"headers":           "if x := ",
		"one line":          "type a struct{};",
		"local types":       "type a struct{}\n",
		"comments":          "/*",
		"directives":        "//nolint\n",
		"directives behind": "a int //nolint\n",
		"zeros":             "\x00",
		"appends":           "append(",
		"lists":             "[]E{",
		"chains":            "a(b).",
	}
	for name, pattern := range patterns {
		for _, start := range []string{"", "type T struct {\n", "func f() {\n", "func (r T) m(", "type (\n", "func (T) Edges() []E {\nreturn "} {
			src := []byte("package p\n" + start)
			src = append(src, bytes.Repeat([]byte(pattern), size/len(pattern))...)
			began := time.Now()
			file := Extract("/p/p.go", src, Wanted{Calls: []string{"Create"}, Methods: []string{"Edges"}})
			if took := time.Since(began); took > 5*time.Second {
				t.Errorf("%s behind %q: took %v", name, start, took)
			}
			if int(file.Size) != len(src) {
				t.Errorf("%s: read %d bytes", name, file.Size)
			}
		}
	}
}

func TestTooLargeFile(t *testing.T) {
	src := make([]byte, MaxFileSize+1)
	copy(src, "package p\n\ntype T struct{}\n")
	file := Extract("/p/p.go", src, Wanted{})
	if len(file.Decls) > 0 || len(file.Defects) != 1 || len(file.Lines) != 1 {
		t.Errorf("got %d types, %d lines, defects %v", len(file.Decls), len(file.Lines), file.Defects)
	}
}
