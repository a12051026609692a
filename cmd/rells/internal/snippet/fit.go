package snippet

import (
	"strings"

	"github.com/rivo/uniseg"
)

// ellipsis stands where a line was cut.
const ellipsis = "..."

// context is how many columns before the underlined part are kept at least when
// a line is cut.
const context = 24

// fit cuts a line of three visible parts to width columns. The marked part is
// the last to be cut; then follow some context before it, and what comes behind.
func fit(before, marked, behind string, width int) (string, string, string) {
	if width <= 0 || Width(before)+Width(marked)+Width(behind) <= width {
		return before, marked, behind
	}
	marked = keepStart(marked, width)
	room := width - Width(marked)
	before = keepEnd(before, max(min(context, room), room-Width(behind)))
	behind = keepStart(behind, room-Width(before))
	return before, marked, behind
}

// keepStart cuts the end of the text so that it takes at most width columns.
func keepStart(text string, width int) string {
	if Width(text) <= width {
		return text
	}
	if width < len(ellipsis) {
		return ""
	}
	var kept strings.Builder
	columns := len(ellipsis)
	for clusters := uniseg.NewGraphemes(text); clusters.Next(); {
		if columns += clusters.Width(); columns > width {
			break
		}
		kept.WriteString(clusters.Str())
	}
	return kept.String() + ellipsis
}

// keepEnd cuts the start of the text so that it takes at most width columns.
func keepEnd(text string, width int) string {
	if Width(text) <= width {
		return text
	}
	if width < len(ellipsis) {
		return ""
	}
	columns := Width(text) + len(ellipsis)
	for clusters := uniseg.NewGraphemes(text); columns > width && clusters.Next(); {
		columns -= clusters.Width()
		_, end := clusters.Positions()
		if columns <= width {
			return ellipsis + text[end:]
		}
	}
	return ellipsis
}
