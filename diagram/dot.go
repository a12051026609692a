package diagram

import (
	"fmt"
	"html"
	"io"
	"strings"
)

// DOT writes a graph in the language of Graphviz. Boxes show keys and relations; what
// has problems is coloured, in boxes the very field.
func DOT(w io.Writer, g *Graph) error {
	var b strings.Builder
	b.WriteString("digraph rells {\n" +
		"  graph [rankdir=LR, nodesep=0.4, ranksep=1.2]\n" +
		"  node [shape=plain, fontname=\"Helvetica\", fontsize=11]\n" +
		"  edge [dir=both, fontname=\"Helvetica\", fontsize=9, color=\"#667085\"]\n")
	names := shortNames(g.Models)
	for i := range g.Models {
		m := &g.Models[i]
		fmt.Fprintf(&b, "  %s [label=<%s>, tooltip=%s]\n", dotText(m.ID), dotTable(m, names[m.ID]), dotText(m.tooltip()))
	}
	for i := range g.Relations {
		l := &g.Relations[i]
		fmt.Fprintf(&b, "  %s -> %s [arrowtail=%s, arrowhead=%s%s]\n",
			dotText(l.From.Model), dotText(l.To.Model), dotFoot(l.From), dotFoot(l.To), dotStyle(l))
	}
	b.WriteString("}\n")
	_, err := io.WriteString(w, b.String())
	return err
}

// dotTable is a box as a table of HTML, as Graphviz understands it.
func dotTable(m *Model, name string) string {
	var b strings.Builder
	border := colourOf(m.severity(), "#667085")
	fmt.Fprintf(&b, `<table border="1" cellborder="0" cellspacing="0" cellpadding="3" color="%s"><tr><td bgcolor="#eef1f6"><b>%s</b></td></tr>`, border, html.EscapeString(name))
	for _, f := range m.told() {
		row := html.EscapeString(f.Name)
		switch {
		case f.Primary:
			row = "<u>" + row + "</u>"
		case f.Foreign:
			row = "<i>" + row + "</i>"
		}
		fmt.Fprintf(&b, `<tr><td align="left"><font color="%s">%s</font></td></tr>`, colourOf(m.fieldSeverity(f.Name), "#101828"), row)
	}
	b.WriteString("</table>")
	return b.String()
}

// dotFoot is an arrow in crow's-foot notation: what is nearest to the box comes first.
func dotFoot(e End) string {
	near, far := "tee", "tee"
	if e.Many {
		near = "crow"
	}
	if e.Optional {
		far = "odot"
	}
	return near + far
}

func dotStyle(l *Line) string {
	style := ""
	if l.OneSided {
		style += ", style=dashed"
	}
	if l.Severity != "" {
		style += fmt.Sprintf(", color=%q, penwidth=2", colourOf(l.Severity, ""))
	}
	if l.Label != "" {
		style += ", label=" + dotText(l.Label)
	}
	return style + ", tooltip=" + dotText(l.text())
}

// dotText is a quoted string, in which Graphviz knows few escapes.
func dotText(text string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`).Replace(text) + `"`
}
