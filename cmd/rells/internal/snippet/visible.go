package snippet

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/rivo/uniseg"
)

// tab is what a tab is shown as. A fixed width keeps a part of a line as wide by
// itself as it is within the line.
const tab = "    "

// Visible is the text with everything a terminal would act on made visible: tabs
// as spaces, control characters as their pictures (U+2400 ...), bytes that are not
// UTF-8 and characters that change the direction of writing as U+FFFD.
func Visible(text string) string {
	var b strings.Builder
	b.Grow(len(text))
	for _, r := range text {
		switch {
		case r == '\t':
			b.WriteString(tab)
		case r < 0x20:
			b.WriteRune('\u2400' + r)
		case r == 0x7f:
			b.WriteRune('\u2421')
		case unicode.IsControl(r), unicode.Is(unicode.Bidi_Control, r), r == '\u2028', r == '\u2029':
			b.WriteRune(utf8.RuneError)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// Width is the number of terminal columns that a visible text takes.
func Width(text string) int { return uniseg.StringWidth(text) }
