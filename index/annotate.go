package index

import (
	"bytes"

	"github.com/rells-dev/rells/index/facts"
	"github.com/rells-dev/rells/index/golang"
	"github.com/rells-dev/rells/index/python"
	"github.com/rells-dev/rells/index/relation"
)

// Annotate renders a directive as a comment above the line on which the field at a place begins, or,
// outside of fields, the line of the place. It is false where that cannot be written
// for certain, or where such a comment would be about something else.
func (s *Snapshot) Annotate(place relation.Place, comment string) ([]Edit, bool) {
	file, ok := s.File(place.File)
	if !ok || file.Outside {
		return nil, false
	}
	line := file.lineOf(place.Span.Start)
	if file.Facts.Language == facts.Python {
		at, text, ok := python.Annotate(file.Facts, file.Source, line, comment)
		return []Edit{{Path: place.File, Span: facts.Span{Start: at, End: at}, NewText: text}}, ok
	}
	found, ok := golang.Annotate(file.Facts, file.Source, line, "//"+comment)
	if !ok {
		return nil, false
	}
	edits := make([]Edit, len(found))
	for i, e := range found {
		edits[i] = Edit{Path: place.File, Span: e.Span, NewText: e.New}
	}
	return edits, true
}

// CommentedLine is where the line begins above which Annotate puts a comment about a
// place.
func (s *Snapshot) CommentedLine(place relation.Place) (start int32, ok bool) {
	file, ok := s.File(place.File)
	if !ok {
		return 0, false
	}
	return file.lineOf(place.Span.Start), true
}

// lineOf is where the line begins that holds the offset, or on which the field
// around it begins.
func (f *File) lineOf(offset int32) int32 {
	if _, field := f.Facts.FieldAt(int(offset)); field != nil {
		offset = field.Span.Start
	}
	return int32(bytes.LastIndexByte(f.Source[:offset], '\n') + 1)
}
