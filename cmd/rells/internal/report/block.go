package report

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/rells-dev/rells/cmd/rells/internal/snippet"
)

// block is the text of one problem while it grows.
type block struct {
	strings.Builder
	paint  *palette
	margin int // columns of the line numbers
	width  int // of the terminal, 0 for any
}

// frame draws a line of source and the underline in its colour.
func (b *block) frame(f *snippet.Frame, mark func(string) string) {
	if f == nil {
		return
	}
	source, underline := f.Draw(b.room())
	b.gutter("", "|", "")
	b.gutter(strconv.Itoa(f.Line), "|", source)
	bare := strings.TrimLeft(underline, " ")
	b.gutter("", "|", underline[:len(underline)-len(bare)]+mark(bare))
}

// note leads over to another place.
func (b *block) note(at, text string) {
	b.gutter("", "|", "")
	b.gutter("", ":::", at+": "+text)
}

// change writes a line that a fix adds or removes.
func (b *block) change(l proposedLine) {
	paint := b.paint.added
	if l.sign == "-" {
		paint = b.paint.removed
	}
	text, _ := snippet.Frame{Text: l.text}.Draw(b.room())
	b.line(b.paint.gutter(b.aligned(strconv.Itoa(l.number)))+" "+paint(l.sign), paint(text))
}

// room is the number of columns beside the gutter, 0 for any.
func (b *block) room() int {
	if b.width == 0 {
		return 0
	}
	return max(b.width-b.margin-len(" | "), 1)
}

// gutter writes one line with a line number, or nothing, in the margin.
func (b *block) gutter(number, edge, text string) {
	b.line(b.paint.gutter(b.aligned(number)+" "+edge), text)
}

// aligned is a line number, or nothing, as wide as the margin.
func (b *block) aligned(number string) string { return fmt.Sprintf("%*s", b.margin, number) }

func (b *block) line(margin, text string) {
	b.WriteString(margin)
	if text != "" {
		b.WriteString(" " + text)
	}
	b.WriteByte('\n')
}
