package gorm

import (
	"fmt"

	"github.com/rells-dev/rells/index/dialect"
	"github.com/rells-dev/rells/index/facts"
	"github.com/rells-dev/rells/index/relation"
)

// nilTableName reports a TableName that the model has from a struct which it
// embeds by pointer. GORM asks a new value of the model for its table
// (schema/schema.go, ParseWithSpecialTableName), in which that pointer is nil: Go
// panics on the way to a method that is declared on the struct itself.
func (sch *schema) nilTableName() {
	t := sch.typ
	m, ok := t.Method("TableName")
	if !ok || m.Pointer || m.Params > 1 || len(m.Results) != 1 || m.Results[0].Name != "string" {
		return
	}
	path := promotion(t, m, maxEmbedding)
	for n, f := range path {
		if f.Type.Shape() != facts.Pointer {
			continue
		}
		names := make([]string, n+1)
		for i, on := range path[:n+1] {
			names[i] = on.Name.Text
		}
		sch.mistakes = append(sch.mistakes, relation.Mistake{
			Kind:  relation.EmbeddedInvalid,
			Field: relation.FieldID{Model: t.Ref(), Field: dialect.Selector(t, names)},
			Place: relation.Place{File: f.File.Path, Span: f.Name.Span},
			Text: fmt.Sprintf("GORM asks a new %s for its TableName, which panics on the nil %s that it is promoted from; "+
				"embed %s without pointer or declare TableName on %s", dialect.TypeName(t), f.Type, f.Name.Text, dialect.TypeName(t)),
		})
		return
	}
}

// promotion lists the embedded fields through which a type has a method, nil for
// a method of its own.
func promotion(t facts.Type, m facts.Method, depth int) []facts.StructField {
	if _, d := t.Decl(); depth == 0 || d == nil || d.Name.Text == m.Receiver {
		return nil
	}
	for _, f := range t.Fields() {
		base := dialect.Indirect(f.Type)
		if !f.Embedded || base == nil {
			continue
		}
		if promoted, ok := base.Method(m.Name.Text); ok && promoted.Receiver == m.Receiver && promoted.Name.Span == m.Name.Span {
			return append([]facts.StructField{f}, promotion(base, m, depth-1)...)
		}
	}
	return nil
}
