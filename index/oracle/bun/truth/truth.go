// Package truth asks the real Bun how it reads models.
package truth

import (
	"encoding/json"
	"fmt"
	"io"
	"reflect"
	"slices"
	"strings"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/sqlitedialect"

	"github.com/rells-dev/rells/index/oracle/ask"
)

// World is models that belong together, and those of them that are made known before
// any query: join models.
type World struct {
	Models, Registered []any
}

// Model is what Bun makes of one model.
type Model struct {
	ID    string // import path and name
	Name  string
	Table string
	// Error is the panic with which Bun refuses the model; Spread says that it comes of
	// another model, which Bun refuses by itself.
	Error     string
	Spread    bool
	Relations []ask.Resolved // all, or those that come before the panic
	Warnings  []string       // "Field: what", of the model's own fields
	Own       []string       // those fields, embedded structs among them
	Extends   bool           // it goes by the name of another model, in the log too
}

// Print asks Bun about every model of every world and writes what it says as JSON.
func Print(w io.Writer, worlds ...World) error {
	var models []Model
	for _, world := range worlds {
		models = append(models, world.ask()...)
	}
	return json.NewEncoder(w).Encode(models)
}

// ask reads each model with a Bun of its own, so that no panic leaves a trace in the
// reading of another.
func (w World) ask() []Model {
	refused := map[string]bool{} // tables of registered models that Bun refuses
	var models []Model
	for _, m := range w.Models {
		models = append(models, w.model(m, refused))
	}
	for i := range models {
		m := &models[i]
		m.Spread = m.Error != "" && (m.Spread || spread(m, models, refused))
	}
	return models
}

func (w World) model(value any, refused map[string]bool) Model {
	log := &warnings{}
	bun.SetLogger(log)
	typ := reflect.TypeOf(value).Elem()
	m := Model{ID: ask.TypeID(typ), Name: typ.Name()}
	for i := range typ.NumField() {
		m.Own = append(m.Own, typ.Field(i).Name)
	}
	// A panic while fields are read leaves a table that is never read again.
	if m.Error = panics(func() { sqlitedialect.New().Tables().InProgress(typ) }); m.Error != "" {
		return m
	}
	tables := sqlitedialect.New().Tables()
	for _, join := range w.Registered {
		joined := reflect.TypeOf(join).Elem()
		if joined == typ {
			continue
		}
		if why := panics(func() { tables.Get(joined) }); why != "" {
			refused[tables.InProgress(joined).Name] = true
			m.Spread = m.Spread || strings.HasPrefix(why, embedPanic)
		}
	}
	m.Error = panics(func() { tables.Get(typ) })
	table := tables.InProgress(typ)
	m.Table = table.Name
	for _, r := range table.Relations {
		m.Relations = append(m.Relations, relationOf(table, r))
	}
	slices.SortFunc(m.Relations, func(a, b ask.Resolved) int { return strings.Compare(a.ID, b.ID) })
	if m.Extends = !strings.EqualFold(table.TypeName, typ.Name()); !m.Extends {
		m.Warnings = log.of(table.TypeName, typ)
	}
	return m
}

// embedPanic begins the panic that leaves a struct half read: whoever leads to it gets
// what is left.
const embedPanic = "bun: embed "

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

// spread reports whether the panic of a model is that of another one: a join model that
// Bun refuses, or a struct behind a field whose own fields cannot be read.
func spread(m *Model, all []Model, refused map[string]bool) bool {
	if table, ok := strings.CutPrefix(m.Error, "bun: can't find m2m "); ok {
		table, _, _ = strings.Cut(table, " table")
		return refused[table]
	}
	if place, ok := strings.CutPrefix(m.Error, embedPanic); ok {
		owner, _, _ := strings.Cut(place, ".")
		return !strings.EqualFold(owner, m.Name) && slices.ContainsFunc(all, func(o Model) bool { return strings.EqualFold(o.Name, owner) })
	}
	return false
}

// warnings collects what Bun logs.
type warnings struct{ lines []string }

func (w *warnings) Printf(format string, args ...any) {
	w.lines = append(w.lines, fmt.Sprintf(format, args...))
}

// of lists what was logged of the fields of a type: "Type.Field ..." or "bun: Type
// belongs-to Field: ...".
func (w *warnings) of(name string, typ reflect.Type) []string {
	found := map[string]bool{}
	for _, line := range w.lines {
		line = strings.TrimPrefix(line, "WARN: bun: ")
		if rest, ok := strings.CutPrefix(line, "bun: "+name+" belongs-to "); ok {
			field, what, _ := strings.Cut(rest, ": ")
			if strings.HasPrefix(what, "unknown on_") && !strings.HasSuffix(what, " NO ACTION") {
				found[field+": unknown rule"] = true
			}
			continue
		}
		rest, ok := strings.CutPrefix(line, name+".")
		if !ok {
			continue
		}
		field, what, _ := strings.Cut(rest, " ")
		if f, ok := typ.FieldByName(field); !ok || len(f.Index) > 1 {
			continue
		}
		switch {
		case strings.Contains(what, "is also an option name"):
			found[field+": option as name"] = true
		case strings.Contains(what, "unknown tag option"):
			found[field+": unknown option"] = true
		case strings.Contains(what, "must come together"):
			found[field+": join alone"] = true
		}
	}
	var list []string
	for line := range found {
		list = append(list, line)
	}
	slices.Sort(list)
	return list
}
