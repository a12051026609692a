package index

import (
	"cmp"
	"slices"
	"strings"

	"github.com/rells-dev/rells/index/dialect"
	"github.com/rells-dev/rells/index/facts"
	"github.com/rells-dev/rells/index/relation"
)

// Candidate is something that may be typed at a cursor.
type Candidate struct {
	Name       string // what it is called, and what the word at the cursor is compared with
	Text       string // what takes the place of the word: the name with what belongs before or behind it
	Kind       CandidateKind
	Detail     string // a few words: the type of a field, what a relation leads to
	Doc        string // a sentence, or ""
	Deprecated bool
}

// CandidateKind says what a candidate is.
type CandidateKind uint8

// The kinds of candidates.
const (
	TagKeyCandidate CandidateKind = iota
	OptionCandidate
	ValueCandidate // one of a fixed set: has-many, OnDelete:CASCADE
	FieldCandidate
	RelationCandidate
	TableCandidate
	ModelCandidate
)

// Candidates lists what may stand at the cursor, the best first. It does not
// look at what has been typed of the word: comparing names is the editor's work.
func (s *Snapshot) Candidates(c *Cursor) []Candidate {
	q := &completion{Cursor: c, snapshot: s}
	q.find()
	candidates := q.candidates()
	seen := map[string]bool{}
	return slices.DeleteFunc(candidates, func(c Candidate) bool {
		again := seen[c.Name]
		seen[c.Name] = true
		return c.Name == "" || again
	})
}

// completion is what is known about the field in whose tag the cursor is.
type completion struct {
	*Cursor
	snapshot *Snapshot
	owner    *relation.Model    // has the field, as the tag's dialect reads it; nil if nobody does
	field    *relation.Field    // nil likewise
	relation *relation.Relation // nil where the field is none, or not yet
	target   *relation.Model    // the model that the field leads to; nil likewise
}

// find looks up the cursor's field in the graph. Of several models that embed
// the struct the first one stands for all.
func (q *completion) find() {
	name := "" // of the preferred dialect
	if q.Dialect != nil {
		name = q.Dialect.Name
	}
	if q.Mention != nil {
		q.findDeclared(name)
		return
	}
	for _, n := range q.snapshot.NodesIn(q.Path) {
		m := n.Model(name)
		for i := range m.Fields {
			f := &m.Fields[i]
			if f.Place.File != q.Path || f.Place.Span != q.Cursor.Field.Name.Span {
				continue
			}
			q.owner, q.field = m, f
			q.relation = q.snapshot.Relation(relation.FieldID{Model: n.Ref, Field: f.Selector}, name)
			q.target = q.snapshot.Node(f.Target).Model(name)
			return
		}
	}
}

func (q *completion) candidates() []Candidate {
	if q.Mention != nil {
		return q.inText()
	}
	switch q.Role {
	case relation.TagKeyRole:
		return q.tagKeys()
	case relation.OptionRole:
		return q.options()
	case relation.BackPopulatesRole:
		return q.inverses()
	case relation.ForeignKeyRole, relation.OwnKeyRole:
		return q.foreignKeys()
	case relation.ReferencesRole, relation.TargetKeyRole:
		return q.references()
	case relation.JoinTableRole:
		return q.joinTables()
	case relation.JoinModelRole:
		if q.Item.Option.Located {
			return q.joinModels()
		}
		return append(q.joinModels(), q.joinTables()...)
	case relation.JoinForeignKeyRole:
		return q.joinColumns(q.owner)
	case relation.JoinReferencesRole:
		return q.joinColumns(q.target)
	case relation.PolymorphicRole:
		return q.polymorphicPrefixes()
	case relation.PolymorphicTypeRole:
		return q.halves(q.target, "Type", "ID")
	case relation.PolymorphicIDRole:
		return q.halves(q.target, "ID", "Type")
	case relation.PolymorphicValueRole:
		return q.polymorphicValues()
	case relation.ValueRole:
		return q.values()
	case relation.OwnColumnRole:
		return q.ownColumns()
	case relation.TargetColumnRole:
		return q.targetColumns()
	case relation.JoinModelTableRole:
		return q.joinModelTables()
	case relation.TargetTableRole:
		return q.targetTable()
	case relation.JoinOwnFieldRole:
		return q.joinFields(q.owner)
	case relation.JoinTargetFieldRole:
		return q.joinFields(q.target)
	case relation.RelationRole:
		return q.ways()
	case relation.JoinOwnColumnRole:
		return q.joinModelColumns(q.owner)
	case relation.JoinTargetColumnRole:
		return q.joinModelColumns(q.target)
	}
	return nil
}

