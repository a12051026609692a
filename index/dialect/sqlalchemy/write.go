package sqlalchemy

import (
	"slices"
	"strings"

	"github.com/jinzhu/inflection"

	"github.com/rells-dev/rells/index/dialect"
	"github.com/rells-dev/rells/index/facts"
	"github.com/rells-dev/rells/index/relation"
)

// write gives the inverse of a relationship that has none, and in place of a backref the
// relationship that it makes. It is nil where SQLAlchemy would not read it as the inverse.
func write(s dialect.Scope, side dialect.Side) *dialect.Addition {
	g := mappersOf(s)
	g.scope = s // those who are asked are asked one after the other
	defer func() { g.scope = nil }()
	r := g.relationshipOf(side.Relation.ID)
	if r != nil && r.maker != nil {
		r = r.maker
	}
	if r != nil && r.refused && !r.faulty() {
		r = r.withoutInverse()
	}
	if r == nil || !r.mayBeAnswered() {
		return nil
	}
	w := &writer{r: r, target: r.target}
	if r.given("backref") {
		if r.ofSQLModel() {
			return nil // which has no such word
		}
		return w.inPlaceOfBackref()
	}
	return w.missing()
}

// relationshipOf is the relationship of an id; nil for none.
func (g *mappers) relationshipOf(id relation.FieldID) *relationship {
	c := g.classes[id.Model]
	if c == nil {
		return nil
	}
	for _, r := range c.relationships {
		if r.name.Text == id.Field {
			return r
		}
	}
	return nil
}

// mayBeAnswered reports whether another relationship can be written that leads back: all
// that this one says can be seen, and it is the business of no other class.
func (r *relationship) mayBeAnswered() bool {
	return r.class == r.owner && !r.described && !r.unsure && r.target != nil && r.direction != undirected && !r.faulty() &&
		(r.g().library(r.file, r.call.Of) == "relationship" && !r.target.sqlmodel || r.ofSQLModel()) &&
		r.owner.registry == r.target.registry && !r.inTestOf(r.target) &&
		r.target.mapping == nil // what its body says is nothing to the mapper
}

// faulty reports whether something is wrong with the relationship besides that the inverse
// which it names is not there.
func (r *relationship) faulty() bool {
	return slices.ContainsFunc(r.mistakes, func(m relation.Mistake) bool { return m.Kind != relation.InverseUnknown })
}

// withoutInverse is what the relationship would be if it named no inverse.
func (r *relationship) withoutInverse() *relationship {
	alone := *r
	alone.refused, alone.mistakes = false, nil
	alone.keys, alone.joinKeys, alone.ownJoinKeys, alone.joining, alone.copied = nil, nil, 0, nil, nil
	alone.join()
	return &alone
}

// inTestOf reports whether the relationship belongs to a test of what it leads to: outside
// of tests there is no such class.
func (r *relationship) inTestOf(target *class) bool {
	return isTest(r.owner.ref.Package) && !isTest(target.ref.Package)
}

func isTest(module string) bool {
	return slices.ContainsFunc(strings.Split(module, "."), func(part string) bool {
		return part == "tests" || part == "test" || part == "conftest" || strings.HasPrefix(part, "test_") || strings.HasSuffix(part, "_test")
	})
}

// writer writes the other side of one relationship, into the class that it leads to.
type writer struct {
	r      *relationship
	target *class
	args   []facts.Value // of the call
	dark   bool          // something that belongs into the call cannot be written
	need   []dialect.NewImport
}

// missing gives the inverse of a relationship that has none: by the name that the
// relationship gives it, else by one that is free.
func (w *writer) missing() *dialect.Addition {
	r := w.r
	if r.inverse != nil || r.says("viewonly") {
		return nil
	}
	many := r.direction == manyToMany || r.direction == manyToOne
	add := &dialect.Addition{}
	name := ""
	if v := r.text("back_populates"); v != nil {
		name = v.Name.Text
	} else {
		name = w.freeName(many)
		add.Arguments = append(add.Arguments, relation.Argument{Relation: r.id(), Name: "back_populates", Code: quote(name)})
	}
	if name == "" || w.taken(name) || !identifier(name) || strings.Contains(name, ".") {
		return nil
	}
	w.join()
	if r.direction == oneToMany && r.owner == r.target && len(r.keys) > 0 {
		w.giveRemote()
	}
	return w.finish(add, name, many)
}

// giveRemote names the columns that the many-to-one side of one table refers to.
func (w *writer) giveRemote() {
	list := facts.Value{Kind: facts.ListValue}
	near := !w.target.sqlmodel && !slices.ContainsFunc(w.r.keys, func(k relation.Key) bool {
		return k.References.Model != w.target.ref || w.target.bound(k.References.Field) == nil
	})
	for _, k := range w.r.keys {
		if near {
			list.Args = append(list.Args, *dotted(k.References.Field))
		} else if c := w.r.g().classes[k.References.Model]; c != nil && c.registryName() != "" {
			list.Args = append(list.Args, *selected(c.registryName(), k.References.Field))
		} else {
			w.dark = true
		}
	}
	switch {
	case near:
		w.give("remote_side", &list)
	case !w.dark && len(list.Args) == 1:
		w.give("remote_side", asTextOf(&list.Args[0]))
	case !w.dark:
		w.give("remote_side", asTextOf(&list))
	}
}

