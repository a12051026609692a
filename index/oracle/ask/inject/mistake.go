package inject

import (
	"fmt"
	"math/rand/v2"
	"path"
	"slices"
	"strings"
)

// Mistake is one edit that breaks one relation.
type Mistake struct {
	Kind     string
	Relation string // id of the relation that it breaks, or where that is
	File     string // slash-separated, relative to the module
	Start    int    // byte offsets in the file
	End      int
	Text     string // what stands there afterwards
	Was      string
}

// Apply makes a mistake's change of its file.
func (m *Mistake) Apply(src []byte) []byte {
	return slices.Concat(src[:m.Start], []byte(m.Text), src[m.End:])
}

// Folder is the folder of the mistake's file.
func (m *Mistake) Folder() string { return path.Dir(m.File) }

func (m *Mistake) String() string {
	return fmt.Sprintf("%s, %s of %s: %s -> %s", m.File, m.Kind, m.Relation, m.Was, strings.TrimSpace(m.Text))
}

func (m *Mistake) same(other *Mistake) bool {
	return m.File == other.File && m.Start == other.Start && m.Text == other.Text
}

// Draw makes up to n different mistakes, all kinds as evenly as there are places for them.
// try makes up to one of a kind at a place of its choice that accept takes; it returns
// false where there is none.
func Draw(n int, kinds []string, try func(kind string, accept func(*Mistake) bool)) []*Mistake {
	var mistakes []*Mistake
	for round := 0; len(mistakes) < n && round < 10*n; round++ {
		kind := kinds[round%len(kinds)]
		try(kind, func(m *Mistake) bool {
			if m == nil || slices.ContainsFunc(mistakes, m.same) {
				return false
			}
			m.Kind = kind
			mistakes = append(mistakes, m)
			return true
		})
	}
	return mistakes
}

// Misspell drops, changes or adds one letter of a word.
func Misspell(rnd *rand.Rand, word string) string {
	at := rnd.IntN(len(word))
	letter := string(rune('a' + rnd.IntN(26)))
	wrong := word[:at+1] + letter + word[at+1:]
	switch rnd.IntN(3) {
	case 0:
		if len(word) > 2 {
			wrong = word[:at] + word[at+1:]
		}
	case 1:
		wrong = word[:at] + letter + word[at+1:]
	}
	if wrong == word {
		return Misspell(rnd, word)
	}
	return wrong
}
