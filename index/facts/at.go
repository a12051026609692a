package facts

import "iter"

// FieldAt finds the innermost struct field whose declaration, from its name to the
// end of its tag, is at the 0-based byte offset, and the declaration that holds
// it; nil where there is none. Of several names that share a type and a tag, it is
// the one at the offset, else the first.
func (f *File) FieldAt(offset int) (*Decl, *Field) {
	for i := range f.Decls {
		d := &f.Decls[i]
		if !d.Span.Contains(offset) {
			continue
		}
		if field := fieldAt(&d.Type, offset); field != nil {
			return d, field
		}
	}
	return nil, nil
}

func fieldAt(e *Expr, offset int) *Field {
	if e == nil {
		return nil
	}
	var found *Field
	for i := range e.Fields {
		field := &e.Fields[i]
		if !field.Span.Contains(offset) {
			continue
		}
		if inner := fieldAt(&field.Type, offset); inner != nil {
			return inner
		}
		if found == nil || field.Name.Span.Contains(offset) {
			found = field
		}
	}
	if found != nil {
		return found
	}
	return fieldAt(e.Elem, offset)
}

// Fields yields every field of every struct in the file, those of nested structs
// behind the field that holds them.
func (f *File) Fields() iter.Seq[*Field] {
	return func(yield func(*Field) bool) {
		for i := range f.Decls {
			if !f.Decls[i].Type.fields(yield) {
				return
			}
		}
	}
}

func (e *Expr) fields(yield func(*Field) bool) bool {
	for ; e != nil; e = e.Elem {
		for i := range e.Fields {
			if !yield(&e.Fields[i]) || !e.Fields[i].Type.fields(yield) {
				return false
			}
		}
	}
	return true
}
