package golang

import (
	"slices"

	"github.com/rells-dev/rells/index/facts"
)

// Reword renders the replacement of stretches inside the tags of a struct, which
// must not overlap. Formatting is as for Insert, except where the struct is
// malformed: there nothing but the stretches changes. ok is false, too, for a
// stretch that lies in no tag of the struct, and for a text that would not read
// back as what it is.
func Reword(f *facts.File, src []byte, d *facts.Decl, words []Edit) (edits []Edit, ok bool) {
	if f.Generated || !f.ValidUTF8 || f.Hash != hash(src) {
		return nil, false
	}
	tagged := taggedFields(&d.Type)
	var rough []Edit
	for _, w := range words {
		i := slices.IndexFunc(tagged, func(field *facts.Field) bool { return covers(field.Literal, w.Span) })
		if i < 0 {
			return nil, false
		}
		rough = append(rough, inLiteral(src, tagged[i], w.Span, w.New))
	}
	edits = rough
	if editable(f, src, d) {
		if edits, ok = finish(src, d, rough); !ok {
			edits = rough
		}
	}
	return edits, verify(f, src, d, edits, 0, func(e *facts.Decl) bool {
		return slices.EqualFunc(tagged, taggedFields(&e.Type), func(before, after *facts.Field) bool {
			return after.Literal.Text == reworded(before.Literal, words)
		})
	})
}

// taggedFields lists the fields that have a tag, those of structs inside the struct
// included.
func taggedFields(e *facts.Expr) []*facts.Field {
	var tagged []*facts.Field
	for ; e != nil; e = e.Elem {
		for i := range e.Fields {
			field := &e.Fields[i]
			tagged = append(tagged, taggedFields(&field.Type)...)
			if !field.Literal.IsZero() {
				tagged = append(tagged, field)
			}
		}
	}
	return tagged
}

// covers reports whether a span lies in the literal of a tag.
func covers(literal facts.Slot, s facts.Span) bool {
	return literal.Span.Start <= s.Start && s.End <= literal.Span.End
}

// reworded is the text of a tag after those replacements that lie in it.
func reworded(literal facts.Slot, words []Edit) string {
	var inside []Edit
	for _, w := range words {
		if covers(literal, w.Span) {
			at := span(literal.Index(int(w.Span.Start)), literal.Index(int(w.Span.End)))
			inside = append(inside, Edit{at, w.New})
		}
	}
	return string(Apply([]byte(literal.Text), inside))
}
