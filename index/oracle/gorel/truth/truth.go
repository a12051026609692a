// Package truth asks the real go-rel how it reads models.
package truth

import (
	"encoding/json"
	"fmt"
	"io"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/go-rel/rel"

	"github.com/rells-dev/rells/index/oracle/ask"
)

// Model is what go-rel makes of one model.
type Model struct {
	ID    string // import path and name
	Part  bool   // it is only embedded by models, and nobody says that it is one
	Table string // "" where go-rel panics before it tells
	// Error is a panic with which go-rel refuses the model; Spread says that each comes of
	// another model, which go-rel refuses by itself.
	Error     string
	Spread    bool
	Relations []Relation // those that can be asked for
	Lost      []string   // ids of relations that cannot, because go-rel refuses what they lead to, or through, for its own sake
	Idle      []string   // ids of fields of whose tags nothing comes, though they say something about relations
	Unknown   []string   // ids of fields whose through is no relation
}

// Relation is one relation as go-rel resolves it, in the words of rells' output.
type Relation struct {
	ID, Target, Kind string
	Keys             []string // "foreign key = what it points to", both as field ids
	JoinTable        string   // of a relation that goes through another
	OwnKey           string   // "column = field id"
	Unfollowed       bool     // it goes through another, and compares ids all the same
}

// Print asks go-rel about models, and parts that they embed, all pointers to structs, and
// writes what it says as JSON.
func Print(w io.Writer, models, parts []any) error {
	var told []Model
	for i, v := range slices.Concat(models, parts) {
		m := &model{typ: reflect.TypeOf(v).Elem(), value: v}
		m.ask()
		m.told.Part = i >= len(models)
		told = append(told, m.told)
	}
	return json.NewEncoder(w).Encode(told)
}

// model is a model while it is asked about.
type model struct {
	typ   reflect.Type
	value any
	told  Model
}

func (m *model) ask() {
	m.told.ID = ask.TypeID(m.typ)
	own := panics(func() { m.told.Table = documentMeta(m.typ, true).Table() })
	if own != "" {
		m.told.Error = own
		return
	}
	var doc *rel.Document
	whole := panics(func() { doc = rel.NewDocument(m.value) })
	keyless := panics(func() { documentMeta(m.typ, true).PrimaryFields() })
	refused, spread := m.relations()
	m.told.Error = keyless + whole + strings.Join(refused, "; ")
	m.told.Spread = m.told.Error != "" && keyless == "" && spread
	if whole == "" {
		m.crossCheck(doc)
	}
	slices.SortFunc(m.told.Relations, func(a, b Relation) int { return strings.Compare(a.ID, b.ID) })
	slices.Sort(m.told.Idle)
	slices.Sort(m.told.Unknown)
}

// relations asks for the relation in each field. It tells the panics, and whether all of
// them are those of targets, which go-rel refuses for their own sake.
func (m *model) relations() (refused []string, spread bool) {
	meta := documentMeta(m.typ, true)
	spread = true
	for _, index := range meta.Index() {
		field := m.typ.FieldByIndex(index)
		if !isRelation(field) {
			m.checkIdle(field, index)
			continue
		}
		var a rel.AssociationMeta
		why := m.alone(index)
		if why == "" {
			why = panics(func() { a = associationMeta(m.typ, index) })
		}
		if why != "" {
			refused = append(refused, field.Name+": "+why)
			if panics(func() { documentMeta(behind(field.Type), true) }) != "" {
				m.told.Lost = append(m.told.Lost, ask.FieldID(m.typ, index))
			} else {
				spread = false
			}
			continue
		}
		if r, ok := m.relation(index, field, a); ok {
			m.told.Relations = append(m.told.Relations, r)
		} else {
			m.told.Lost = append(m.told.Lost, r.ID)
		}
	}
	slices.Sort(refused)
	return refused, spread
}

// alone is the panic with which go-rel refuses a field of an embedded struct for the
// sake of that struct, "" where it does not.
func (m *model) alone(index []int) string {
	if len(index) == 1 {
		return ""
	}
	declaring := m.typ.FieldByIndex(index[:len(index)-1]).Type
	if declaring.Kind() == reflect.Pointer {
		declaring = declaring.Elem()
	}
	return panics(func() { associationMeta(declaring, index[len(index)-1:]) })
}

// crossCheck holds the fields that were taken for relations against the lists of go-rel.
func (m *model) crossCheck(doc *rel.Document) {
	listed := len(doc.BelongsTo()) + len(doc.HasOne()) + len(doc.HasMany())
	asked := len(m.told.Relations)
	for _, name := range slices.Concat(doc.BelongsTo(), doc.HasOne(), doc.HasMany()) {
		if panics(func() { doc.Association(name) }) != "" {
			listed--
		}
	}
	if listed != asked {
		panic(fmt.Sprintf("%s: go-rel lists %d relations, but %d were found", m.told.ID, listed, asked))
	}
}

// isRelation reports whether go-rel takes a field for a relation.
func isRelation(f reflect.StructField) bool {
	typ := behind(f.Type)
	if typ.Kind() != reflect.Struct {
		return false
	}
	fields, _ := primaryFields(typ)
	return len(fields) > 0
}

// behind takes pointers and slices off a type.
func behind(t reflect.Type) reflect.Type {
	for t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice {
		t = t.Elem()
	}
	return t
}

// checkIdle notes a column that has a tag of a relation, and a type or tags that nobody
// but go-rel would have such a tag for.
func (m *model) checkIdle(f reflect.StructField, index []int) {
	typ := behind(f.Type)
	if f.Tag.Get("ref") == "" || f.Tag.Get("fk") == "" {
		if typ.Kind() != reflect.Struct || typ == reflect.TypeFor[time.Time]() {
			return
		}
	}
	for _, key := range []string{"ref", "fk", "through", "auto", "autosave", "autoload"} {
		if f.Tag.Get(key) != "" {
			m.told.Idle = append(m.told.Idle, ask.FieldID(m.typ, index))
			return
		}
	}
}

// panics is what a function panics with, "" for a function that does not.
func panics(f func()) (message string) {
	defer func() {
		if r := recover(); r != nil {
			message = fmt.Sprint(r)
		}
	}()
	f()
	return ""
}
