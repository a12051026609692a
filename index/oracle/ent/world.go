package oracle

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"

	"github.com/rells-dev/rells/index/oracle/ask"
)

// world is a few schemas that ent reads together.
type world struct {
	prefix  string // of the names of its schemas, and of nothing else in the package
	schemas []*schema
	spoilt  string // the mistake that was made on purpose, "" for none

	constants []string // as written, of this package
	foreign   []string // as written, of package names
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
	back    *edge  // the From half of a chain
	spelt   string // the name as written; "" for a text
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

// writer writes a world down.
type writer struct {
	strings.Builder
	*rand.Rand
	*world
}

// source writes the schemas of a world down as a file of package schema, and a file of
// package names that it uses.
func (w *world) source(r *rand.Rand) (schema, names string) {
	b := &writer{Rand: r, world: w}
	b.WriteString("package schema\n\nimport (\n\t\"entgo.io/ent\"\n\t\"entgo.io/ent/dialect/entsql\"\n\t\"entgo.io/ent/schema\"\n" +
		"\t\"entgo.io/ent/schema/edge\"\n\t\"entgo.io/ent/schema/field\"\n\t\"entgo.io/ent/schema/index\"\n\t\"entgo.io/ent/schema/mixin\"\n\n" +
		"\t\"" + ask.ModulePath + "/names\"\n)\n\n" +
		"var (\n\t_ = entsql.Table\n\t_ schema.Annotation\n\t_ = edge.To\n\t_ = field.Int\n\t_ = index.Edges\n\t_ mixin.Schema\n)\n\n")
	fmt.Fprintf(b, "const %[1]sUsed = names.%[1]sUsed\n\n// %[1]sPlain is no schema.\ntype %[1]sPlain struct{}\n\nfunc (%[1]sPlain) Type() {}\n", w.prefix)
	fmt.Fprintf(b, "\nfunc to%s(name string, target any) ent.Edge {\n\treturn edge.To(name, target)\n}\n", w.prefix)
	fmt.Fprintf(b, "\nfunc list%s(first ent.Edge, more ...ent.Edge) []ent.Edge {\n\tlist := []ent.Edge{first}\n\treturn append(list, more...)\n}\n", w.prefix)
	for _, s := range w.schemas {
		s.write(b)
	}
	if len(w.constants) > 0 {
		fmt.Fprintf(b, "\nconst (\n\t%s\n)\n", strings.Join(w.constants, "\n\t"))
	}
	return b.String(), fmt.Sprintf("package names\n\nconst %sUsed = 1\n\nconst (\n\t%s\n)\n", w.prefix, strings.Join(w.foreign, "\n\t"))
}

// text writes a text down: as it is, or as a constant of this package or another.
func (b *writer) text(s string) string {
	name := fmt.Sprintf("%sText%d", b.prefix, len(b.constants)+len(b.foreign))
	defined := name + " = " + quoted(s)
	switch b.IntN(8) {
	case 0:
		b.constants = append(b.constants, defined)
		return name
	case 1:
		b.foreign = append(b.foreign, defined)
		return "names." + name
	}
	return quoted(s)
}

func (s *schema) write(b *writer) {
	fmt.Fprintf(b, "\ntype %s struct{ ent.Schema }\n", s.name)
	if s.mixed+s.mixedFields > 0 {
		s.writeMixin(b)
	}
	writeFields(b, s.name, s.fields[s.mixedFields:])
	writeEdges(b, s.name, s.edges[s.mixed:], s.style)
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

// writeMixin writes the mixin of a schema, which may be handed the name of its first edge.
func (s *schema) writeMixin(b *writer) {
	mixin, value := strings.ToLower(s.name)+"Mixin", ""
	if s.mixed > 0 && b.IntN(2) == 0 {
		first := s.edges[0]
		first.spelt = "m.first"
		value = "first: " + b.text(first.name)
	}
	literal := fmt.Sprintf("%s{%s}", mixin, value)
	if b.IntN(2) == 0 {
		fmt.Fprintf(b, "\nfunc new%[1]s() ent.Mixin {\n\treturn %[2]s\n}\n", mixin, literal)
		literal = "new" + mixin + "()"
	}
	fmt.Fprintf(b, "\nfunc (%s) Mixin() []ent.Mixin {\n\treturn []ent.Mixin{%s}\n}\n\ntype %s struct {\n\tmixin.Schema\n\tfirst string\n}\n", s.name, literal, mixin)
	writeFields(b, mixin, s.fields[:s.mixedFields])
	writeEdges(b, "m "+mixin, s.edges[:s.mixed], literalList)
}

func writeFields(b *writer, receiver string, fields []*field) {
	if len(fields) == 0 {
		return
	}
	fmt.Fprintf(b, "\nfunc (%s) Fields() []ent.Field {\n\treturn []ent.Field{\n", receiver)
	for _, f := range fields {
		text := fmt.Sprintf("field.%s(%s", f.call, b.text(f.name))
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

// The ways in which people return a list of edges.
const (
	literalList = iota
	appendedList
	variableList
	functionList
	listStyles
)

// writeEdges writes the edges in one of the ways in which people return a list.
func writeEdges(b *writer, receiver string, edges []*edge, style int) {
	if len(edges) == 0 {
		return
	}
	fmt.Fprintf(b, "\nfunc (%s) Edges() []ent.Edge {\n", receiver)
	var texts []string
	for _, e := range edges {
		texts = append(texts, e.source(b))
	}
	switch half := len(texts) / 2; style {
	case appendedList:
		fmt.Fprintf(b, "\treturn append([]ent.Edge{\n\t\t%s\n\t}, []ent.Edge{\n\t\t%s\n\t}...)", listed(texts[:half]), listed(texts[half:]))
	case variableList:
		fmt.Fprintf(b, "\tvar list []ent.Edge\n\tfirst := %s\n\tlist = append(list, first)\n", texts[0])
		if len(texts) > 1 {
			fmt.Fprintf(b, "\tlist = append(list,\n\t\t%s\n\t)\n", listed(texts[1:]))
		}
		b.WriteString("\treturn list")
	case functionList:
		fmt.Fprintf(b, "\treturn list%s(\n\t\t%s\n\t)", b.prefix, listed(texts))
	default:
		fmt.Fprintf(b, "\treturn []ent.Edge{\n\t\t%s\n\t}", listed(texts))
	}
	b.WriteString("\n}\n")
}

// listed writes elements of a list down, one on a line.
func listed(texts []string) string {
	if len(texts) == 0 {
		return ""
	}
	return strings.Join(texts, ",\n\t\t") + ","
}

func (e *edge) source(b *writer) string {
	constructor := "To"
	if e.from {
		constructor = "From"
	}
	name := e.spelt
	if name == "" {
		name = b.text(e.name)
	}
	if !e.from && len(e.options) == 0 && e.back == nil && b.IntN(3) == 0 {
		return fmt.Sprintf("to%s(%s, %s.Type)", b.prefix, name, e.target)
	}
	text := fmt.Sprintf("edge.%s(%s, %s.Type)", constructor, name, e.target)
	text += e.calls(b)
	if e.back != nil {
		text += fmt.Sprintf(".From(%s)", b.text(e.back.name)) + e.back.calls(b)
	}
	return text
}

// calls writes the options in any order, on one line or on several.
func (e *edge) calls(b *writer) string {
	options := append([]option(nil), e.options...)
	b.Shuffle(len(options), func(i, j int) { options[i], options[j] = options[j], options[i] })
	dot := "."
	if b.IntN(2) == 0 {
		dot = ".\n\t\t\t"
	}
	text := ""
	for _, o := range options {
		args := o.args
		if s, err := strconv.Unquote(args); err == nil {
			args = b.text(s)
		}
		text += dot + o.name + "(" + args + ")"
	}
	return text
}

// of reports whether a schema belongs to the world.
func (w *world) of(name string) bool { return strings.HasPrefix(name, w.prefix) }
