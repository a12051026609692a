package dialecttest

import (
	"fmt"
	"slices"
	"strings"

	"github.com/rells-dev/rells/index/dialect"
	"github.com/rells-dev/rells/index/relation"
)

// Models writes down the tables, columns and keys of every struct, a line each:
//
//	Post (posts): ID id key, Title title, Author -> Author
func (w *Workspace) Models() []string {
	return w.each(func(m *relation.Model) []string {
		var fields []string
		for _, f := range m.Fields {
			text := f.Selector
			switch {
			case f.Ignored:
				text += " ignored"
			case f.Column != "":
				text += " " + f.Column
			case !f.Target.IsZero():
				text += " -> " + f.Target.Name
			}
			if f.Primary {
				text += " key"
			}
			fields = append(fields, text)
		}
		return []string{fmt.Sprintf("%s (%s): %s", m.Ref.Name, m.Table, strings.Join(fields, ", "))}
	})
}

// Relations writes down the relations and mistakes of every struct:
//
//	Post.Author belongs-to Author Post.AuthorID=Author.ID
//	Post.Editor: foreign-key-unknown gorm10 at EditrID: foreignKey names ...
func (w *Workspace) Relations() []string {
	return w.each(func(m *relation.Model) []string {
		var lines []string
		for i := range m.Relations {
			lines = append(lines, Describe(&m.Relations[i]))
		}
		for _, x := range m.Mistakes {
			lines = append(lines, strings.TrimSpace(fmt.Sprintf("%s: %s %s", x.Field.Short(), kindNames[x.Kind], x.Row))+
				fmt.Sprintf(" at %s: %s", w.text(x.Place), x.Text))
		}
		return lines
	})
}

// Mentions writes down what the names in every declaration stand for:
//
//	Post.Author AuthorID: foreign-key Post.AuthorID
func (w *Workspace) Mentions() []string {
	return w.each(func(m *relation.Model) []string {
		var lines []string
		for _, x := range m.Mentions {
			line := fmt.Sprintf("%s %s: %s", x.Relation.Short(), w.text(x.Place), roleNames[x.Role])
			switch {
			case !x.Field.IsZero():
				line += " " + x.Field.Short()
			case !x.Model.IsZero():
				line += " " + x.Model.Name
			case x.Table != "":
				line += " " + x.Table
			}
			lines = append(lines, line)
		}
		slices.Sort(lines)
		return lines
	})
}

// Evidence writes down how sure it is that a struct is a model, and why.
func (w *Workspace) Evidence() []string {
	var lines []string
	for _, t := range w.Structs {
		e := w.dialect.Evidence(w, t, w.uses[t.Ref()])
		lines = append(lines, strings.TrimSpace(fmt.Sprintf("%s %s %s", t.Ref().Name, [...]string{"no", "probable", "certain"}[e.Certainty], e.Reason)))
	}
	return lines
}

// Inverses writes down the inverse that the dialect proposes for every relation,
// and for every one that a field was meant to be.
func (w *Workspace) Inverses() []string {
	return w.each(func(m *relation.Model) []string {
		var lines []string
		for i := range m.Relations {
			r := &m.Relations[i]
			lines = append(lines, r.ID.Short()+": "+w.inverse(r))
		}
		for _, x := range m.Mistakes {
			if f, ok := m.FieldBySelector(x.Field.Field); ok && x.Wanted != relation.NoKind {
				meant := relation.Relation{ID: x.Field, Dialect: m.Dialect, Kind: x.Wanted, Target: f.Target}
				lines = append(lines, fmt.Sprintf("%s, meant as %s: %s", x.Field.Short(), x.Wanted, w.inverse(&meant)))
			}
		}
		return lines
	})
}

func (w *Workspace) inverse(r *relation.Relation) string {
	target := w.Type(r.Target.Name)
	if target == nil {
		return "the target is not here"
	}
	side := dialect.Side{Relation: r, Owner: w.Type(r.ID.Model.Name), Target: target}
	side.Style.Native = w.settings["native"] == "true"
	return Added(w.dialect.Write(w, side), r)
}

// Added writes down an addition for the inverse of a relation.
func Added(add *dialect.Addition, r *relation.Relation) string {
	if add == nil {
		return "none"
	}
	var parts []string
	for _, side := range []struct {
		owner  string
		fields []dialect.NewField
	}{{r.ID.Model.Name, add.Own}, {r.Target.Name, add.Fields}} {
		for _, f := range side.fields {
			text := side.owner + "." + f.Name + " "
			if f.Type.Slice {
				text += "[]"
			}
			if f.Type.Pointer {
				text += "*"
			}
			text += f.Type.Ref.Name
			for _, tag := range f.Tags {
				text += fmt.Sprintf(" %s:%q", tag.Key, tag.Value)
			}
			parts = append(parts, text)
		}
	}
	for _, e := range add.Elements {
		parts = append(parts, r.Target.Name+"."+e.Name+" "+describeCalls(e.Calls))
	}
	if add.Back != "" {
		parts = append(parts, "here "+add.Back)
	}
	return strings.Join(parts, ", ")
}

