package server

import (
	"context"
	"strings"

	"go.lsp.dev/protocol"

	"github.com/rells-dev/rells/index"
	"github.com/rells-dev/rells/index/facts"
	"github.com/rells-dev/rells/index/relation"
)

// hover answers textDocument/hover inside tags, on the name of a relation, and in texts of code:
// what the option at the cursor means, and what there is to say of the relation.
func (s *server) hover(_ context.Context, w world, p *protocol.HoverParams) (*protocol.Hover, error) {
	at, ok := s.spotAt(w, p.TextDocument.URI, p.Position)
	if !ok {
		return nil, nil
	}
	said, span, ok := explained(w, at)
	if !ok || said.empty() {
		return nil, nil
	}
	return s.hoverOf(said, at, span), nil
}

// explained is what there is to say at a place, and of which stretch it is said.
func explained(w world, at spot) (said page, span facts.Span, ok bool) {
	_, field := at.file.Facts.FieldAt(at.offset)
	if field == nil {
		return explainedText(w, at)
	}
	span = field.Name.Span
	cursor, inTag := w.TagCursor(at.path, at.offset)
	if inTag {
		span = cursor.Word.Span
		said.option(cursor)
	} else if !span.Contains(at.offset) {
		return explainedText(w, at)
	}
	if !inTag || cursor.Dialect != nil {
		for _, r := range w.RelationsAt(at.path, at.offset) {
			said.relation(w.Account(r))
		}
	}
	return said, span, true
}

// explainedText is explained for a text of code: what there is to say of the relation
// whose name it is, or in whose declaration it stands, else of what it names.
func explainedText(w world, at spot) (said page, span facts.Span, ok bool) {
	texts := w.TextsAt(at.path, at.offset)
	told := map[*relation.Relation]bool{}
	for _, m := range texts {
		id := m.Relation
		if m.Role == relation.NameRole {
			id = m.Field
		}
		if r := w.Relation(id, ""); r != nil && !told[r] {
			told[r] = true
			said.relation(w.Account(r))
		}
	}
	if len(texts) == 0 {
		return said, span, false
	}
	if said.empty() {
		said.named(w, &texts[0])
	}
	return said, texts[0].Place.Span, true
}

func (s *server) hoverOf(page page, at spot, span facts.Span) *protocol.Hover {
	content := &protocol.MarkupContent{Kind: protocol.MarkupKindPlainText, Value: page.plain()}
	if s.features.markdownHover {
		content = &protocol.MarkupContent{Kind: protocol.MarkupKindMarkdown, Value: page.markdown()}
	}
	r := at.text.span(span)
	return &protocol.Hover{Contents: content, Range: &r}
}

// page is what a hover says: sections of lines, the first of which is a title.
type page struct{ sections [][]line }

// line is one line of a page. Code is set off from the words before it.
type line struct{ words, code string }

func (p *page) empty() bool { return len(p.sections) == 0 }

// option explains the option in which the cursor stands.
func (p *page) option(c *index.Cursor) {
	if c.Item == nil || c.Item.Option == nil {
		return
	}
	o := c.Item.Option
	section := []line{{code: o.Name}, {words: o.Doc}}
	if o.Deprecated != "" {
		section = append(section, line{words: "now", code: o.Deprecated})
	}
	p.sections = append(p.sections, section)
}

// relation tells about a relation, unless the same has been told of a model that
// embeds the same struct.
func (p *page) relation(a index.Account) {
	r := a.Relation
	section := []line{{words: r.Kind.String(), code: r.ID.Short() + " -> " + r.Target.Name}}
	if a.Join != "" {
		section = append(section, line{words: "joined on", code: a.Join})
	}
	if a.Inverse != nil {
		section = append(section, line{words: "inverse", code: a.Inverse.ID.Short()}, line{words: a.Pairing})
	} else {
		section = append(section, line{words: "inverse " + a.Pairing})
	}
	p.sections = append(p.sections, section)
}

// named tells about the column or the table that the text of a foreign key names.
func (p *page) named(w world, m *relation.Mention) {
	if n := w.Node(m.Field.Model); n != nil {
		owner := n.Model("")
		if f, ok := owner.FieldBySelector(m.Field.Field); ok && f.Column != "" && owner.Table != "" {
			p.sections = append(p.sections, []line{{words: "column", code: owner.Table + "." + f.Column}, {words: "which is", code: m.Field.Short()}})
		}
		return
	}
	for n := range w.Nodes() {
		if owner := n.Model(""); m.Table != "" && owner.Table == m.Table {
			p.sections = append(p.sections, []line{{words: "table", code: m.Table}, {words: "of", code: n.Ref.Name}})
			return
		}
	}
}

func (p *page) plain() string {
	return p.render("\n", "\n\n", func(l line) string { return strings.TrimSpace(l.words + " " + l.code) })
}

func (p *page) markdown() string {
	return p.render("  \n", "\n\n---\n\n", func(l line) string {
		if l.code == "" {
			return l.words
		}
		return strings.TrimSpace(l.words + " `" + l.code + "`")
	})
}

func (p *page) render(newline, gap string, show func(line) string) string {
	sections := make([]string, len(p.sections))
	for i, section := range p.sections {
		lines := make([]string, len(section))
		for j, l := range section {
			lines[j] = show(l)
		}
		sections[i] = strings.Join(lines, newline)
	}
	return strings.Join(sections, gap)
}
