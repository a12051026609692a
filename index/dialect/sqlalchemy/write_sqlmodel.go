package sqlalchemy

import (
	"github.com/rells-dev/rells/index/facts"
)

// ofSQLModel reports whether the relationship is one of SQLModel's that leads to another of
// its models, and says nothing that SQLModel's own function cannot say.
func (r *relationship) ofSQLModel() bool {
	return r.class.sqlmodel && r.target.sqlmodel && r.value != nil && r.value.Kind == facts.CallValue &&
		r.g().library(r.file, r.value.Of) == "Relationship" && r.value.Arg("sa_relationship") == nil && !r.laterAnnotations()
}

// sqlModelArguments are the arguments of SQLModel's Relationship that stand for those of
// relationship (main.py of 0.0.8 and 0.0.24).
func sqlModelArguments(args []facts.Value) []facts.Value {
	var own []facts.Value
	handed := facts.Value{Kind: facts.MapValue, Key: facts.Slot{Text: "sa_relationship_kwargs"}}
	for _, arg := range args {
		switch arg.Key.Text {
		case "back_populates":
			own = append([]facts.Value{arg}, own...)
		case "secondary":
			model := *arg.Of
			model.Key.Text = "link_model"
			own = append(own, model)
		default:
			handed.Args = append(handed.Args, arg)
		}
	}
	if len(handed.Args) > 0 {
		own = append(own, handed)
	}
	return own
}

// giveLinkModel names the model of the association table, where the class that gets the new
// side knows it when it is declared.
func (w *writer) giveLinkModel(v *facts.Value) {
	if v.Kind != facts.SelectedValue || v.Of.Kind != facts.NamedValue || !w.declaredBefore(v.Of.Name.Text) {
		w.dark = true
		return
	}
	w.give("secondary", v)
}
