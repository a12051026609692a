package ask

import "slices"

// Resolved is one relation as Bun and go-pg resolve it, in the words of rells' output.
type Resolved struct {
	ID, Target, Kind     string
	Keys                 []string // "foreign key = what it points to", both as field ids
	JoinTable            string
	OwnKeys, TargetKeys  []string // of a join table: "column = field id"
	TypeField, TypeValue string   // of a polymorphic relation
}

// Resolved is the relation in that form. Of the columns of a join table, so many are the
// model's own.
func (r Relation) Resolved(own int) Resolved {
	out := Resolved{ID: r.ID, Target: r.Target, Kind: r.Kind, JoinTable: r.JoinTable}
	for _, k := range r.Keys {
		out.Keys = append(out.Keys, k.String())
	}
	for i, k := range r.JoinKeys {
		if text := k.String(); i < own {
			out.OwnKeys = append(out.OwnKeys, text)
		} else {
			out.TargetKeys = append(out.TargetKeys, text)
		}
	}
	if r.Polymorphic != nil {
		out.TypeField, out.TypeValue = r.Polymorphic.Type, r.Polymorphic.Value
	}
	return out
}

// Difference names the first aspect in which two readings of a relation differ; "" for
// none.
func (r Resolved) Difference(other Resolved) string {
	switch {
	case r.Kind != other.Kind:
		return "kind"
	case r.Target != other.Target:
		return "target"
	case !slices.Equal(r.Keys, other.Keys):
		return "keys"
	case r.JoinTable != other.JoinTable:
		return "join table"
	case !slices.Equal(r.OwnKeys, other.OwnKeys), !slices.Equal(r.TargetKeys, other.TargetKeys):
		return "join keys"
	case r.TypeField != other.TypeField, r.TypeValue != other.TypeValue:
		return "polymorphic"
	}
	return ""
}
