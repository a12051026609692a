// Package truth asks the real GORM what it makes of Go types: which fields of
// a model are relations, how they resolve, and which models it refuses. It is
// compiled into the generated programs of the oracle, beside the models.
package truth

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"reflect"
	"slices"
	"strings"
	"sync"

	"gorm.io/gorm/logger"
	"gorm.io/gorm/schema"

	"github.com/rells-dev/rells/index/oracle/ask"
)

// Model is GORM's verdict on one model.
type Model struct {
	ID    string `json:"id"`
	Table string `json:"table"`

	// Error is what schema.Parse says with an empty cache, as for a program
	// whose first use of GORM is this model; empty where the model is accepted.
	// A panic of GORM's counts as an error and begins with "panic: ".
	Error string `json:"error,omitempty"`

	// OwnError is what remains of it when every other model is taken as given:
	// it is empty where the model is refused for its target's sake alone.
	OwnError string `json:"ownError,omitempty"`

	// Relations are those GORM resolved before it stopped at OwnError, in
	// field order, every other model taken as given.
	Relations []ask.Relation `json:"relations,omitempty"`

	// NoRelations are the ids of the fields that GORM reads and does not take
	// for relations: columns and ignored fields.
	NoRelations []string `json:"noRelations,omitempty"`

	// Found says that nobody asked about this struct: GORM reads it because a
	// relation of a model leads to it.
	Found bool `json:"found,omitempty"`

	// Targets are the ids of the structs that the model's relations lead to,
	// whether they resolve or not.
	Targets []string `json:"targets,omitempty"`

	// Embeds are the ids of the struct types embedded in the model, at any depth.
	Embeds []string `json:"embeds,omitempty"`
}

// Print writes, as a JSON list, GORM's verdict on each model and on each struct
// that their relations lead to; a model is a pointer to a struct.
func Print(w io.Writer, models ...any) error {
	logger.Default = logger.Discard // GORM logs every refusal to the standard output
	if err := readNaming(); err != nil {
		return err
	}
	var verdicts []Model
	asked, queue := map[reflect.Type]bool{}, []reflect.Type{}
	for _, m := range models {
		t := reflect.TypeOf(m).Elem()
		asked[t], queue = true, append(queue, t)
	}
	for i := 0; i < len(queue); i++ {
		verdict := Ask(reflect.New(queue[i]).Interface())
		verdict.Found = i >= len(models)
		for _, target := range relationTargets(queue[i]) {
			verdict.Targets = append(verdict.Targets, typeID(target))
			if !asked[target] {
				asked[target], queue = true, append(queue, target)
			}
		}
		verdicts = append(verdicts, verdict)
	}
	return json.NewEncoder(w).Encode(verdicts)
}

// Verdicts is Print, by the name that the package inject calls.
func Verdicts(w io.Writer, models ...any) error { return Print(w, models...) }

// Ask returns GORM's verdict on one model, a pointer to a struct.
func Ask(model any) Model {
	t := reflect.TypeOf(model).Elem()
	verdict := Model{ID: typeID(t), Embeds: embeds(t)}

	if _, err := parse(model, &sync.Map{}); err != nil {
		verdict.Error = err.Error()
	}
	if s := columnsOnly(model); s != nil {
		for _, f := range s.Fields {
			if !isRelation(f) {
				verdict.NoRelations = append(verdict.NoRelations, fieldID(f))
			}
		}
	}
	s, err := parse(model, targetsAsGiven(t))
	if err != nil {
		verdict.OwnError = err.Error()
	}
	if s == nil {
		return verdict
	}
	verdict.Table = s.Table
	verdict.Relations = relations(s)
	if fresh, err := parse(model, &sync.Map{}); err == nil && !reflect.DeepEqual(relations(fresh), verdict.Relations) {
		panic(fmt.Sprintf("%s: its relations depend on what is in the cache", verdict.ID))
	}
	return verdict
}

// naming is how GORM names tables and columns: by default as ever, else as the
// environment variable NamingVariable says, a schema.NamingStrategy in JSON.
var naming schema.NamingStrategy