// leads reports whether the field leads to another struct, as far as it is known.
func (q *completion) leads() bool {
	if q.field != nil {
		return !q.field.Target.IsZero() && (q.snapshot.Node(q.field.Target) != nil || !q.stored())
	}
	e := &q.Cursor.Field.Type
	for e.Elem != nil {
		e = e.Elem
	}
	return e.Kind == facts.NamedExpr && (e.Package != "" || strings.ToLower(e.Name) != e.Name)
}

// stored reports whether some dialect keeps the field in a column: a time, say.
func (q *completion) stored() bool {
	return slices.ContainsFunc(q.snapshot.Node(q.owner.Ref).Models, func(m *relation.Model) bool {
		f, ok := m.FieldBySelector(q.field.Selector)
		return ok && f.Column != ""
	})
}

// tagKeys lists the keys of the dialects: of the ORMs that read a model of the
// file, and the native one where the field leads somewhere.
func (q *completion) tagKeys() []Candidate {
	var list []Candidate
	ranks := map[string]int{} // by key: makers of relations that do not fit the field come last
	for _, d := range q.snapshot.dialects {
		if d.Native && !q.leads() || !d.Native && !q.speaks(d) {
			continue
		}
		for _, key := range q.snapshot.settings.keys(d, q.Path) {
			if q.hasTag(key) {
				continue
			}
			c := Candidate{Name: key, Text: q.gap() + key, Kind: TagKeyCandidate, Detail: "tag of " + d.Name}
			if o := d.Option(key); d.Keyed && o != nil {
				if d.Offers != nil && !d.Offers(q.Cursor.Field, o) || o.Relation && !q.leads() {
					continue
				}
				c.Doc = o.Doc
				if isKind(o) {
					ranks[key] = q.kindRank(o.Kind)
				}
			}
			if q.Tag == nil || q.Tag.Defect == facts.TagNoValue && q.Tag.Value.Span.Start == q.Tag.Key.Span.End {
				c.Text += ":" + q.quote()
			}
			list = append(list, c)
		}
	}
	slices.SortStableFunc(list, func(a, b Candidate) int { return cmp.Compare(ranks[a.Name], ranks[b.Name]) })
	return list
}

// speaks reports whether the dialect reads a model of the file, or its key stands
// in a tag of it.
func (q *completion) speaks(d *dialect.Dialect) bool { return q.snapshot.reads(d, q.Path) }

// hasTag reports whether the field has a tag of the key other than the one at
// the cursor.
func (q *completion) hasTag(key string) bool {
	for i := range q.Cursor.Field.Tags {
		if tag := &q.Cursor.Field.Tags[i]; tag != q.Tag && tag.Key.Text == key {
			return true
		}
	}
	return false
}

// gap is the space that must stand before a key that directly follows a pair.
func (q *completion) gap() string {
	for i := range q.Cursor.Field.Tags {
		if q.Cursor.Field.Tags[i].Span.End == q.Word.Span.Start {
			return " "
		}
	}
	return ""
}

// quote is how a quote is written inside of the tag's literal.
func (q *completion) quote() string {
	file, _ := q.snapshot.File(q.Path)
	if before := q.Cursor.Field.Literal.Span.Start - 1; before >= 0 && file.Source[before] == '"' {
		return `\"`
	}
	return `"`
}

