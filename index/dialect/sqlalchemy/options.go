package sqlalchemy

import (
	"slices"
	"strings"

	"github.com/rells-dev/rells/index/facts"
	"github.com/rells-dev/rells/index/relation"
)

// checkOptions reports arguments that exclude each other, or of which the value alone is
// wrong (orm/relationships.py, RelationshipProperty.__init__).
func (r *relationship) checkOptions() {
	readOnly, known := r.viewonly()
	if v := r.arg("sync_backref"); readOnly && known && r.says("sync_backref") {
		r.refuse(relation.Mistake{Kind: relation.OptionConflict, Row: "sa2", Place: r.at(v.Key.Span),
			Text: "sync_backref=True excludes viewonly=True: what is only read is not kept up to date"})
	}
	if v := r.arg("cascade_backrefs"); r.says("cascade_backrefs") && r.owner.isModern() {
		r.refuse(relation.Mistake{Kind: relation.ValueInvalid, Row: "sa3", Place: r.at(v.Span),
			Text: "cascade_backrefs can only be False, as of SQLAlchemy 2.0"})
	}
	if v := r.arg("omit_join"); r.says("omit_join") {
		r.warn(relation.Mistake{Kind: relation.ValueUnknown, Row: "sa4", Place: r.at(v.Span),
			Text: "omit_join=True is not supported: selectin loading may load the wrong rows"})
	}
	if readOnly && known {
		r.checkReadOnlyOptions()
	}
	for _, one := range r.cascade() {
		if v := r.arg("cascade"); !slices.Contains(cascades, one) {
			r.refuse(relation.Mistake{Kind: relation.ValueInvalid, Place: r.at(v.Name.Span), Text: "there is no cascade " + one, Name: one, Choices: cascades})
		}
	}
	r.checkDataclass()
}

// persistence are the options that are about writing, and what they are by default.
var persistence = map[string]string{"passive_deletes": "False", "passive_updates": "True", "enable_typechecks": "True", "active_history": "False"}

// checkReadOnlyOptions points out what has no effect on a relationship that is only read.
func (r *relationship) checkReadOnlyOptions() {
	for i := range r.call.Args {
		v := &r.call.Args[i]
		usual, ok := persistence[v.Key.Text]
		if !ok || v.Dotted() == usual || v.Dotted() == "" && v.Kind != facts.TextValue {
			continue
		}
		r.warn(relation.Mistake{Kind: relation.OptionIdle, Row: "sa6", Place: r.at(v.Key.Span),
			Text: v.Key.Text + " has no effect beside viewonly=True: it is about writing"})
	}
	if v := r.arg("cascade"); v != nil {
		for _, one := range []string{"save-update", "delete", "delete-orphan"} {
			if cascades := r.cascade(); slices.Contains(cascades, one) {
				r.warn(relation.Mistake{Kind: relation.OptionIdle, Place: r.at(v.Key.Span),
					Text: "cascade has " + one + ", which has no effect beside viewonly=True and which SQLAlchemy 1.4 refuses there"})
				return
			}
		}
	}
}

// cascades are all that there are, and those that "all" stands for.
var (
	cascades    = []string{"delete", "delete-orphan", "all", "merge", "expunge", "save-update", "refresh-expire", "none"}
	allCascades = []string{"delete", "merge", "expunge", "save-update", "refresh-expire"}
)

// cascade lists what the relationship cascades by what it says itself; nil where it says
// nothing, or nothing that can be told.
func (r *relationship) cascade() []string {
	v := r.text("cascade")
	if v == nil {
		return nil
	}
	var list []string
	for one := range strings.SplitSeq(v.Name.Text, ",") {
		switch one = strings.TrimSpace(one); one {
		case "":
		case "none":
			return nil
		case "all":
			list = append(list, allCascades...)
		default:
			list = append(list, one)
		}
	}
	return list
}

// checkCascade reports cascades that a relationship of the direction cannot have
// (_check_cascade_settings).
func (r *relationship) checkCascade() {
	v, list := r.text("cascade"), r.cascade()
	readOnly, known := r.viewonly()
	if v == nil || r.refused || r.unsure {
		return
	}
	if readOnly || !known {
		return
	}
	orphan := slices.Contains(list, "delete-orphan")
	single := r.arg("single_parent")
	switch all := r.text("passive_deletes"); {
	case orphan && (r.direction == manyToOne || r.direction == manyToMany) && (single == nil || single.Dotted() == "False"):
		r.refuse(relation.Mistake{Kind: relation.OptionUnfit, Row: "sa27", Place: r.at(v.Name.Span), Target: r.target.ref,
			Text: "delete-orphan belongs on the side of many: this one is " + directions[r.direction] + ", and may have it with single_parent=True alone"})
	case all != nil && all.Name.Text == "all" && (orphan || slices.Contains(list, "delete")):
		r.refuse(relation.Mistake{Kind: relation.OptionConflict, Row: "sa28", Place: r.at(all.Key.Span),
			Text: `passive_deletes="all" leaves all deleting to the database, which excludes the cascade "` + v.Name.Text + `"`})
	}
}
