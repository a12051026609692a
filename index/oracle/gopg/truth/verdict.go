package truth

import (
	"encoding/json"
	"io"
	"reflect"
	"slices"
	"strings"

	"github.com/rells-dev/rells/index/oracle/ask"
)

// verdict is what go-pg makes of one model in the words that the package inject reads.
type verdict struct {
	ID        string         `json:"id"`
	OwnError  string         `json:"ownError"`
	Relations []ask.Relation `json:"relations"`
	Embeds    []string       `json:"embeds"`
}

// Verdicts writes what go-pg makes of each model, a pointer to a struct, as a JSON list.
// All models of a package are made known, as join models have to be.
func Verdicts(w io.Writer, models ...any) error {
	packages := map[string][]any{}
	for _, m := range models {
		path := reflect.TypeOf(m).Elem().PkgPath()
		packages[path] = append(packages[path], m)
	}
	var list []verdict
	for _, models := range packages {
		world := World{Models: models, Registered: models}
		for _, m := range models {
			list = append(list, world.verdict(m))
		}
	}
	slices.SortFunc(list, func(a, b verdict) int { return strings.Compare(a.ID, b.ID) })
	return json.NewEncoder(w).Encode(list)
}

func (w World) verdict(value any) verdict {
	m := w.model(value)
	v := verdict{ID: m.ID, OwnError: m.Error, Embeds: embeds(reflect.TypeOf(value).Elem())}
	if m.Spread {
		v.OwnError = ""
	}
	for _, r := range m.Relations {
		field := strings.TrimPrefix(r.ID, m.ID+".")
		relation := ask.Relation{ID: r.ID, Model: m.ID, Field: field, Target: r.Target, Kind: r.Kind}
		for _, k := range r.Keys {
			foreignKey, references, _ := strings.Cut(k, " = ")
			relation.Keys = append(relation.Keys, ask.Key{ForeignKey: foreignKey, References: references})
		}
		v.Relations = append(v.Relations, relation)
	}
	return v
}

// embeds lists the ids of the structs that a struct embeds, at any depth.
func embeds(t reflect.Type) []string {
	var list []string
	for _, f := range reflect.VisibleFields(t) {
		if typ := f.Type; f.Anonymous {
			for typ.Kind() == reflect.Pointer {
				typ = typ.Elem()
			}
			list = append(list, ask.TypeID(typ))
		}
	}
	return list
}
