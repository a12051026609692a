package oracle

import "strings"

// Classes of Flask-SQLAlchemy, which inherit from the Model of one object that has all of
// SQLAlchemy's functions.
var flaskForm = declarative(form{
	name: "flask", needs: "flask_sqlalchemy", since: "1.4", named: true,
	roots:    func(*world) string { return "from flask_sqlalchemy import SQLAlchemy\n\ndb = SQLAlchemy()\n" },
	column:   func(_ *world, _ *class, c *column) string { return c.attr + " = " + inFlask(c.call("Column")) },
	relation: func(r *related) string { return r.name + " = " + inFlask(r.call("relationship")) },
})

func init() {
	flaskForm.root = func(int) string { return "db.Model" }
	flaskForm.registry = func(int) string { return "db.Model.registry" }
	flaskForm.association = func(_ *world, t *association) string {
		return t.name + ` = db.Table("` + t.name + `", ` + strings.Join(t.columns("db.Column"), ", ") + ")"
	}
}

// inFlask writes calls as those of the object's functions.
func inFlask(code string) string {
	for _, function := range []string{"Column(", "relationship(", "backref("} {
		if strings.HasPrefix(code, function) {
			code = "db." + code
		}
		code = strings.ReplaceAll(code, "="+function, "=db."+function)
	}
	return strings.NewReplacer("(ForeignKey(", "(db.ForeignKey(", ", ForeignKey(", ", db.ForeignKey(", "(Integer", "(db.Integer", ", Integer", ", db.Integer").Replace(code)
}
