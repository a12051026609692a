package sqlalchemy

import (
	"slices"

	"github.com/rells-dev/rells/index/facts"
)

// byAnnotation adds what the annotation of a column says besides its type, itself or by
// another name that a variable gives it:
//
//	intpk = Annotated[int, mapped_column(primary_key=True)]
//
//	id: Mapped[intpk]
func (t *table) byAnnotation(g *mappers, file *facts.File, c *column, v *facts.Value) {
	for range mostBases {
		if v = optional(v); v == nil {
			return
		}
		if v.Kind == facts.IndexValue {
			t.inBrackets(g, file, c, v)
			return
		}
		named, ok := g.resolve(file, v.Dotted())
		if !ok {
			return
		}
		at, d := named.Decl()
		switch {
		case d == nil || d.Value == nil:
			return // a type
		case d.Value.Kind == facts.CallValue || d.Value.Kind == facts.UnknownValue:
			t.unsure = true // it may bring a foreign key
			return
		}
		file, v = at, d.Value
	}
}

// inBrackets adds what stands behind the type in Annotated[...].
func (t *table) inBrackets(g *mappers, file *facts.File, c *column, v *facts.Value) {
	if lastPart(v.Of.Dotted()) != "Annotated" {
		return
	}
	if a := c.attribute; file == a.file && v.Span.Start >= a.annotation.Span.Start && v.Span.End <= a.annotation.Span.End && importsLater(file) {
		t.unsure = true // of a text SQLAlchemy takes the brackets apart, and loses what is in them (orm/util.py, _cleanup_mapped_str_annotation)
		return
	}
	for i := 1; i < len(v.Args); i++ {
		switch arg := &v.Args[i]; {
		case arg.Kind == facts.CallValue && g.library(file, arg.Of) == "mapped_column":
			t.declare(g, file, c, arg)
		case arg.Kind == facts.NamedValue && g.isVariable(file, arg), arg.Spread:
			t.unsure = true
		}
	}
}

// importsLater reports whether annotations of the file are texts to Python.
func importsLater(file *facts.File) bool {
	return slices.ContainsFunc(file.Imports, func(i facts.Import) bool { return i.Path.Text == "__future__" && i.Member.Text == "annotations" })
}
