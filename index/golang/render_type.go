package golang

import (
	"slices"

	"github.com/rells-dev/rells/index/facts"
)

// SetType renders the change of a field's type to that of another field. Formatting
// and ok are as for Insert; ok is false, too, where the declaration of the field has
// several names, and where the field is embedded.
func SetType(f *facts.File, src []byte, d *facts.Decl, field *facts.Field, of NewField, qualify Qualify) (edits []Edit, ok bool) {
	if !editable(f, src, d) || field.Open || field.Embedded || shared(d, field) {
		return nil, false
	}
	text, imports, ok := renderType(d, &of, qualify)
	if !ok {
		return nil, false
	}
	for _, im := range imports {
		edits = append(edits, addImport(src, im)...)
	}
	edits, ok = finish(src, d, append(edits, Edit{field.Type.Span, text}))
	return edits, ok && verify(f, src, d, edits, 0, func(e *facts.Decl) bool {
		return slices.ContainsFunc(e.Type.Fields, func(after facts.Field) bool {
			return after.Name.Text == field.Name.Text && after.Literal.Text == field.Literal.Text &&
				int(after.Type.Span.End-after.Type.Span.Start) == len(text)
		})
	})
}
