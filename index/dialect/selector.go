package dialect

import (
	"slices"
	"strings"

	"github.com/rells-dev/rells/index/facts"
)

// Selector is the shortest selector by which Go reaches a field from the struct:
// path holds the names of the fields on the way, embedded ones included, and the
// field's own name last. Names of embedded structs fall away where the field is
// promoted and nothing hides it: "ID", "From.AtID", "Base.ID" beside an outer ID.
func Selector(t facts.Type, path []string) string {
	if len(path) == 1 {
		return path[0]
	}
	var names []string
	for len(path) > 0 {
		next := farthest(t, path)
		names = append(names, path[next])
		for _, name := range path[:next+1] {
			t = fieldType(t, name)
		}
		path = path[next+1:]
	}
	return strings.Join(names, ".")
}

// farthest is the index of the last name in path that selects from t just the
// field that the path leads to.
func farthest(t facts.Type, path []string) int {
	for next := len(path) - 1; next > 0; next-- {
		if slices.Equal(promoted(t, path[next]), path[:next+1]) {
			return next
		}
	}
	return 0
}

// promoted is the path of names that the selector expression t.name stands for,
// by the language's rules of depth; nil where there is none, or more than one at
// the least depth.
func promoted(t facts.Type, name string) []string {
	if path, ok := nearby(structBehind(t), name); ok {
		return path
	}
	type level struct {
		t    facts.Type
		path []string
	}
	seen := map[facts.Ref]bool{}
	for at := []level{{structBehind(t), nil}}; len(at) > 0; {
		var below []level
		var found []string
		matches := 0
		for _, l := range at {
			if l.t == nil || seen[l.t.Ref()] {
				continue
			}
			for _, f := range l.t.Fields() {
				if f.Name.Text == name {
					matches++
					found = append(slices.Clone(l.path), name)
				} else if f.Embedded {
					below = append(below, level{structBehind(f.Type), append(slices.Clone(l.path), f.Name.Text)})
				}
			}
		}
		if matches > 0 {
			if matches > 1 {
				return nil
			}
			return found
		}
		for _, l := range at {
			if l.t != nil && !l.t.Ref().IsZero() {
				seen[l.t.Ref()] = true
			}
		}
		at = below
	}
	return nil
}

// nearby is promoted for what the struct has itself or by one struct that it
// embeds, as most have no more; false where one must look further.
func nearby(t facts.Type, name string) (path []string, ok bool) {
	if t == nil {
		return nil, true
	}
	var base *facts.StructField
	bases := 0
	fields := t.Fields()
	for i := range fields {
		f := &fields[i]
		if f.Name.Text == name {
			path = append(path, name)
		} else if f.Embedded {
			base = f
			bases++
		}
	}
	switch {
	case len(path) == 1:
		return path, true
	case len(path) > 1 || bases == 0:
		return nil, true
	case bases > 1:
		return nil, false
	}
	matches, further := 0, false
	if inner := structBehind(base.Type); inner != nil && (inner.Ref().IsZero() || inner.Ref() != t.Ref()) {
		for _, f := range inner.Fields() {
			if f.Name.Text == name {
				matches++
			}
			further = further || f.Embedded
		}
	}
	if matches == 1 {
		return []string{base.Name.Text, name}, true
	}
	return nil, matches > 1 || !further
}

// fieldType is the type of the field that the struct itself declares, nil where
// it declares none.
func fieldType(t facts.Type, name string) facts.Type {
	t = structBehind(t)
	if t == nil {
		return nil
	}
	for _, f := range t.Fields() {
		if f.Name.Text == name {
			return f.Type
		}
	}
	return nil
}

// structBehind is the struct that t is, or points to; nil where it is neither.
func structBehind(t facts.Type) facts.Type {
	t = Indirect(t)
	if t == nil || t.Shape() != facts.Struct {
		return nil
	}
	return t
}
