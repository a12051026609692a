package report

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/rells-dev/rells/cmd/rells/internal/snippet"
	"github.com/rells-dev/rells/diagnostics"
	"github.com/rells-dev/rells/index/relation"
)

// Text prints problems for people, in the way of a compiler:
//
//	models/models.go:5:38: error: Author.Books: ... [back-populates-unknown]
//	  |
//	5 |     Books []Book `rel:"back_populates:Athor"`
//	  |                                       ^^^^^
//	  |
//	  = fix: change Athor to Author
type Text struct {
	Out   io.Writer
	Files Files
	Base  string // absolute folder that paths are relative to
	Color bool
	Width int // columns of the terminal, 0 for any number
	// Fix finds the first fix of a problem; nil shows none.
	Fix func(diagnostics.Problem) (diagnostics.Fix, bool)
}

// Problem prints one problem and an empty line behind it.
func (t *Text) Problem(p diagnostics.Problem) error {
	paint, proposal := newPalette(t.Color), t.propose(p)
	b := block{paint: paint, margin: t.margin(p, proposal), width: t.Width}

	fmt.Fprintf(&b, "%s: %s %s [%s]\n",
		paint.path(t.at(p.Place)),
		paint.severity(p.Severity, p.Severity.String()+":"),
		paint.message(snippet.Visible(p.Message)),
		paint.rule(p.Rule))
	b.frame(t.frame(p.Place, '^'), func(s string) string { return paint.severity(p.Severity, s) })
	for _, r := range p.Related {
		b.note(t.at(r.Place), snippet.Visible(r.Text))
		b.frame(t.frame(r.Place, '-'), paint.related)
	}
	if proposal != nil {
		t.proposal(&b, proposal, p.Place.File)
	}
	b.WriteByte('\n')
	_, err := io.WriteString(t.Out, b.String())
	return err
}

// proposal writes what would fix a problem that stands in the file.
func (t *Text) proposal(b *block, shown *proposal, file string) {
	b.gutter("", "|", "")
	b.gutter("", "=", b.paint.added("fix:")+" "+snippet.Visible(shown.title))
	for _, l := range shown.lines {
		if l.file != file {
			file = l.file
			b.gutter("", ":::", snippet.Visible(t.path(file)))
		}
		b.change(l)
	}
	if shown.more {
		b.gutter("", "|", "...")
	}
}

// at is the place as "path:line:column", which terminals and editors follow.
func (t *Text) at(place relation.Place) string {
	start := t.Files.rangeOf(place).Start
	return fmt.Sprintf("%s:%d:%d", snippet.Visible(t.path(place.File)), start.Line, start.Column)
}

// path is relative for a file below the base, else absolute: a chain of ".." helps
// nobody.
func (t *Text) path(file string) string {
	if rel := relative(t.Base, file); rel != ".." && !strings.HasPrefix(rel, "../") {
		return rel
	}
	return file
}

// frame is the source at the place, nil for a file that the snapshot does not hold.
func (t *Text) frame(place relation.Place, mark rune) *snippet.Frame {
	f, ok := t.Files(place.File)
	if !ok {
		return nil
	}
	frame := snippet.Cut(f.Source, place.Span, mark)
	return &frame
}

// margin is the number of columns that the line numbers of a problem need.
func (t *Text) margin(p diagnostics.Problem, shown *proposal) int {
	last := t.Files.rangeOf(p.Place).Start.Line
	for _, r := range p.Related {
		last = max(last, t.Files.rangeOf(r.Place).Start.Line)
	}
	if shown != nil {
		for _, l := range shown.lines {
			last = max(last, l.number)
		}
	}
	return len(strconv.Itoa(last))
}
