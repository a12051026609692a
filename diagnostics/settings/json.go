package settings

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/rells-dev/rells/index/facts"
)

// Section is the name under which editors keep the settings of rells.
const Section = "rells"

// clientsOwn are members of the section that clients keep for themselves.
var clientsOwn = []string{"trace"}

// FromEditor reads what an editor sends: the section, or an object that holds it.
// null and nothing at all, which stand for no settings, say nothing, and so does
// [], which is how Lua spells an empty object.
func FromEditor(raw []byte) (Settings, []Problem) {
	if strings.TrimSpace(string(raw)) == "" {
		return Settings{}, nil
	}
	var value any
	r := newReader()
	if err := json.Unmarshal(raw, &value); err != nil {
		r.report(facts.Span{}, "", fmt.Sprintf("not JSON: %v", err))
		return r.settings, r.problems
	}
	if holder, ok := value.(map[string]any); ok {
		if section, ok := holder[Section]; ok {
			value = section
		}
	}
	switch value := value.(type) {
	case nil:
	case map[string]any:
		r.members(nil, value)
	case []any:
		if len(value) > 0 {
			r.report(facts.Span{}, "", "need an object, not a list")
		}
	default:
		r.report(facts.Span{}, "", "need an object, not "+show(value))
	}
	return r.settings, r.problems
}

// members takes the members of an object, in the order of their names.
func (r *reader) members(above []string, object map[string]any) {
	for _, name := range slices.Sorted(maps.Keys(object)) {
		if len(above) == 0 && slices.Contains(clientsOwn, name) {
			continue
		}
		e := entry{path: append(slices.Clone(above), name), value: object[name]}
		switch value := e.value.(type) {
		case nil:
		case map[string]any:
			e.value = table{}
			r.take(e)
			if len(above) == 0 {
				r.members(e.path, value)
			}
		case []any:
			if len(value) == 0 && r.find(e.path) == nil {
				e.value = table{}
			}
			r.take(e)
		default:
			r.take(e)
		}
	}
}
