package sqlalchemy

import (
	"slices"

	"github.com/rells-dev/rells/index/facts"
)

// asField are the arguments that a relationship of a class that is mapped as a dataclass has
// as a field of it. What a backref makes is no field, and stays out of what dataclasses
// generate. Another one is what those of the class are: no argument of __init__, or else one
// with a default, where nothing without one comes behind it.
func (w *writer) asField(many bool, after string) []facts.Value {
	argument := func(name, value string) facts.Value {
		v := *dotted(value)
		v.Key.Text = name
		return v
	}
	switch {
	case !w.target.isDataclass():
		return nil
	case w.r.given("backref"):
		return []facts.Value{argument("init", "False"), argument("repr", "False"), argument("compare", "False")}
	case w.leavesInit() || w.requiresBehind(after) || !many && w.r.direction == oneToMany && !w.nullable():
		return []facts.Value{argument("init", "False")}
	case many:
		return []facts.Value{argument("default_factory", "list")}
	}
	return []facts.Value{argument("default", "None")}
}

// leavesInit reports whether a relationship of the target is no argument of __init__.
func (w *writer) leavesInit() bool {
	return slices.ContainsFunc(w.target.relationships, func(r *relationship) bool {
		v := r.arg("init")
		return v != nil && v.Dotted() == "False" && r.maker == nil
	})
}

// requiresBehind reports whether __init__ of the target, or of a class that inherits from it,
// may have an argument without a default behind a new field.
func (w *writer) requiresBehind(after string) bool {
	for _, c := range w.r.g().order {
		if c != w.target && slices.Contains(c.bases, w.target) {
			return true
		}
	}
	behind := after == ""
	for _, a := range w.target.attributes {
		if behind && a.requiresValue() {
			return true
		}
		behind = behind || a.name.Text == after
	}
	return false
}

// requiresValue reports whether an attribute is an argument without a default of the
// __init__ of a dataclass.
func (a *attribute) requiresValue() bool {
	if a.annotation == nil {
		return false
	}
	if a.value == nil || a.value.Kind != facts.CallValue {
		return a.value == nil
	}
	for _, name := range []string{"default", "default_factory", "kw_only"} {
		if a.value.Arg(name) != nil {
			return false
		}
	}
	v := a.value.Arg("init")
	return v == nil || v.Dotted() != "False"
}
