package sqlalchemy

import (
	"strings"

	"github.com/rells-dev/rells/index/facts"
)

// Flask-SQLAlchemy (2.5 and 3.x): the classes of a program inherit from the Model of one
// object, whose attributes are SQLAlchemy's functions as well.
//
//	db = SQLAlchemy()
//
//	class BlogPost(db.Model):
//	    author = db.relationship("Author")

// isFlask reports whether a value is the object of Flask-SQLAlchemy whose attributes are
// SQLAlchemy's functions: db.relationship.
func (g *mappers) isFlask(file *facts.File, v *facts.Value) bool {
	_, ok := g.variable(file, v, "SQLAlchemy")
	return ok
}

// flaskRoot is the object of Flask-SQLAlchemy of which a function is, whose tables are its
// own: db.Table; zero for every other.
func (g *mappers) flaskRoot(file *facts.File, function *facts.Value) facts.Ref {
	if function.Kind == facts.SelectedValue {
		if db, ok := g.variable(file, function.Of, "SQLAlchemy"); ok {
			return db.Ref()
		}
	}
	return facts.Ref{}
}

// flaskModel takes in a base that is the Model of Flask-SQLAlchemy; false for every other.
func (c *class) flaskModel(v *facts.Value) bool {
	db, ok := c.g.variable(c.file, v.Of, "SQLAlchemy")
	if !ok {
		return false
	}
	at, d := db.Decl()
	if custom := d.Value.Arg("model_class"); custom != nil {
		if base := c.g.lookup(at, custom); base != nil && base.whole {
			c.bases, c.open = append(c.bases, base), c.open || base.open
		} else {
			c.open = true
		}
	}
	c.inherit(db.Ref(), "inherits from "+v.Dotted())
	c.flask, c.tableNames = true, snake
	return true
}

// ownsFlaskTable reports whether Flask-SQLAlchemy gives a class that inherits from a mapped
// one a table of its own: that of a class which declares a primary key (model.py,
// NameMixin.__table_cls__).
func (c *class) ownsFlaskTable() bool {
	if !c.flask || c.parent == nil {
		return false
	}
	for _, a := range c.own() {
		if a.kind == columnAttribute && a.value != nil {
			if v := a.value.Arg("primary_key"); v != nil && v.Dotted() == "True" {
				return true
			}
		}
	}
	return false
}

// snake is the name that Flask-SQLAlchemy gives to the table of a class (model.py,
// camel_to_snake_case): HTTPEndpoint is http_endpoint.
func snake(class string) string {
	var b strings.Builder
	upper := func(i int) bool { return i < len(class) && 'A' <= class[i] && class[i] <= 'Z' }
	lower := func(i int) bool { return i < len(class) && 'a' <= class[i] && class[i] <= 'z' }
	for i := range len(class) {
		before := i > 0 && (lower(i-1) || '0' <= class[i-1] && class[i-1] <= '9')
		if upper(i) && i > 0 && (before || lower(i+1)) {
			b.WriteByte('_')
		}
		b.WriteString(strings.ToLower(class[i : i+1]))
	}
	return b.String()
}
