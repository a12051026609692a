package sqlalchemy

import (
	"slices"
	"strings"

	"github.com/rells-dev/rells/index/facts"
)

// SQLModel (main.py of 0.0.8 and 0.0.24): every annotation of a class is a column, and a
// class is mapped if it says table=True.
//
//	class Hero(SQLModel, table=True):
//	    team_id: int | None = Field(default=None, foreign_key="team.id")
//	    team: "Team" = Relationship(back_populates="heroes")

// sqlModel takes in SQLModel itself as a base. All of its classes are in one registry,
// unless one of them names another.
func (c *class) sqlModel() {
	c.sqlmodel, c.registry, c.tableNames = true, facts.Ref{Package: "sqlmodel", Name: "SQLModel"}, strings.ToLower
}

// fromSQLModel takes in a base that is one of its classes.
func (c *class) fromSQLModel(base *class) {
	c.sqlModel()
	c.registry = base.registry
	if base.kind == mapped {
		c.schema = true // it is no table of its own, whatever it says
	}
}

// classifySQLModel tells which of its classes are mapped.
func (c *class) classifySQLModel() {
	for i := range c.decl.Args {
		switch arg := &c.decl.Args[i]; {
		case arg.Key.Text == "table" && arg.Dotted() == "True" && !c.schema:
			c.kind, c.reason = mapped, "says table=True"
		case arg.Key.Text == "registry":
			c.registry = c.ref
		}
	}
	for _, a := range c.attributes {
		switch {
		case isField(a):
			a.kind = columnAttribute
		case a.kind == unknownAttribute:
			a.kind = plainAttribute
		}
	}
}

// isField reports whether an attribute of a class of SQLModel is one of its fields.
func isField(a *attribute) bool {
	if a.annotation == nil || a.kind == relationshipAttribute || strings.HasPrefix(a.name.Text, "_") || a.name.Text == "model_config" {
		return false
	}
	of := a.annotation
	if of.Kind == facts.IndexValue {
		of = of.Of
	}
	return of.Name.Text != "ClassVar"
}

// addField adds the column that a Field declares.
func (t *table) addField(g *mappers, file *facts.File, c *column, call *facts.Value) {
	for i := range call.Args {
		arg := &call.Args[i]
		switch {
		case arg.Spread:
			t.unsure = true
		case arg.Key.Text == "primary_key":
			c.primary = arg.Dotted() == "True"
			t.keyed = t.keyed || arg.Dotted() != "False"
		case arg.Key.Text == "foreign_key" && arg.Kind == facts.TextValue:
			leads := *arg
			leads.Key = facts.Slot{}
			t.foreignKey(g, file, c.name, &facts.Value{Kind: facts.CallValue, Span: arg.Span, Args: []facts.Value{leads}})
		case arg.Key.Text == "foreign_key", arg.Key.Text == "sa_column_args":
			t.unsure = true
		case arg.Key.Text == "sa_column" && arg.Kind == facts.CallValue && g.library(file, arg.Of) == "Column":
			t.declare(g, file, c, arg)
		case arg.Key.Text == "sa_column":
			t.unsure = true
		case arg.Key.Text == "sa_column_kwargs":
			if name := arg.Arg("name"); name != nil && name.Kind == facts.TextValue {
				c.name = name.Name.Text
			}
		}
	}
}

// callOf is the call of relationship() that declares one: of Relationship, that which
// SQLModel makes of it.
func (g *mappers) callOf(a *attribute) *facts.Value {
	call := a.value
	if !a.class.sqlmodel || g.library(a.file, call.Of) != "Relationship" {
		return call
	}
	if whole := call.Arg("sa_relationship"); whole != nil && whole.Kind == facts.CallValue {
		return whole
	}
	made := &facts.Value{Kind: facts.CallValue, Span: call.Span, Of: call.Of}
	for i := range call.Args {
		arg := call.Args[i]
		switch {
		case arg.Key.Text == "link_model":
			model := arg
			model.Key = facts.Slot{}
			made.Args = append(made.Args, facts.Value{
				Kind: facts.SelectedValue, Span: arg.Span, Of: &model, Name: facts.Slot{Text: "__table__", Span: arg.Span},
				Key: facts.Slot{Text: "secondary", Span: arg.Key.Span},
			})
		case arg.Key.Text == "sa_relationship_kwargs" && arg.Kind == facts.MapValue,
			arg.Key.Text == "sa_relationship_kwargs" && arg.Callee().Text == "dict":
			made.Args = append(made.Args, arg.Args...)
		case arg.Spread || slices.Contains([]string{"sa_relationship", "sa_relationship_args", "sa_relationship_kwargs"}, arg.Key.Text):
			made.Args = append(made.Args, facts.Value{Span: arg.Span, Spread: true})
		default:
			made.Args = append(made.Args, arg)
		}
	}
	return made
}
