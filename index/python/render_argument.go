package python

import (
	"bytes"
	"slices"
	"strings"

	"github.com/rells-dev/rells/index/facts"
)

// NewArgument is an argument to be given to a call.
type NewArgument struct {
	Name    string
	Code    string // its value, with strings in double quotes
	Instead string // the argument whose place it takes; "" for the one of Name, or none
}

func (a *NewArgument) text(quote byte) string { return a.Name + "=" + requote(a.Code, quote) }

func (a *NewArgument) replaces(name string) bool {
	return name != "" && (name == a.Name || name == a.Instead)
}

// SetArguments renders a call with other arguments, by their names: one that is there is
// replaced, others come behind the last. A statement that is laid out as black does it
// stays so; in others nothing but the argument changes, which gets a line of its own where
// it would not fit. ok is false where no edit can be certain.
func SetArguments(f *facts.File, src []byte, call *facts.Value, width int, arguments []NewArgument) (after []byte, ok bool) {
	if !editable(f, src) || call.Kind != facts.CallValue {
		return nil, false
	}
	tokens, comments := lex(src)
	first, last := tokensOf(tokens, call.Span)
	if first < 0 || !isSign(src, tokens[last], ")") {
		return nil, false
	}
	if opening := matching(src, tokens[:last+1], last); opening < first || tokens[opening].start < call.Of.Span.End {
		return nil, false // in parentheses as a whole
	}
	quote := usualQuote(src, tokens)
	text, ok := blackened(src, tokens, comments, first, last, width, quote, arguments)
	if ok {
		after = slices.Concat(src[:lineStart(src, call.Span.Start)], withBreaks(src, text), src[call.Span.End:])
	} else {
		after = inPlace(src, call, width, quote, arguments)
	}
	_, ok = reads(f, after)
	return after, ok
}

// tokensOf are the first and the last token of a stretch; -1 where it is none of whole
// tokens.
func tokensOf(tokens []token, span facts.Span) (first, last int) {
	first = slices.IndexFunc(tokens, func(t token) bool { return t.start == span.Start && t.end > t.start })
	last = slices.IndexFunc(tokens, func(t token) bool { return t.end == span.End && t.end > t.start })
	if first < 0 || last < first {
		return -1, -1
	}
	return first, last
}

// withBreaks gives a text the line breaks of the file.
func withBreaks(src []byte, text string) []byte {
	return []byte(strings.ReplaceAll(text, "\n", lineBreak(src)))
}

// blackened lays out the statement that ends with the call, from the start of its line;
// false for a statement that is not laid out so before.
func blackened(src []byte, tokens, comments []token, first, last, width int, quote byte, arguments []NewArgument) (string, bool) {
	start := first
	for start > 0 && tokens[start-1].kind < lineToken && tokens[start-1].kind != endToken {
		start--
	}
	begin, end := tokens[start].start, tokens[last].end
	indent := indentOf(src, begin)
	prefix := string(src[begin:tokens[first].start])
	if lineStart(src, begin)+int32(len(indent)) != begin || strings.ContainsAny(prefix, "\r\n") || tokens[last+1].kind < lineToken && tokens[last+1].kind != endToken ||
		slices.ContainsFunc(comments, func(c token) bool { return begin < c.start && c.start < end }) {
		return "", false
	}
	code, ok := parseCode(src, tokens[first:last+1])
	if !ok {
		return "", false
	}
	style := style{width: width, indent: levelOf(indent)}
	if style.write(indent, prefix, code, "") != strings.ReplaceAll(string(src[lineStart(src, begin):end]), "\r\n", "\n") {
		return "", false
	}
	for _, a := range arguments {
		e := element{text: a.text(quote)}
		at := slices.IndexFunc(code.elements, func(e element) bool {
			name, _, ok := strings.Cut(e.text, "=")
			return ok && a.replaces(name)
		})
		if at < 0 {
			code.elements = append(code.elements, e)
		} else {
			code.elements[at] = e
		}
	}
	return style.write(indent, prefix, code, ""), true
}

// levelOf is the indentation of one level more.
func levelOf(indent string) string {
	if strings.HasPrefix(indent, "\t") {
		return "\t"
	}
	return "    "
}

// inPlace changes the arguments where they stand.
func inPlace(src []byte, call *facts.Value, width int, quote byte, arguments []NewArgument) []byte {
	if !slices.ContainsFunc(bytes.Split(src, []byte("\n")), func(line []byte) bool { return len(line) > pepWidth }) {
		width = min(width, pepWidth)
	}
	type change struct {
		at   facts.Span
		text string
	}
	var changes []change
	for _, a := range arguments {
		i := slices.IndexFunc(call.Args, func(v facts.Value) bool { return a.replaces(v.Key.Text) })
		text := a.text(quote)
		switch {
		case i >= 0:
			at := facts.Span{Start: call.Args[i].Key.Span.Start, End: call.Args[i].Span.End}
			if over(src, at, text, width) {
				text, at.Start = moved(src, call, at.Start, text)
			}
			changes = append(changes, change{at, text})
		case len(call.Args) == 0:
			changes = append(changes, change{facts.Span{Start: call.Span.End - 1, End: call.Span.End - 1}, text})
		default:
			end := call.Args[len(call.Args)-1].Span.End
			at := facts.Span{Start: end, End: end}
			if over(src, at, ", "+text, width) || opensLine(src, firstOf(&call.Args[len(call.Args)-1])) {
				changes = append(changes, change{at, "," + lineBreak(src) + aligned(src, call) + text})
			} else {
				changes = append(changes, change{at, ", " + text})
			}
		}
	}
	slices.SortStableFunc(changes, func(a, b change) int { return int(a.at.Start - b.at.Start) })
	var out []byte
	done := int32(0)
	for _, c := range changes {
		out = append(append(out, src[done:c.at.Start]...), c.text...)
		done = c.at.End
	}
	return append(out, src[done:]...)
}

// pepWidth is the length of lines of those who do without black.
const pepWidth = 79

// firstOf is where an argument begins, its name included.
func firstOf(v *facts.Value) int32 {
	if v.Key.Text != "" {
		return v.Key.Span.Start
	}
	return v.Span.Start
}

// over reports whether a text in place of a stretch makes the line too long.
func over(src []byte, at facts.Span, text string, width int) bool {
	end := int(at.End)
	for end < len(src) && src[end] != '\n' && src[end] != '\r' {
		end++
	}
	return int(at.Start-lineStart(src, at.Start))+len(text)+end-int(at.End) > width
}

// moved puts an argument that begins at an offset on a line of its own, unless it has one.
func moved(src []byte, call *facts.Value, at int32, text string) (string, int32) {
	if opensLine(src, at) || call.Args[0].Span.End >= at {
		return text, at
	}
	start := at
	for start > 0 && src[start-1] == ' ' {
		start--
	}
	return lineBreak(src) + aligned(src, call) + text, start
}

// opensLine reports whether only white space stands before an offset on its line.
func opensLine(src []byte, at int32) bool {
	return len(bytes.TrimSpace(src[lineStart(src, at):at])) == 0
}

// aligned is the white space before an argument on a line of its own: that of the first
// which has one, else as far as the first argument is to the right.
func aligned(src []byte, call *facts.Value) string {
	for i := range call.Args {
		if at := firstOf(&call.Args[i]); opensLine(src, at) {
			return string(src[lineStart(src, at):at])
		}
	}
	at := firstOf(&call.Args[0])
	return strings.Repeat(" ", int(at-lineStart(src, at)))
}
