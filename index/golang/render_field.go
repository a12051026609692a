package golang

import (
	"bytes"
	"go/token"
	"slices"
	"strconv"
	"strings"

	"github.com/rells-dev/rells/index/facts"
)

// renderField writes a field as one line, without indent, and the imports that its
// type needs.
func renderField(d *facts.Decl, field *NewField, qualify Qualify) (line string, imports []facts.Import, ok bool) {
	taken := slices.ContainsFunc(d.Type.Fields, func(f facts.Field) bool { return f.Name.Text == field.Name })
	typ, imports, ok := renderType(d, field, qualify)
	if taken || !ok || !token.IsIdentifier(field.Name) {
		return "", nil, false
	}
	line = field.Name + " " + typ
	if len(field.Tags) > 0 {
		line += " " + renderTag(field.Tags)
	}
	return line, imports, true
}

// renderType writes the type of a field as the file of d would.
func renderType(d *facts.Decl, field *NewField, qualify Qualify) (text string, imports []facts.Import, ok bool) {
	name := field.Type.Name
	if strings.ContainsAny(name, ".[") {
		// A type of a function can only be named there, an instance of a generic
		// type may name others that are not known here.
		local, ok := strings.CutPrefix(name, d.Within+".")
		if !ok || d.Within == "" || strings.ContainsAny(local, ".[") {
			return "", nil, false
		}
		name = local
	}
	if field.Type.Package != "" {
		qualifier, needed := qualify(field.Type.Package)
		if needed {
			imports = append(imports, newImport(field.Type.Package, qualifier))
		}
		if qualifier != "" {
			name = qualifier + "." + name
		}
	}
	if field.Pointer {
		name = "*" + name
	}
	if field.Slice {
		name = "[]" + name
	}
	return name, imports, name != ""
}

// renderTag writes a tag as a raw string or, where its text cannot stand in one,
// as an interpreted one.
func renderTag(tags []NewTag) string {
	var pairs []string
	for _, tag := range tags {
		pairs = append(pairs, tag.Key+":"+strconv.Quote(tag.Value))
	}
	text := strings.Join(pairs, " ")
	if !strconv.CanBackquote(text) {
		return strconv.Quote(text)
	}
	return "`" + text + "`"
}

// fieldIndex is the index of the named field; -1 for none.
func fieldIndex(d *facts.Decl, name string) int {
	if name == "" {
		return -1
	}
	return slices.IndexFunc(d.Type.Fields, func(f facts.Field) bool { return f.Name.Text == name })
}

// insertion is a line that goes behind a field, -1 for the end of the struct.
type insertion struct {
	after int
	line  string
}

// insertLines puts lines into a struct, formatted no further than by the indent.
func insertLines(src []byte, d *facts.Decl, lines []insertion) []Edit {
	body := d.Type.Body
	newline := lineBreak(src)
	margin := indentOf(src, int(d.Span.Start))
	inner := margin + "\t"
	if n := len(d.Type.Fields); n > 0 {
		if own, ok := ownLine(src, int(d.Type.Fields[n-1].Span.Start)); ok {
			inner = own
		}
	}
	var edits []Edit
	for _, ins := range lines {
		if ins.after >= 0 {
			end := endOfLine(src, int(d.Type.Fields[ins.after].Span.End))
			if end < int(body.End) {
				edits = append(edits, Edit{span(end, end), newline + inner + ins.line})
				continue
			}
		}
		edits = append(edits, Edit{span(0, 0), inner + ins.line + newline})
	}
	return placeAtEnd(src, body, edits, newline, margin)
}

// placeAtEnd gives the edits without a place theirs: in front of the closing
// brace, which is put on a line of its own.
func placeAtEnd(src []byte, body facts.Span, edits []Edit, newline, margin string) []Edit {
	var text strings.Builder
	for _, e := range edits {
		if e.Span.IsZero() {
			text.WriteString(e.New)
		}
	}
	edits = slices.DeleteFunc(edits, func(e Edit) bool { return e.Span.IsZero() })
	if text.Len() == 0 {
		return edits
	}
	content := bytes.TrimRight(src[body.Start:body.End], " \t\r\n")
	end := int(body.Start) + len(content)
	if rest := src[end:body.End]; bytes.IndexByte(rest, '\n') >= 0 {
		// The brace has its line: what is new ends where that begins.
		at := end + bytes.IndexByte(rest, '\n') + 1
		return append(edits, Edit{span(at, at), text.String()})
	}
	return append(edits, Edit{span(end, int(body.End)), newline + text.String() + margin})
}

// endOfLine is the end of the line of i; comments of several lines that begin on it
// belong to it.
func endOfLine(src []byte, i int) int {
	for ; i < len(src) && src[i] != '\r' && src[i] != '\n'; i++ {
		if end := commentEnd(src, i); end > i {
			i = end - 1
		}
	}
	return i
}

// indentOf is the white space that the line of an offset begins with.
func indentOf(src []byte, offset int) string {
	start := bytes.LastIndexByte(src[:offset], '\n') + 1
	end := start
	for end < len(src) && (src[end] == ' ' || src[end] == '\t') {
		end++
	}
	return string(src[start:end])
}

// ownLine is the white space before what stands at an offset, if nothing else
// stands before it on its line.
func ownLine(src []byte, offset int) (string, bool) {
	start := bytes.LastIndexByte(src[:offset], '\n') + 1
	before := string(src[start:offset])
	return before, start > 0 && strings.Trim(before, " \t") == ""
}
