package golang

import (
	"go/parser"
	"go/token"
	"testing"
)

// BenchmarkExtract reads the corpus: with the calls of an ORM, without, and with
// go/parser for comparison.
func BenchmarkExtract(b *testing.B) {
	var files [][]byte
	size := 0
	for _, src := range corpus(b) {
		files = append(files, src)
		size += len(src)
	}
	calls := []string{"AutoMigrate", "Create", "Find", "First", "Model", "Save", "Where", "Take", "Delete"}
	readers := []struct {
		name string
		read func(src []byte)
	}{
		{"declarations", func(src []byte) { Extract("/p/p.go", src, Wanted{}) }},
		{"declarations and calls", func(src []byte) { Extract("/p/p.go", src, Wanted{Calls: calls}) }},
		{"go parser", func(src []byte) {
			_, _ = parser.ParseFile(token.NewFileSet(), "p.go", src, parser.SkipObjectResolution)
		}},
	}
	for _, r := range readers {
		b.Run(r.name, func(b *testing.B) {
			b.SetBytes(int64(size))
			b.ReportAllocs()
			for b.Loop() {
				for _, src := range files {
					r.read(src)
				}
			}
		})
	}
}
