package pop

import (
	_ "embed"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// pop forms names with github.com/gobuffalo/flect. That library reads inflections.json
// and acronyms.json from the working directory as soon as it is linked in, and prints
// to stdout when it cannot: nothing for a language server, which runs in the folders of
// others. So its few rules stand here, and its words in flect.txt, written by
// index/oracle/pop/inflect; the oracle holds both against the library.

//go:embed flect.txt
var flectWords string

// inflections are flect's words.
type inflections struct {
	acronyms map[string]bool
	plurals  map[string]string // by singular
	known    map[string]bool   // plurals from which the singular is known
	suffixes []suffix          // the first that fits counts
}

// suffix is one rule for what words end in.
type suffix struct{ from, to string }

var words = sync.OnceValue(func() *inflections {
	w := &inflections{acronyms: map[string]bool{}, plurals: map[string]string{}, known: map[string]bool{}}
	var rules, endings []suffix
	for line := range strings.Lines(flectWords) {
		f := strings.Fields(line)
		switch f[0] {
		case "acronym":
			w.acronyms[f[1]] = true
		case "suffix":
			rules = append(rules, suffix{f[2], f[2]}, suffix{f[1], f[2]})
		case "word", "whole", "oneway":
			w.plurals[f[1]] = f[2]
			if f[0] != "oneway" {
				w.known[f[2]] = true
				if len(f) > 3 {
					w.known[f[3]] = true
				}
			}
			if f[0] != "whole" { // the last words count first
				endings = append([]suffix{{f[2], f[2]}, {f[1], f[2]}}, endings...)
			}
		}
	}
	w.suffixes = append(endings, rules...)
	return w
})

// underscore is the column of a Go name (flect.Underscore): AuthorID is author_id,
// HTTPRequest http_request, and XMLDoc xmldoc, since flect does not know XML.
func underscore(name string) string {
	var list []string
	for _, part := range parts(name) {
		part = strings.Map(func(r rune) rune {
			if unicode.IsLetter(r) || unicode.IsDigit(r) {
				return r
			}
			return -1
		}, part)
		if part != "" {
			list = append(list, part)
		}
	}
	return strings.ToLower(strings.Join(list, "_"))
}

// separators stand between the parts of a name.
const separators = "_ :-/"

// parts splits a name (flect.New): a part begins at an upper-case letter behind one that
// is not, and behind a known acronym.
func parts(name string) []string {
	acronyms := words().acronyms
	name = strings.TrimSpace(name)
	if upper := strings.ToUpper(name); acronyms[upper] {
		return []string{upper}
	}
	var list []string
	add := func(part string) {
		part = strings.Trim(strings.TrimSpace(part), separators)
		if upper := strings.ToUpper(part); acronyms[upper] {
			part = upper
		}
		if part != "" {
			list = append(list, part)
		}
	}
	var part []rune
	var prev rune
	for _, r := range name {
		switch upper := unicode.IsUpper(r); {
		case strings.ContainsRune(separators, r), unicode.IsSpace(r), upper && !unicode.IsUpper(prev),
			upper && acronyms[strings.ToUpper(string(part))]:
			add(string(part))
			part = []rune{r}
		case unicode.IsLetter(r), unicode.IsDigit(r), unicode.IsPunct(r), r == '`':
			part = append(part, r)
		default:
			add(string(part))
			part = nil
		}
		prev = r
	}
	add(string(part))
	return list
}

// tableize is the table of a type's name (flect/name, Tableize): Person is people.
func tableize(name string) string { return plural(underscore(name)) }

// plural is the plural of an underscored name, of which the last part alone changes
// (Ident.Pluralize).
func plural(name string) string {
	w := words()
	all := parts(name)
	if len(all) == 0 {
		return ""
	}
	last := all[len(all)-1]
	lower := strings.ToLower(last)
	switch {
	case w.plurals[name] != "":
		return w.plurals[name]
	case w.known[name], w.known[lower]:
		return name
	case w.plurals[lower] != "":
		to := w.plurals[lower]
		if first, _ := utf8.DecodeRuneInString(last); first == unicode.ToTitle(first) {
			to = capitalized(to)
		}
		return strings.TrimSuffix(name, last) + to
	}
	for _, rule := range w.suffixes {
		if stem, ok := strings.CutSuffix(last, rule.from); ok {
			return strings.TrimSuffix(name, last) + stem + rule.to
		}
	}
	if strings.HasSuffix(lower, "s") {
		return name
	}
	return name + "s"
}

func capitalized(word string) string {
	first, size := utf8.DecodeRuneInString(word)
	return string(unicode.ToTitle(first)) + word[size:]
}