// NamingVariable is the name of the environment variable that Print heeds.
const NamingVariable = "RELLS_ORACLE_NAMING"

// readNaming takes the naming strategy over from the environment.
func readNaming() error {
	text := os.Getenv(NamingVariable)
	if text == "" {
		return nil
	}
	return json.Unmarshal([]byte(text), &naming)
}

// parse is schema.Parse, its panics turned into errors. After a panic the schema is
// nil.
func parse(model any, cache *sync.Map) (s *schema.Schema, err error) {
	defer func() {
		if p := recover(); p != nil {
			s, err = nil, fmt.Errorf("panic: %v", p)
		}
	}()
	return schema.Parse(model, cache, naming)
}

// targetsAsGiven returns a cache that holds the schema of every struct that the
// fields of t lead to, save t itself, whether GORM refuses it or not: GORM does
// not look for errors in what it finds in its cache. What is then wrong with t
// is wrong with t alone. The targets of targets are there too, since a relation
// of the target may be the key of a join table.
func targetsAsGiven(t reflect.Type) *sync.Map {
	cache := &sync.Map{}
	seen := map[reflect.Type]bool{t: true}
	given := targets(t, seen)
	for _, target := range slices.Clone(given) {
		given = append(given, targets(target, seen)...)
	}
	for _, target := range given {
		model := reflect.New(target).Interface()
		s, err := parse(model, &sync.Map{})
		if s == nil && err != nil {
			s = columnsOnly(model)
		}
		if s != nil {
			cache.Store(target, s)
		}
	}
	return cache
}

// columnsOnly parses a model as GORM does for an embedded struct, where it
// leaves the relations alone (schema/schema.go, embeddedCacheKey).
func columnsOnly(model any) *schema.Schema {
	cache := &sync.Map{}
	cache.Store("embedded_cache_store", true)
	s, _ := parse(model, cache)
	return s
}

// targets lists the struct types that the fields of struct t, and of the
// structs embedded in it, lead to through pointers, slices and arrays.
func targets(t reflect.Type, seen map[reflect.Type]bool) []reflect.Type {
	var found []reflect.Type
	for i := 0; i < t.NumField(); i++ {
		f := t.Field(i)
		target := element(f.Type)
		switch {
		case target.Kind() != reflect.Struct || !f.IsExported():
		case isEmbedded(f):
			found = append(found, targets(target, seen)...)
		case !seen[target]:
			seen[target] = true
			found = append(found, target)
		}
	}
	return found
}

// relationTargets lists the struct types that the relations of struct t lead to,
// whether they resolve or not.
func relationTargets(t reflect.Type) []reflect.Type {
	s := columnsOnly(reflect.New(t).Interface())
	if s == nil {
		return nil
	}
	var found []reflect.Type
	for _, f := range s.Fields {
		if target := element(f.FieldType); target.Kind() == reflect.Struct && isRelation(f) {
			found = append(found, target)
		}
	}
	return found
}

// embeds lists the ids of the structs embedded in t, at any depth.
func embeds(t reflect.Type) []string {
	var ids []string
	for i := 0; i < t.NumField(); i++ {
		f := t.Field(i)
		if e := element(f.Type); f.IsExported() && isEmbedded(f) && e.Kind() == reflect.Struct {
			ids = append(ids, typeID(e))
			ids = append(ids, embeds(e)...)
		}
	}
	return ids
}

func isEmbedded(f reflect.StructField) bool {
	_, tagged := schema.ParseTagSetting(f.Tag.Get("gorm"), ";")["EMBEDDED"]
	return f.Anonymous || tagged
}

func element(t reflect.Type) reflect.Type {
	for t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice || t.Kind() == reflect.Array {
		t = t.Elem()
	}
	return t
}

// typeID is "<import path>.<name>", without type arguments.
func typeID(t reflect.Type) string {
	name, _, _ := strings.Cut(t.Name(), "[")
	return t.PkgPath() + "." + name
}
