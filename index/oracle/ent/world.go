package oracle

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// world is a few schemas that ent reads together.
type world struct {
	prefix  string // of the names of its schemas, and of nothing else in the package
	schemas []*schema
	spoilt  string // the mistake that was made on purpose, "" for none
}

// schema is a schema before it is written down.
type schema struct {
	name        string
	fields      []*field
	edges       []*edge
	indexes     []string // names that index.Edges lists, one each
	annotations []string // as written
	table       string   // of Config, "" for none
	mixed       int      // how many of the fields and edges stand in a mixin
	mixedFields int
	style       int // of the body of Edges
}

type field struct {
	call    string // "Int"
	name    string
	options []string // as written: "Optional()"
}

// edge is a To or From edge, or, with back, a chain of both.
type edge struct {
	from    bool
	name    string
	target  string // name of a type
	options []option
	back    *edge // the From half of a chain
}

// option is one call behind To or From.
type option struct{ name, args string }

func (e *edge) set(name string, args ...string) *edge {
	e.options = append(e.options, option{name, strings.Join(args, ", ")})
	return e
}

func (e *edge) drop(name string) {
	kept := e.options[:0]
	for _, o := range e.options {
		if o.name != name {
			kept = append(kept, o)
		}
	}
	e.options = kept
}

func (e *edge) has(name string) bool {
	for _, o := range e.options {
		if o.name == name {
			return true
		}
	}
	return false
}

func quoted(s string) string { return fmt.Sprintf("%q", s) }

// source writes the schemas of a world down as a file of package schema.
func (w *world) source(r *rand.Rand) string {
	var b strings.Builder
	b.WriteString("package schema\n\nimport (\n\t\"entgo.io/ent\"\n\t\"entgo.io/ent/dialect/entsql\"\n\t\"entgo.io/ent/schema\"\n" +
		"\t\"entgo.io/ent/schema/edge\"\n\t\"entgo.io/ent/schema/field\"\n\t\"entgo.io/ent/schema/index\"\n\t\"entgo.io/ent/schema/mixin\"\n)\n\n" +
		"var (\n\t_ = entsql.Table\n\t_ schema.Annotation\n\t_ = edge.To\n\t_ = field.Int\n\t_ = index.Edges\n\t_ mixin.Schema\n)\n\n")
	fmt.Fprintf(&b, "// %sPlain is no schema.\ntype %sPlain struct{}\n\nfunc (%sPlain) Type() {}\n", w.prefix, w.prefix, w.prefix)
	for _, s := range w.schemas {
		s.write(&b, r)
	}
	return b.String()
}

func (s *schema) write(b *strings.Builder, r *rand.Rand) {
	fmt.Fprintf(b, "\ntype %s struct{ ent.Schema }\n", s.name)
	if s.mixed+s.mixedFields > 0 {
		mixin := strings.ToLower(s.name) + "Mixin"
		fmt.Fprintf(b, "\nfunc (%s) Mixin() []ent.Mixin {\n\treturn []ent.Mixin{%s{}}\n}\n\ntype %s struct{ mixin.Schema }\n", s.name, mixin, mixin)
		writeFields(b, mixin, s.fields[:s.mixedFields])
		writeEdges(b, mixin, s.edges[:s.mixed], 0, r)
	}
	writeFields(b, s.name, s.fields[s.mixedFields:])
	writeEdges(b, s.name, s.edges[s.mixed:], s.style, r)
	if len(s.indexes) > 0 {
		fmt.Fprintf(b, "\nfunc (%s) Indexes() []ent.Index {\n\treturn []ent.Index{\n", s.name)
		for _, name := range s.indexes {
			fmt.Fprintf(b, "\t\tindex.Edges(%q),\n", name)
		}
		b.WriteString("\t}\n}\n")
	}
	if len(s.annotations) > 0 {
		fmt.Fprintf(b, "\nfunc (%s) Annotations() []schema.Annotation {\n\treturn []schema.Annotation{%s}\n}\n", s.name, strings.Join(s.annotations, ", "))
	}
	if s.table != "" {
		fmt.Fprintf(b, "\nfunc (%s) Config() ent.Config {\n\treturn ent.Config{Table: %q}\n}\n", s.name, s.table)
	}
}

func writeFields(b *strings.Builder, receiver string, fields []*field) {
	if len(fields) == 0 {
		return
	}
	fmt.Fprintf(b, "\nfunc (%s) Fields() []ent.Field {\n\treturn []ent.Field{\n", receiver)
	for _, f := range fields {
		text := fmt.Sprintf("field.%s(%q", f.call, f.name)
		if f.call == "JSON" {
			text += ", []string{}"
		}
		text += ")"
		for _, o := range f.options {
			text += "." + o
		}
		fmt.Fprintf(b, "\t\t%s,\n", text)
	}
	b.WriteString("\t}\n}\n")
}

// writeEdges writes the edges in one of the ways in which people return a list.
func writeEdges(b *strings.Builder, receiver string, edges []*edge, style int, r *rand.Rand) {
	if len(edges) == 0 {
		return
	}
	fmt.Fprintf(b, "\nfunc (%s) Edges() []ent.Edge {\n", receiver)
	first := edges
	if style == 1 {
		first = edges[:len(edges)/2]
		b.WriteString("\treturn append([]ent.Edge{\n")
	} else {
		b.WriteString("\treturn []ent.Edge{\n")
	}
	for _, e := range first {
		fmt.Fprintf(b, "\t\t%s,\n", e.source(r))
	}
	b.WriteString("\t}")
	if style == 1 {
		for _, e := range edges[len(first):] {
			fmt.Fprintf(b, ",\n\t\t%s", e.source(r))
		}
		b.WriteString(",\n\t)")
	}
	b.WriteString("\n}\n")
}

func (e *edge) source(r *rand.Rand) string {
	constructor := "To"
	if e.from {
		constructor = "From"
	}
	text := fmt.Sprintf("edge.%s(%q, %s.Type)", constructor, e.name, e.target)
	text += e.calls(r)
	if e.back != nil {
		text += fmt.Sprintf(".From(%q)", e.back.name) + e.back.calls(r)
	}
	return text
}

// calls writes the options in any order, on one line or on several.
func (e *edge) calls(r *rand.Rand) string {
	options := append([]option(nil), e.options...)
	r.Shuffle(len(options), func(i, j int) { options[i], options[j] = options[j], options[i] })
	dot := "."
	if r.IntN(2) == 0 {
		dot = ".\n\t\t\t"
	}
	text := ""
	for _, o := range options {
		text += dot + o.name + "(" + o.args + ")"
	}
	return text
}
