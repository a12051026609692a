package gorm

import (
	"slices"
	"strings"

	"github.com/rells-dev/rells/index/dialect"
	"github.com/rells-dev/rells/index/relation"
)

// align gives the tag with which an existing relation of the target, whose tag is
// the given one, becomes the inverse of the side's relation: with the same keys or
// the same join table. Options that say nothing about these stay as they are.
func align(s dialect.Scope, side dialect.Side, inverse *relation.Relation, tag string) (string, bool) {
	w := newWriter(s, side)
	if w == nil || strings.Contains(tag, `\`) {
		return "", false
	}
	many := inverse.Kind.ToMany()
	wanted := dialect.Inverted(w.side.Relation, w.unique())
	wanted.Kind = inverse.Kind
	for _, keys := range w.tags(wanted) {
		aligned := retagged(tag, keys)
		if aligned != "" && aligned != tag && w.reads(inverse.ID.Name(), aligned, many, wanted) {
			return aligned, true
		}
	}
	return "", false
}

// keyOptions are the roles of the options that decide about keys and join tables.
var keyOptions = []relation.Role{
	relation.ForeignKeyRole, relation.ReferencesRole,
	relation.JoinTableRole, relation.JoinForeignKeyRole, relation.JoinReferencesRole,
}

// retagged is a tag with the given options in place of those about keys: each where
// it stood, new ones behind them.
func retagged(tag, keys string) string {
	var parts []string
	left := splitOptions(keys)
	end := 0 // where new ones go
	for _, part := range splitOptions(tag) {
		name, _, _ := strings.Cut(part, ":")
		if o := optionOf(strings.TrimSpace(name)); o == nil || !slices.Contains(keyOptions, o.Role) {
			parts = append(parts, part)
			continue
		}
		i := slices.IndexFunc(left, func(option string) bool { return sameOption(option, part) })
		if i >= 0 {
			parts = append(parts, left[i])
			left = slices.Delete(left, i, i+1)
			end = len(parts)
		}
	}
	return strings.Join(slices.Insert(parts, end, left...), ";")
}

func splitOptions(tag string) []string {
	return slices.DeleteFunc(strings.Split(tag, ";"), func(part string) bool { return strings.TrimSpace(part) == "" })
}

func sameOption(a, b string) bool {
	a, _, _ = strings.Cut(a, ":")
	b, _, _ = strings.Cut(b, ":")
	return strings.EqualFold(strings.TrimSpace(a), strings.TrimSpace(b))
}
