package python

import (
	"strings"

	"github.com/rells-dev/rells/index/facts"
)

// starred is what a module has under a name from those of which it takes all there is, the
// last first: what one of them certainly holds, else what one that is not in the workspace
// may hold.
func (s *Session) starred(m *module, stars []*facts.Import, name string) binding {
	var guess binding
	misses := s.p.misses
	if strings.HasPrefix(name, "_") {
		return guess
	}
	for _, imp := range stars {
		b := binding{external: imp.Path.Text + "." + name, guessed: true}
		if from := s.p.find(m.path, imp.Path.Text); from.found() {
			b = s.member(from, name)
		} else if strings.HasPrefix(imp.Path.Text, ".") || builtins[name] {
			continue
		}
		switch {
		case b.found() && !b.guessed, s.p.misses > misses:
			return b
		case !guess.found():
			guess = b
		}
	}
	return guess
}

// builtins are names that Python itself knows, and that no module is taken to hide.
var builtins = map[string]bool{
	"None": true, "True": true, "False": true, "Ellipsis": true, "NotImplemented": true,
	"object": true, "type": true, "super": true, "property": true, "staticmethod": true, "classmethod": true,
	"bool": true, "int": true, "float": true, "complex": true, "str": true, "bytes": true, "bytearray": true,
	"list": true, "tuple": true, "set": true, "frozenset": true, "dict": true, "range": true,
	"len": true, "repr": true, "sorted": true, "Exception": true, "ValueError": true, "KeyError": true,
	"BaseException": true, "RuntimeError": true, "TypeError": true, "AttributeError": true,
}
