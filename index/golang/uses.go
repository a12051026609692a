package golang

import (
	"bytes"
)

// callNames are the names of the functions whose arguments are models.
type callNames struct {
	names []string
	last  [256]bool // last bytes of the names
}

func newCallNames(names []string) callNames {
	c := callNames{names: names}
	for _, name := range names {
		if name != "" {
			c.last[name[len(name)-1]] = true
		}
	}
	return c
}

// find returns the name that ident is.
func (c *callNames) find(ident []byte) (string, bool) {
	if len(ident) == 0 || !c.last[ident[len(ident)-1]] {
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
		if b != '(' && b != '[' || i == 0 || !c.last[body[i-1]] {
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
