package report

import (
	"strings"

	"github.com/aymanbagabas/go-udiff"

	"github.com/rells-dev/rells/diagnostics"
)

// proposalLines is how many changed lines of a fix are shown; a title and these
// say enough.
const proposalLines = 8

// proposal is what the text shows of a fix.
type proposal struct {
	title string
	lines []proposedLine
	more  bool // there are lines beyond proposalLines
}

// proposedLine is a line that a fix adds or removes.
type proposedLine struct {
	file   string // absolute
	number int    // 1-based: of a removed line in the file as it is, of an added one as it will be
	sign   string // "+" or "-"
	text   string // without its line end
}

// propose shows the fix of a problem. A fix that changes nothing but what is
// underlined anyway is told by its title alone.
func (t *Text) propose(p diagnostics.Problem) *proposal {
	if t.Fix == nil || !p.Fixable {
		return nil
	}
	fix, ok := t.Fix(p)
	if !ok {
		return nil
	}
	shown := &proposal{title: fix.Title}
	if inPlace(fix, p) {
		return shown
	}
	for _, file := range filesOf(fix) {
		shown.lines = append(shown.lines, t.changedLines(fix, file)...)
	}
	if len(shown.lines) > proposalLines {
		shown.lines, shown.more = shown.lines[:proposalLines], true
	}
	return shown
}

func inPlace(fix diagnostics.Fix, p diagnostics.Problem) bool {
	if len(fix.Edits) != 1 {
		return false
	}
	e := fix.Edits[0]
	return e.Path == p.Place.File && e.Span.Start >= p.Place.Span.Start && e.Span.End <= p.Place.Span.End
}

// filesOf lists the files that a fix edits, in the order of its edits.
func filesOf(fix diagnostics.Fix) []string {
	var files []string
	seen := map[string]bool{}
	for _, e := range fix.Edits {
		if !seen[e.Path] {
			files = append(files, e.Path)
			seen[e.Path] = true
		}
	}
	return files
}

// changedLines are the lines that differ once the edits of one file are made.
func (t *Text) changedLines(fix diagnostics.Fix, path string) []proposedLine {
	file, ok := t.Files(path)
	if !ok {
		return nil
	}
	var edits []udiff.Edit
	for _, e := range fix.Edits {
		if e.Path == path {
			edits = append(edits, udiff.Edit{Start: int(e.Span.Start), End: int(e.Span.End), New: e.NewText})
		}
	}
	before := string(file.Source)
	after, err := udiff.Apply(before, edits)
	if err != nil {
		return nil
	}
	diff, err := udiff.ToUnifiedDiff(path, path, before, udiff.Lines(before, after), 0)
	if err != nil {
		return nil
	}
	var lines []proposedLine
	for _, hunk := range diff.Hunks {
		lines = append(lines, hunkLines(path, hunk)...)
	}
	return lines
}

func hunkLines(path string, hunk *udiff.Hunk) []proposedLine {
	var lines []proposedLine
	old, new := hunk.FromLine, hunk.ToLine
	for _, l := range hunk.Lines {
		text := strings.TrimRight(l.Content, "\r\n")
		switch l.Kind {
		case udiff.Delete:
			lines = append(lines, proposedLine{path, old, "-", text})
			old++
		case udiff.Insert:
			lines = append(lines, proposedLine{path, new, "+", text})
			new++
		case udiff.Equal:
			old, new = old+1, new+1
		}
	}
	return lines
}
