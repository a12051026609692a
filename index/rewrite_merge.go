package index

import (
	"reflect"
	"slices"
	"strings"

	"github.com/rells-dev/rells/index/dialect"
	"github.com/rells-dev/rells/index/relation"
)

// Merge joins two changes of models that were made for this snapshot into one. What
// both ask for is done once. It is false where they contradict each other: where
// they put different names into one place, set an option of one tag differently, or
// add different fields of one name; and where b sets whole tags or types, of which it
// cannot be told what a would make of them.
func (s *Snapshot) Merge(a, b Rewrite) (Rewrite, bool) {
	merged := slices.Clone(a)
	for _, m := range b {
		if len(m.Tags)+len(m.Types) > 0 && len(a) > 0 {
			return nil, false
		}
		names, ok := mergeNames(a, m.Names)
		if !ok {
			return nil, false
		}
		options, ok := s.mergeOptions(a, m)
		if !ok {
			return nil, false
		}
		fields, ok := mergeFields(a, m)
		if !ok {
			return nil, false
		}
		elements, ok := mergeElements(a, m)
		if !ok {
			return nil, false
		}
		attributes, ok := mergeAttributes(a, m)
		if !ok {
			return nil, false
		}
		arguments, ok := mergeArguments(a, m)
		if !ok {
			return nil, false
		}
		merged = append(merged, ModelRewrite{
			Model: m.Model, Names: names, Tags: m.Tags, Types: m.Types, Options: options, Fields: fields, Elements: elements,
			Attributes: attributes, Arguments: arguments,
		})
	}
	return merged, true
}

// mergeNames are those of the names that a does not set already.
func mergeNames(a Rewrite, names []NewName) (missing []NewName, ok bool) {
	for _, name := range names {
		there := false
		for _, m := range a {
			for _, other := range m.Names {
				switch {
				case other == name:
					there = true
				case overlap(other.Place, name.Place):
					return nil, false
				}
			}
		}
		if !there {
			missing = append(missing, name)
		}
	}
	return missing, true
}

// overlap reports whether two places have a byte in common, or touch.
func overlap(a, b relation.Place) bool {
	return a.File == b.File && a.Span.Start <= b.Span.End && b.Span.Start <= a.Span.End
}

// mergeOptions are those options of m that a does not add already. One field may be
// known under several models, which embed the struct that declares it.
func (s *Snapshot) mergeOptions(a Rewrite, m ModelRewrite) (missing []NewOption, ok bool) {
	for _, option := range m.Options {
		there := false
		name, _, _ := strings.Cut(option.Option, ":")
		place, _ := s.FieldPlace(relation.FieldID{Model: m.Model, Field: option.Field})
		for _, other := range a {
			for _, o := range other.Options {
				at, _ := s.FieldPlace(relation.FieldID{Model: other.Model, Field: o.Field})
				otherName, _, _ := strings.Cut(o.Option, ":")
				switch {
				case at != place || o.Dialect != option.Dialect || otherName != name:
				case o.Option == option.Option:
					there = true
				default:
					return nil, false
				}
			}
		}
		if !there {
			missing = append(missing, option)
		}
	}
	return missing, true
}

// mergeFields are those fields of m that a does not add already.
func mergeFields(a Rewrite, m ModelRewrite) (missing []dialect.NewField, ok bool) {
	for _, field := range m.Fields {
		there := false
		for _, other := range a {
			for _, f := range other.Fields {
				switch {
				case other.Model != m.Model || f.Name != field.Name:
				case reflect.DeepEqual(f, field):
					there = true
				default:
					return nil, false
				}
			}
		}
		if !there {
			missing = append(missing, field)
		}
	}
	return missing, true
}

// mergeElements are those elements of m that a does not add already.
func mergeElements(a Rewrite, m ModelRewrite) (missing []dialect.NewElement, ok bool) {
	for _, element := range m.Elements {
		there := false
		for _, other := range a {
			for _, e := range other.Elements {
				switch {
				case other.Model != m.Model || e.Method != element.Method || e.Name != element.Name:
				case reflect.DeepEqual(e, element):
					there = true
				default:
					return nil, false
				}
			}
		}
		if !there {
			missing = append(missing, element)
		}
	}
	return missing, true
}

// mergeAttributes are those attributes of m that a does not add already.
func mergeAttributes(a Rewrite, m ModelRewrite) (missing []dialect.NewAttribute, ok bool) {
	for _, attribute := range m.Attributes {
		there := false
		for _, other := range a {
			for _, o := range other.Attributes {
				switch {
				case other.Model != m.Model || o.Name != attribute.Name:
				case reflect.DeepEqual(o, attribute):
					there = true
				default:
					return nil, false
				}
			}
		}
		if !there {
			missing = append(missing, attribute)
		}
	}
	return missing, true
}

// mergeArguments are those arguments of m that a does not give already.
func mergeArguments(a Rewrite, m ModelRewrite) (missing []relation.Argument, ok bool) {
	for _, argument := range m.Arguments {
		there := false
		for _, other := range a {
			for _, o := range other.Arguments {
				switch {
				case o.Relation != argument.Relation || o.Name != argument.Name:
				case o == argument:
					there = true
				default:
					return nil, false
				}
			}
		}
		if !there {
			missing = append(missing, argument)
		}
	}
	return missing, true
}
