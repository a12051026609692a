package dialect

import (
	"strings"
	"unicode/utf8"

	"github.com/agnivade/levenshtein"
)

// Nearest is the candidate that is spelt most like name, the first of several;
// false when none is near enough to be what was meant. Case counts for nothing:
// a third of the letters may differ.
func Nearest(name string, candidates []string) (string, bool) {
	if name == "" {
		return "", false
	}
	best, least := "", utf8.RuneCountInString(name)/3+2
	for _, c := range candidates {
		if c == name {
			continue
		}
		if d := levenshtein.ComputeDistance(strings.ToLower(name), strings.ToLower(c)); d < least {
			best, least = c, d
		}
	}
	return best, best != ""
}
