package golang

import (
	"slices"

	"github.com/rells-dev/rells/index/facts"
)

// Edit replaces a stretch of a file.
type Edit struct {
	Span facts.Span // empty for an insertion
	New  string
}

// NewField is a field to be added to a struct.
type NewField struct {
	Name    string
	Type    facts.Ref // a zero Package is predeclared
	Pointer bool      // *Type
	Slice   bool      // []Type, or []*Type with Pointer
	Tags    []NewTag
	After   string // field behind whose line it goes; the end of the struct for "" or none of that name
}

// NewTag is one key:"value" pair.
type NewTag struct{ Key, Value string }

// Apply makes edits, which must not overlap, in src. They may be in any order;
// those at one place stay in the order given.
func Apply(src []byte, edits []Edit) []byte {
	edits = slices.Clone(edits)
	slices.SortStableFunc(edits, func(a, b Edit) int { return int(a.Span.Start - b.Span.Start) })
	var out []byte
	done := int32(0)
	for _, e := range edits {
		out = append(append(out, src[done:e.Span.Start]...), e.New...)
		done = e.Span.End
	}
	return append(out, src[done:]...)
}

// Difference is the edits, line by line, that make after of before.
func Difference(before, after []byte) []Edit { return difference(string(before), string(after), 0) }

// Insert renders the addition of fields to a struct in the struct's own style. A
// file that gofmt would leave alone is one that it leaves alone afterwards;
// in others no line but the struct's, and the import that is needed, changes.
//
// src must be the bytes that f was extracted from and d one of its declarations.
// ok is false where no edit can be certain: in a generated file, in one that is
// not valid UTF-8, in a struct that is malformed or has a field of that name.
func Insert(f *facts.File, src []byte, d *facts.Decl, fields []NewField, qualify Qualify) (edits []Edit, ok bool) {
	if !editable(f, src, d) || len(fields) == 0 {
		return nil, false
	}
	var lines []insertion
	var added []string // import paths
	for _, field := range fields {
		line, imports, ok := renderField(d, &field, qualify)
		if !ok {
			return nil, false
		}
		lines = append(lines, insertion{after: fieldIndex(d, field.After), line: line})
		for _, im := range imports {
			if !slices.Contains(added, im.Path.Text) {
				added = append(added, im.Path.Text)
				edits = append(edits, addImport(src, im)...)
			}
		}
	}
	edits, ok = finish(src, d, append(edits, insertLines(src, d, lines)...))
	return edits, ok && verify(f, src, d, edits, len(fields), func(e *facts.Decl) bool {
		return !slices.ContainsFunc(fields, func(field NewField) bool { return fieldIndex(e, field.Name) < 0 })
	})
}

// SetTag renders the change of one key:"value" pair of a field's tag: its value is
// replaced or, if the tag has no such pair, the pair is added behind the others,
// the tag with it if need be. Formatting and ok are as for Insert; ok is false,
// too, where the declaration of the field has several names, and where reflection
// would not see the pair because the tag is malformed before it.
func SetTag(f *facts.File, src []byte, d *facts.Decl, field *facts.Field, key, value string) (edits []Edit, ok bool) {
	if !editable(f, src, d) || field.Open || shared(d, field) {
		return nil, false
	}
	edit, ok := setTag(src, field, key, value)
	if !ok {
		return nil, false
	}
	edits, ok = finish(src, d, []Edit{edit})
	return edits, ok && verify(f, src, d, edits, 0, func(e *facts.Decl) bool {
		return slices.ContainsFunc(e.Type.Fields, func(f facts.Field) bool {
			tag, ok := f.Tag(key)
			return f.Name.Text == field.Name.Text && ok && tag.Value.Text == value
		})
	})
}

// editable reports whether the declaration is a struct that may be edited.
func editable(f *facts.File, src []byte, d *facts.Decl) bool {
	if f.Generated || !f.ValidUTF8 || !Describes(f, src) || d.Type.Kind != facts.StructExpr {
		return false
	}
	body := d.Type.Body
	if int(body.End) >= len(src) || src[body.End] != '}' {
		return false
	}
	return !slices.ContainsFunc(f.Defects, func(defect facts.Defect) bool {
		return defect.Span.End > d.Span.Start && defect.Span.Start < d.Span.End
	})
}

// verify reports whether the edited file still reads as the same one, and whether
// the edited struct, with so many more fields, is as it was meant to be.
func verify(f *facts.File, src []byte, d *facts.Decl, edits []Edit, more int, meant func(*facts.Decl) bool) bool {
	after := Extract(f.Path, Apply(src, edits), Wanted{})
	if len(after.Defects) > len(f.Defects) {
		return false
	}
	return slices.ContainsFunc(after.Decls, func(e facts.Decl) bool {
		return e.Name.Text == d.Name.Text && e.Within == d.Within && len(e.Type.Fields) == len(d.Type.Fields)+more && meant(&e)
	})
}

// shared reports whether a field shares its declaration with others.
func shared(d *facts.Decl, field *facts.Field) bool {
	n := 0
	for i := range d.Type.Fields {
		if d.Type.Fields[i].Span == field.Span {
			n++
		}
	}
	return n != 1
}