// options lists the options that the tag does not have yet, those that fit the
// field first.
func (q *completion) options() []Candidate {
	var list []Candidate
	for i := range q.Dialect.Options {
		o := &q.Dialect.Options[i]
		if q.used(o) || !q.snapshot.knows(q.Path, q.Dialect, o) || o.Name == "-" && q.others() || !q.offers(o) {
			continue
		}
		c := Candidate{Name: o.Name, Text: q.opening() + q.behindName(o) + o.Name, Kind: OptionCandidate, Doc: o.Doc, Deprecated: o.Deprecated != ""}
		if o.Deprecated != "" {
			c.Detail = "now " + o.Deprecated
		}
		if isKind(o) {
			c.Kind = ValueCandidate
		} else if takesValue(o) && (q.Item == nil || !q.Item.Sep) {
			c.Text += cmp.Or(q.Dialect.Opens, ":")
		}
		list = append(list, c)
	}
	rank := func(c Candidate) int {
		o := q.Dialect.Option(c.Name)
		switch {
		case o.Deprecated != "":
			return 4
		case isKind(o):
			return q.kindRank(o.Kind)
		case o.Name == "-":
			return 3
		case o.Relation == q.leads():
			return 2
		}
		return 3
	}
	slices.SortStableFunc(list, func(a, b Candidate) int { return cmp.Compare(rank(a), rank(b)) })
	return list
}

// offers reports whether the option has its place in the tag of the field.
func (q *completion) offers(o *dialect.Option) bool {
	return q.Dialect.Offers == nil || q.Dialect.Offers(q.Cursor.Field, o)
}

// behindName is the separator without which an option would be taken for the name
// that stands first in the tag.
func (q *completion) behindName(o *dialect.Option) string {
	before := q.Tag.Value.Text[:q.Tag.Value.Index(int(q.Word.Span.Start))]
	if q.Dialect.Named && !takesValue(o) && o.Name != "-" && strings.TrimSpace(before) == "" {
		return q.Dialect.Separator
	}
	return ""
}

// takesValue reports whether something must stand behind the option's name.
func takesValue(o *dialect.Option) bool { return o.Role != relation.NoRole && o.Name != "-" }

// isKind reports whether the option is a kind of relation.
func isKind(o *dialect.Option) bool { return o.Kind != relation.NoKind }

// used reports whether the option stands in the tag already, elsewhere than at
// the cursor. Only one kind can.
func (q *completion) used(o *dialect.Option) bool {
	for i := range q.Items {
		item := &q.Items[i]
		if item == q.Item || item.Option == nil {
			continue
		}
		if item.Option == o || isKind(o) && isKind(item.Option) {
			return true
		}
	}
	return false
}

// others reports whether the tag says something besides what is at the cursor.
func (q *completion) others() bool {
	return slices.ContainsFunc(q.Items, func(i dialect.Item) bool { return q.Item == nil || i.Span != q.Item.Span })
}

// opening is the quote that must stand before the first name of a value that has
// none yet.
func (q *completion) opening() string {
	switch q.Tag.Defect {
	case facts.TagNoValue, facts.TagUnquoted:
		return q.quote()
	}
	return ""
}

// kindRank puts kinds that the field's type allows first.
func (q *completion) kindRank(k relation.Kind) int {
	many := q.field != nil && q.field.Many
	if q.field == nil {
		many = q.Cursor.Field.Type.Kind == facts.SliceExpr
	}
	if many == (k == relation.HasMany || k == relation.ManyToMany) {
		return 0
	}
	return 1
}

// values lists the fixed values of the option at the cursor.
func (q *completion) values() []Candidate {
	var list []Candidate
	for _, v := range q.Item.Option.Values {
		list = append(list, Candidate{Name: v, Text: v + q.closing(), Kind: ValueCandidate, Detail: q.Item.Option.Name})
	}
	return list
}

// closing is what must stand behind the value at the cursor and does not yet.
func (q *completion) closing() string {
	if q.Item.Span.End > q.Item.Value.Span.End {
		return ""
	}
	return q.Dialect.Closes
}
