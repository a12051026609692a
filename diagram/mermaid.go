package diagram

import (
	"fmt"
	"io"
	"strings"
)

// Mermaid writes a graph as an entity relationship diagram of Mermaid 11: what GitHub
// and GitLab draw in Markdown. Boxes show keys and relations; models with problems are
// coloured, lines are not, for which Mermaid knows no colours.
func Mermaid(w io.Writer, g *Graph) error {
	var b strings.Builder
	b.WriteString("erDiagram\n")
	names := shortNames(g.Models)
	coloured := map[string][]string{}
	for i := range g.Models {
		m := &g.Models[i]
		fmt.Fprintf(&b, "    m%d[\"%s\"] {\n", i, mermaidText(names[m.ID]))
		for _, f := range m.told() {
			fmt.Fprintf(&b, "        %s %s%s\n", mermaidWord(f.Type), mermaidWord(f.Name), mermaidKeys(&f))
		}
		b.WriteString("    }\n")
		if s := m.severity(); s != "" {
			coloured[s] = append(coloured[s], fmt.Sprintf("m%d", i))
		}
	}
	place := places(g.Models)
	for i := range g.Relations {
		l := &g.Relations[i]
		fmt.Fprintf(&b, "    m%d %s%s%s m%d : \"%s\"\n", place[l.From.Model],
			mermaidFoot(l.From, '|', '}'), mermaidStroke(l), mermaidFoot(l.To, '|', '{'), place[l.To.Model], mermaidText(l.text()))
	}
	for _, s := range severities {
		if len(coloured[s.name]) > 0 {
			fmt.Fprintf(&b, "    classDef %s stroke:%s,stroke-width:2px\n    class %s %s\n", s.name, s.colour, strings.Join(coloured[s.name], ","), s.name)
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// mermaidFoot is one end of a line: what is nearest to the line says whether there may
// be none, what is nearest to the box whether there may be many. many opens towards
// the box.
func mermaidFoot(e End, one, many byte) string {
	near, far := one, byte('|')
	if e.Many {
		near = many
	}
	if e.Optional {
		far = 'o'
	}
	if many == '}' { // at the left of the line
		return string([]byte{near, far})
	}
	return string([]byte{far, near})
}

func mermaidStroke(l *Line) string {
	if l.OneSided {
		return ".."
	}
	return "--"
}

func mermaidKeys(f *Field) string {
	switch {
	case f.Primary && f.Foreign:
		return " PK, FK"
	case f.Primary:
		return " PK"
	case f.Foreign:
		return " FK"
	}
	return ""
}

// mermaidWord is a type or the name of a field in the letters that a word of Mermaid
// may have: a letter, then letters, digits and -_()[].
func mermaidWord(text string) string {
	word := strings.Map(func(r rune) rune {
		switch {
		case 'a' <= r && r <= 'z', 'A' <= r && r <= 'Z', '0' <= r && r <= '9', strings.ContainsRune("-_()[]", r):
			return r
		case r == '*':
			return -1
		}
		return '_'
	}, text)
	word = strings.TrimSuffix(word, "___None") // int | None: the line of the relation says so
	if many, ok := strings.CutPrefix(word, "[]"); ok {
		word = many + "[]"
	}
	if word == "" || !('a' <= word[0] && word[0] <= 'z' || 'A' <= word[0] && word[0] <= 'Z') {
		word = "x" + word
	}
	return word
}

// mermaidText is a text between quotes.
func mermaidText(text string) string {
	return strings.NewReplacer(`"`, "'", "\n", " ", "%", "_", "\\", "/").Replace(text)
}
