// Package truth asks the real go-pg how it reads models.
package truth

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"reflect"
	"slices"
	"strings"

	"github.com/go-pg/pg/v10/orm"

	"github.com/rells-dev/rells/index/oracle/ask"
)

// World is models that belong together, and those of them that are made known before
// any query: join models.
type World struct {
	Models, Registered []any
}

// Model is what go-pg makes of one model.
type Model struct {
	ID    string // import path and name
	Table string
	// Error is the panic with which go-pg refuses the model; Spread says that it comes
	// of a join model, which go-pg refuses by itself.
	Error     string
	Spread    bool
	Relations []ask.Resolved // all, or those that come before the panic
	Warnings  []string       // "Field: what", of the model's own fields
	Own       []string       // those fields, embedded structs among them
	Inherits  bool           // it goes by the name of another model, in the log too
}

// Print asks go-pg about every model of every world and writes what it says as JSON.
func Print(w io.Writer, worlds ...World) error {
	var models []Model
	for _, world := range worlds {
		for _, m := range world.Models {
			models = append(models, world.model(m))
		}
	}
	return json.NewEncoder(w).Encode(models)
}

// model reads a model with a go-pg as new, so that no panic leaves a trace in the
// reading of another.
func (w World) model(value any) Model {
	forget()
	logged := listen()
	typ := reflect.TypeOf(value).Elem()
	refused := map[string]bool{} // tables of registered models that go-pg refuses
	for _, join := range w.Registered {
		joined := reflect.TypeOf(join).Elem()
		if joined != typ && panics(func() { orm.GetTable(joined) }) != "" {
			refused[tableName(orm.GetTable(joined))] = true // what is left of it
		}
	}
	m := Model{ID: ask.TypeID(typ)}
	for i := range typ.NumField() {
		m.Own = append(m.Own, typ.Field(i).Name)
	}
	m.Error = panics(func() { orm.GetTable(typ) })
	t := orm.GetTable(typ) // of one that was refused, as far as it was read
	m.Table = tableName(t)
	if table, ok := strings.CutPrefix(m.Error, "pg: can't find "); ok {
		table, _, _ = strings.Cut(table, " table")
		m.Spread = refused[strings.ReplaceAll(table, `"`, "")]
	}
	for _, r := range t.Relations {
		m.Relations = append(m.Relations, relationOf(t, r))
	}
	slices.SortFunc(m.Relations, func(a, b ask.Resolved) int { return strings.Compare(a.ID, b.ID) })
	if m.Inherits = !strings.EqualFold(t.TypeName, typ.Name()); !m.Inherits {
		m.Warnings = warnings(logged.String(), t.TypeName, typ)
	}
	return m
}

func tableName(t *orm.Table) string { return strings.ReplaceAll(string(t.SQLName), `"`, "") }

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

// listen gathers what go-pg logs from now on.
func listen() *bytes.Buffer {
	var logged bytes.Buffer
	for _, l := range []*log.Logger{warnLogger, deprecatedLogger} {
		l.SetOutput(&logged)
		l.SetFlags(0)
		l.SetPrefix("")
	}
	return &logged
}

// warnings tells what was logged of the fields that a type declares itself:
// "Type.Field ...", or `add pg:"rel:has-one" to Type.Field field tag`.
func warnings(logged, name string, typ reflect.Type) []string {
	found := map[string]bool{}
	for line := range strings.Lines(logged) {
		guessed := strings.HasPrefix(line, "add pg:")
		if guessed {
			_, line, _ = strings.Cut(line, " to ")
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
		case guessed:
			found[field+": guessed"] = true
		case strings.Contains(what, "is also an option name"):
			found[field+": option as name"] = true
		case strings.Contains(what, "has unknown tag option"):
			found[field+": unknown option"] = true
		}
	}
	var list []string
	for line := range found {
		list = append(list, line)
	}
	slices.Sort(list)
	return list
}