// freeName is a name for the inverse: that of the model, behind that of the relationship
// where several lead to the same.
func (w *writer) freeName(many bool) string {
	r := w.r
	name := underscored(r.owner.decl.Name.Text)
	if many {
		name = ofMany(name)
	}
	names := []string{name, inflection.Singular(r.name.Text) + "_" + name}
	switch alone := w.alone(); {
	case r.owner == r.target && r.name.Text == "parent" && many:
		names = []string{"children", names[1]}
	case r.owner == r.target && r.name.Text == "children" && !many:
		names = []string{"parent", names[1]}
	case r.owner == r.target:
		names = names[1:]
	case !alone && inflection.Singular(r.name.Text) != underscored(r.target.decl.Name.Text):
		names = names[1:]
	}
	for _, name := range names {
		if !w.taken(name) {
			return name
		}
	}
	return ""
}

// alone reports whether no other relationship of the owner leads to the target.
func (w *writer) alone() bool {
	n := 0
	for _, other := range w.r.owner.relationships {
		if other.target == w.r.target && other.maker == nil && !other.says("viewonly") {
			n++
		}
	}
	return n <= 1
}

// taken reports whether the target, or a class that inherits from it, has the name.
func (w *writer) taken(name string) bool {
	for _, c := range w.r.g().order {
		if c == w.target || c.kind == mapped && c.related(w.target) && c.inherits(w.target) {
			if c.find(name) != nil {
				return true
			}
		}
	}
	return w.target.open
}

// ofMany is the name of many. Of the words in -o those that get -es are few.
func ofMany(name string) string {
	for _, word := range []string{"hero", "echo", "veto", "potato", "tomato"} {
		if strings.HasSuffix(name, word) {
			return name + "es"
		}
	}
	return inflection.Plural(name)
}

// underscored is the name of a class as attributes are called: BlogPost is blog_post.
func underscored(class string) string { return snake(class) }

// join gives the new side what it needs to join the same way, from the other end.
func (w *writer) join() {
	r := w.r
	if r.direction == manyToMany {
		w.giveSecondary()
		w.restate("secondaryjoin", "primaryjoin")
	}
	if r.direction == manyToMany && r.given("remote_side") {
		w.dark = true // which side is which would have to be said the other way round
	}
	if r.direction == manyToMany {
		w.restate("primaryjoin", "secondaryjoin")
	} else {
		w.restate("primaryjoin", "primaryjoin")
	}
	w.restate("foreign_keys", "foreign_keys")
}

// restate gives an argument of the relationship to the new side, under its name there.
func (w *writer) restate(argument, as string) {
	if !w.r.given(argument) {
		return
	}
	text := w.r.asText(w.r.arg(argument))
	if text == nil || marksSides(text) {
		w.dark = true
		return
	}
	if list := text.Of; list != nil && list.Kind == facts.ListValue && len(list.Args) == 1 && text.Span.Len() == 0 {
		text = asTextOf(&list.Args[0])
	}
	w.give(as, text)
}

// marksSides reports whether a condition says which of its columns are of which side.
func marksSides(text *facts.Value) bool {
	return strings.Contains(text.Name.Text, "remote(")
}

// giveSecondary names the association table: as it is named, where the class that gets the
// new side knows it too, else by a text.
func (w *writer) giveSecondary() {
	r := w.r
	v := r.arg("secondary")
	switch {
	case w.target.sqlmodel:
		w.giveLinkModel(v)
	case v.Kind == facts.TextValue && v.Of == nil:
		w.give("secondary", v)
	case v.Kind == facts.NamedValue && r.file == w.target.file && w.declaredBefore(v.Name.Text):
		w.give("secondary", v)
	case r.secondary != nil && r.owner.tableText(r.secondary) != "":
		w.give("secondary", &facts.Value{Kind: facts.TextValue, Name: facts.Slot{Text: r.owner.tableText(r.secondary)}})
	default:
		w.dark = true
	}
}

// declaredBefore reports whether the file of the target binds a name before the target is
// declared.
func (w *writer) declaredBefore(name string) bool {
	file := w.target.file
	return slices.ContainsFunc(file.Decls, func(d facts.Decl) bool {
		return d.Name.Text == name && d.Within == "" && d.Span.End < w.target.decl.Name.Span.Start
	}) || slices.ContainsFunc(file.Imports, func(i facts.Import) bool {
		return (i.Name.Text == name || i.Name.Text == "" && i.Member.Text == name) && i.Path.Span.End < w.target.decl.Name.Span.Start
	})
}

// give gives the call an argument.
func (w *writer) give(name string, v *facts.Value) {
	arg := *v
	arg.Key, arg.Spread = facts.Slot{Text: name}, false
	w.args = append(w.args, arg)
}

func quote(text string) string {
	return source(&facts.Value{Kind: facts.TextValue, Name: facts.Slot{Text: text}})
}
