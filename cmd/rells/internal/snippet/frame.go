package snippet

import (
	"bytes"
	"strings"

	"github.com/rells-dev/rells/index/facts"
)

// Frame is one line of source and what to underline in it.
type Frame struct {
	Line     int    // 1-based
	Text     string // without its line end
	From, To int    // half-open byte range in Text
	Mark     rune   // the character that underlines: '^' for the place itself, '-' for a related one
}

// Cut makes the frame of the span in the source. Of a span over several lines
// the frame shows the first. A span outside the source is moved to its nearest end.
func Cut(source []byte, span facts.Span, mark rune) Frame {
	start := clamp(int(span.Start), 0, len(source))
	end := clamp(int(span.End), start, len(source))

	lineStart := bytes.LastIndexByte(source[:start], '\n') + 1
	lineEnd := len(source)
	if i := bytes.IndexByte(source[start:], '\n'); i >= 0 {
		lineEnd = start + i
	}
	text := strings.TrimSuffix(string(source[lineStart:lineEnd]), "\r")
	return Frame{
		Line: bytes.Count(source[:lineStart], []byte{'\n'}) + 1,
		Text: text,
		From: min(start-lineStart, len(text)),
		To:   min(end-lineStart, len(text)),
		Mark: mark,
	}
}

func clamp(n, low, high int) int { return max(low, min(n, high)) }

// Draw gives the two lines under which a frame stands in the gutter: the source,
// and the underline that lines up with it. The underline is at least one column
// wide, so that an empty place can be seen. width is the number of columns there
// are for it, 0 for any number: a longer line is cut around what is underlined.
func (f Frame) Draw(width int) (source, underline string) {
	before, marked, behind := Visible(f.Text[:f.From]), Visible(f.Text[f.From:f.To]), Visible(f.Text[f.To:])
	before, marked, behind = fit(before, marked, strings.TrimRight(behind, " "), width)
	underline = strings.Repeat(" ", Width(before)) + strings.Repeat(string(f.Mark), max(1, Width(marked)))
	return strings.TrimRight(before+marked+behind, " "), underline
}
