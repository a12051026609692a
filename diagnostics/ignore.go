package diagnostics

import (
	"slices"
	"strings"

	"github.com/rells-dev/rells/index/facts"
	"github.com/rells-dev/rells/index/relation"
)

// ignore is a comment that silences problems: //rells:ignore rule[,rule] reason, or
// //nolint in the ways of golangci-lint.
type ignore struct {
	directive *facts.Directive
	names     []facts.Slot // of rules; of linters where nolint is true
	nolint    bool
	every     bool // //nolint, or //nolint:all: silences every linter
}

const (
	ignoreWord = "rells:ignore"
	nolintWord = "nolint"
	linter     = "rells" // what //nolint calls it
)

// parseIgnore reads a directive, false for one that says something else.
func parseIgnore(d *facts.Directive) (ignore, bool) {
	text := d.Text.Text
	if rest, ok := strings.CutPrefix(text, ignoreWord); ok && (rest == "" || isSpace(rest[0])) {
		start := len(text) - len(strings.TrimLeft(rest, " \t"))
		return ignore{directive: d, names: listed(d.Text, start, endOfList(text, start))}, true
	}
	rest, ok := strings.CutPrefix(text, nolintWord)
	switch {
	case !ok || rest != "" && rest[0] != ':' && !isSpace(rest[0]):
		return ignore{}, false
	case rest == "" || rest[0] != ':':
		return ignore{directive: d, nolint: true, every: true}, true
	}
	rest, _, _ = strings.Cut(rest, "//") // the reason
	i := ignore{directive: d, nolint: true}
	i.names = listed(d.Text, len(nolintWord)+1, len(nolintWord)+len(rest))
	i.every = slices.ContainsFunc(i.names, func(s facts.Slot) bool { return strings.EqualFold(s.Text, "all") })
	return i, true
}

// endOfList is where the names that begin at the given index end and the reason
// begins: at the first space that does not follow a comma.
func endOfList(text string, start int) int {
	for i := start; i < len(text); i++ {
		if isSpace(text[i]) && text[i-1] != ',' {
			return i
		}
	}
	return len(text)
}

// listed are the names between commas in text[start:end].
func listed(text facts.Slot, start, end int) []facts.Slot {
	var names []facts.Slot
	for start < end {
		n := strings.IndexByte(text.Text[start:end], ',')
		if n < 0 {
			n = end - start
		}
		from, to := start, start+n
		for from < to && isSpace(text.Text[from]) {
			from++
		}
		for from < to && isSpace(text.Text[to-1]) {
			to--
		}
		if from < to {
			names = append(names, text.Sub(from, to))
		}
		start += n + 1
	}
	return names
}

func isSpace(b byte) bool { return b == ' ' || b == '\t' }

// word is what the comment begins with.
func (i *ignore) word() string {
	if i.nolint {
		return nolintWord
	}
	return ignoreWord
}

// silences reports whether the name, one of i's, silences problems of the rule.
func (i *ignore) silences(name, rule string) bool {
	if i.nolint {
		return strings.EqualFold(name, linter)
	}
	return name == rule
}

// covers reports whether the comment is about what stands at the place, which is in
// the same file.
func (i *ignore) covers(place relation.Place) bool {
	about := i.directive.About
	return about.Start <= place.Span.Start && place.Span.Start < about.End
}

// hides reports whether the comment silences the problem, which is in its file. What
// is said about such comments is not hidden by them.
func (i *ignore) hides(p *Problem) bool {
	return p.Rule != ignoreUnusedName && i.covers(p.Place) && (i.every ||
		slices.ContainsFunc(i.names, func(name facts.Slot) bool { return i.silences(name.Text, p.Rule) }))
}

// ignores are the comments of a file that silence problems.
func (p *Pass) ignores(path string) []ignore {
	file, ok := p.snapshot.File(path)
	if !ok {
		return nil
	}
	var list []ignore
	for i := range file.Facts.Directives {
		if parsed, ok := parseIgnore(&file.Facts.Directives[i]); ok {
			list = append(list, parsed)
		}
	}
	return list
}

// hide takes out the problems that comments silence.
func (p *Pass) hide() {
	p.problems = slices.DeleteFunc(p.problems, func(problem Problem) bool {
		return slices.ContainsFunc(p.ignores(problem.Place.File), func(i ignore) bool { return i.hides(&problem) })
	})
}