// describeCalls writes down a chain of calls, without the package of the first.
func describeCalls(calls []dialect.NewCall) string {
	var chain []string
	for _, c := range calls {
		var args []string
		for _, a := range c.Args {
			if a.Type.Name != "" {
				args = append(args, a.Type.Name+"."+a.Member)
			} else {
				args = append(args, fmt.Sprintf("%q", a.Text))
			}
		}
		chain = append(chain, c.Name+"("+strings.Join(args, ", ")+")")
	}
	return strings.Join(chain, ".")
}

// Describe writes down a relation on one line.
func Describe(r *relation.Relation) string {
	line := fmt.Sprintf("%s %s %s", r.ID.Short(), r.Kind, r.Target.Name)
	for _, k := range r.Keys {
		line += fmt.Sprintf(" %s=%s", k.ForeignKey.Short(), k.References.Short())
	}
	if r.JoinTable != "" {
		line += " " + r.JoinTable
	}
	if !r.JoinModel.IsZero() {
		line += " through " + r.JoinModel.Name
	}
	for i, k := range r.JoinKeys {
		if i == r.OwnJoinKeys {
			line += " /"
		}
		line += fmt.Sprintf(" %s=%s", k.Column, k.References.Short())
	}
	if p := r.Polymorphic; p != nil {
		line += fmt.Sprintf(" where %s=%s", p.Type.Short(), p.Value)
	}
	for _, flag := range []struct {
		set  bool
		text string
	}{{r.Embedded, "embedded"}, {r.Path != "", "at " + r.Path}, {r.Foreign, "foreign"}} {
		if flag.set {
			line += ", " + flag.text
		}
	}
	return line
}

func (w *Workspace) each(describe func(*relation.Model) []string) []string {
	var lines []string
	for _, t := range w.Structs {
		if m := w.dialect.Read(w, t); m != nil {
			lines = append(lines, describe(m)...)
		}
	}
	return lines
}

// text is the source at a place.
func (w *Workspace) text(p relation.Place) string {
	if p.File == "" {
		return "nowhere"
	}
	if p.Span.Len() == 0 {
		return "nothing"
	}
	return w.Files[p.File][p.Span.Start:p.Span.End]
}

var kindNames = map[relation.MistakeKind]string{
	relation.ForeignKeyMissing: "foreign-key-missing", relation.ForeignKeyUnknown: "foreign-key-unknown",
	relation.ReferencesUnknown: "references-unknown", relation.KeyCount: "key-count",
	relation.JoinModelInvalid: "join-model-invalid", relation.PolymorphicInvalid: "polymorphic-invalid",
	relation.TargetNotModel: "target-not-model", relation.TargetUnknown: "target-unknown",
	relation.EmbeddedInvalid: "embedded-invalid", relation.ValueInvalid: "value-invalid",
	relation.TagMalformed: "tag-malformed", relation.TagContradiction: "tag-contradiction",
	relation.OptionUnknown: "option-unknown", relation.KeySpelling: "key-spelling",
	relation.PrimaryKeyMissing: "primary-key-missing", relation.ShapeUnfit: "shape-unfit",
	relation.RelationRepeated: "relation-repeated", relation.OptionRepeated: "option-repeated",
	relation.ValueUnknown: "value-unknown", relation.OptionIdle: "option-idle", relation.OptionMisplaced: "option-misplaced",
	relation.JoinFallback: "join-fallback", relation.JoinModelUnregistered: "join-model-unregistered",
	relation.InverseUnnamed: "inverse-unnamed", relation.InverseUnknown: "inverse-unknown",
	relation.InverseWrongModel: "inverse-wrong-model", relation.InverseDuplicate: "inverse-duplicate",
	relation.RelationUnknown: "relation-unknown", relation.NameDuplicate: "name-duplicate",
	relation.OptionUnfit: "option-unfit", relation.OptionConflict: "option-conflict",
	relation.KeyTypeRefused: "key-type-refused", relation.WordSwapped: "word-swapped", relation.RelationGuessed: "relation-guessed",
	relation.ForeignKeyUnseen: "foreign-key-unseen", relation.TableUnlike: "table-unlike", relation.CreationUnfit: "creation-unfit",
	relation.InverseChosen: "inverse-chosen",
}

var roleNames = map[relation.Role]string{
	relation.NameRole: "name", relation.TagKeyRole: "tag-key", relation.KindRole: "kind",
	relation.BackPopulatesRole: "back-populates", relation.ForeignKeyRole: "foreign-key",
	relation.ReferencesRole: "references", relation.OwnKeyRole: "own-key", relation.TargetKeyRole: "target-key",
	relation.JoinTableRole: "join-table", relation.JoinModelRole: "join-model",
	relation.JoinForeignKeyRole: "join-foreign-key", relation.JoinReferencesRole: "join-references",
	relation.PolymorphicRole: "polymorphic", relation.PolymorphicTypeRole: "polymorphic-type",
	relation.PolymorphicIDRole: "polymorphic-id", relation.PolymorphicValueRole: "polymorphic-value",
	relation.OwnColumnRole: "own-column", relation.TargetColumnRole: "target-column",
	relation.JoinModelTableRole: "join-model-table", relation.TableRole: "table", relation.ColumnRole: "column",
	relation.JoinOwnFieldRole: "join-own-field", relation.JoinTargetFieldRole: "join-target-field",
	relation.JoinOwnColumnRole: "join-own-column", relation.JoinTargetColumnRole: "join-target-column",
	relation.ColumnPrefixRole: "column-prefix",
	relation.RelationRole:     "relation", relation.TargetTableRole: "target-table",
}
