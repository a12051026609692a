package golang

import (
	"bytes"
)

// callNames are the names of the functions whose arguments are models.
type callNames struct {
	names []string
	ends  [1 << 10]bool // how the names end, see ending
}

// ending is a number for the last two bytes, which few identifiers share that are not among
// the names.
func ending(ident []byte) int {
	n := len(ident)
	if n < 2 {
		return 0
	}
	return int(ident[n-2]&31)<<5 | int(ident[n-1]&31)
}

func newCallNames(names []string) callNames {
	c := callNames{names: names}
	for _, name := range names {
		if len(name) < 2 { // it may stand behind anything
			for i := range c.ends {
				c.ends[i] = true
			}
			break
		}
		c.ends[ending([]byte(name))] = true
	}
	return c
}

// find returns the name that ident is.
func (c *callNames) find(ident []byte) (string, bool) {
	if !c.ends[ending(ident)] {
		return "", false
	}
	for _, name := range c.names {
		if string(ident) == name {
			return name, true
		}
	}
	return "", false
}

// in reports whether one of the functions seems to be called in a body.
func (c *callNames) in(body []byte) bool {
	if len(c.names) == 0 {
		return false
	}
	for i, b := range body {
		if b != '(' && b != '[' || !c.ends[ending(body[:i])] {
			continue
		}
		start := i
		for start > 0 && (isLetter(body[start-1]) || isDigit(body[start-1])) {
			start--
		}
		if _, ok := c.find(body[start:i]); ok {
			return true
		}
	}
	return false
}

var (
	typeKeyword   = []byte("type")
	structKeyword = []byte("struct")
)

// matters reports whether a body may declare a struct or hand a type to an ORM.
func (x *extractor) matters(body []byte) bool {
	return bytes.Contains(body, structKeyword) && bytes.Contains(body, typeKeyword) || x.calls.in(body)
}
