package dialect

import "github.com/rells-dev/rells/index/facts"

// Defect says in words what keeps a tag from being read.
func Defect(d facts.TagDefect) string {
	switch d {
	case facts.TagNoValue:
		return "the key has no value"
	case facts.TagUnquoted:
		return "the value must stand in double quotes"
	case facts.TagUnterminated:
		return "the closing quote of the value is missing"
	case facts.TagSpaced:
		return "no space may stand between key, colon and value"
	case facts.TagBadEscape:
		return "the value holds an escape that Go does not know"
	}
	return ""
}
