package python

import (
	"strings"
	"unicode/utf8"
)

// Code is laid out as black does it (version 23, "stable" style): what fits into a line
// stands in one, else what is in the brackets goes to a line of its own, else each element
// does, with a comma behind it. A comma behind the last element keeps them apart.

// DefaultWidth is how many characters a line may have where no project says it.
const DefaultWidth = 88

// bracketed is an expression that ends with brackets: a call, a list.
type bracketedCode struct {
	head     string // what stands before the brackets: relationship
	open     string
	elements []element
	close    string
	comma    bool // the last element has a comma behind it
}

// element is one element in brackets.
type element struct {
	text  string         // in one line
	key   string         // what stands before a bracketed value: "backref="
	value *bracketedCode // nil for one that is not bracketed
}

// parseCode reads an expression that ends with brackets; false for any other, and for one
// that holds a comment or an element that takes several lines without brackets.
func parseCode(src []byte, tokens []token) (*bracketedCode, bool) {
	n := len(tokens)
	if n < 2 || !isSign(src, tokens[n-1], ")", "]", "}") {
		return nil, false
	}
	opening := matching(src, tokens, n-1)
	if opening < 0 {
		return nil, false
	}
	code := &bracketedCode{open: spell(src, tokens[opening]), close: spell(src, tokens[n-1])}
	if opening > 0 {
		head := src[tokens[0].start:tokens[opening].start]
		if strings.ContainsAny(string(head), "\n\r \t") {
			return nil, false
		}
		code.head = string(head)
	}
	return code, code.read(src, tokens[opening+1:n-1])
}

// read reads the elements between the brackets.
func (c *bracketedCode) read(src []byte, tokens []token) bool {
	nested, from := 0, 0
	for i := 0; i <= len(tokens); i++ {
		switch {
		case i == len(tokens):
			if from < i {
				return c.add(src, tokens[from:i])
			}
			c.comma = i > 0
		case isSign(src, tokens[i], "(", "[", "{"):
			nested++
		case isSign(src, tokens[i], ")", "]", "}"):
			nested--
		case isSign(src, tokens[i], ",") && nested == 0:
			if from == i || !c.add(src, tokens[from:i]) {
				return false
			}
			from = i + 1
		}
	}
	return true
}

// add adds an element.
func (c *bracketedCode) add(src []byte, tokens []token) bool {
	text := string(src[tokens[0].start:tokens[len(tokens)-1].end])
	if strings.HasPrefix(text, "*") || strings.Contains(text, "#") {
		return false // a comma behind it is not everywhere allowed; a comment
	}
	e := element{text: text}
	value := tokens
	if len(tokens) > 2 && tokens[0].kind == nameToken && isSign(src, tokens[1], "=") {
		e.key, value = spell(src, tokens[0])+"=", tokens[2:]
	}
	if v, ok := parseCode(src, value); ok {
		e.value, e.text = v, e.key+v.flat()
	} else if strings.ContainsAny(text, "\n\r") {
		return false
	}
	c.elements = append(c.elements, e)
	return true
}

// flat is the expression in one line.
func (c *bracketedCode) flat() string {
	texts := make([]string, len(c.elements))
	for i, e := range c.elements {
		texts[i] = e.text
	}
	return c.head + c.open + strings.Join(texts, ", ") + c.close
}

// keeps reports whether a comma behind a last element keeps elements apart.
func (c *bracketedCode) keeps() bool {
	if c.comma {
		return true
	}
	for _, e := range c.elements {
		if e.value != nil && e.value.keeps() {
			return true
		}
	}
	return false
}

// style is how lines are laid out.
type style struct {
	width  int
	indent string // of one level
	splits bool   // texts may be put together of several literals
}

// write lays out an expression behind a prefix, in a block with an indentation.
func (l style) write(indent, prefix string, c *bracketedCode, suffix string) string {
	line := indent + prefix + c.flat() + suffix
	if !c.keeps() && l.fits(line) || len(c.elements) == 0 {
		return line
	}
	inner := indent + l.indent
	head := indent + prefix + c.head + c.open + "\n"
	body := inner + strings.TrimSuffix(strings.TrimPrefix(c.flat(), c.head+c.open), c.close)
	if !c.keeps() && l.fits(body) {
		return head + body + "\n" + indent + c.close + suffix
	}
	var b strings.Builder
	b.WriteString(head)
	for _, e := range c.elements {
		comma := ","
		if len(c.elements) == 1 && !c.comma {
			comma = ""
		}
		switch {
		case e.value != nil:
			b.WriteString(l.write(inner, e.key, e.value, comma))
		case l.splits && !l.fits(inner+e.text+comma):
			b.WriteString(l.split(inner, e.text, comma))
		default:
			b.WriteString(inner + e.text + comma)
		}
		b.WriteString("\n")
	}
	return b.String() + indent + c.close + suffix
}

// split lays out an argument that is a plain text and too long for its line: as literals in
// parentheses, each of which ends behind a space. What is no such text stays as it is.
func (l style) split(indent, argument, suffix string) string {
	whole := indent + argument + suffix
	key, literal, _ := strings.Cut(argument, "=")
	quote := literal[:min(1, len(literal))]
	if quote != "'" && quote != `"` || strings.Contains(literal, `\`) {
		return whole
	}
	inner := indent + l.indent
	lines := []string{inner + quote}
	for _, word := range strings.SplitAfter(strings.Trim(literal, quote), " ") {
		last := &lines[len(lines)-1]
		if !l.fits(*last+word+quote) && *last != inner+quote {
			*last += quote
			lines = append(lines, inner+quote)
			last = &lines[len(lines)-1]
		}
		*last += word
	}
	if len(lines) == 1 && !l.fits(lines[0]+quote) {
		return whole
	}
	return indent + key + "=(\n" + strings.Join(lines, "\n") + quote + "\n" + indent + ")" + suffix
}

func (l style) fits(line string) bool {
	return utf8.RuneCountInString(strings.ReplaceAll(line, "\t", "        ")) <= l.width
}

func spell(src []byte, t token) string { return string(src[t.start:t.end]) }

func isSign(src []byte, t token, signs ...string) bool {
	if t.kind != signToken {
		return false
	}
	for _, s := range signs {
		if spell(src, t) == s {
			return true
		}
	}
	return false
}

// matching is the index of the bracket that a closing one closes; -1 for none.
func matching(src []byte, tokens []token, closing int) int {
	nested := 0
	for i := closing; i >= 0; i-- {
		switch {
		case isSign(src, tokens[i], ")", "]", "}"):
			nested++
		case isSign(src, tokens[i], "(", "[", "{"):
			if nested--; nested == 0 {
				return i
			}
		}
	}
	return -1
}
