package truth

import (
	"encoding/json"
	"io"
	"reflect"
	"slices"
	"strings"

	"github.com/uptrace/bun/dialect/sqlitedialect"

	"github.com/rells-dev/rells/index/oracle/ask"
)

// Verdicts writes what Bun makes of each model, a pointer to a struct, as a JSON list of
// ask.Verdict. Models of a package whose table a many-to-many of one of them names are made
// known, as join models have to be.
func Verdicts(w io.Writer, models ...any) error {
	var list []ask.Verdict
	for _, models := range ask.ByPackage(models) {
		world := World{Models: models, Registered: joinModels(models)}
		for i, m := range world.ask() {
			list = append(list, ask.VerdictOn(reflect.TypeOf(models[i]).Elem(), m.Error, m.Spread, m.Relations))
		}
	}
	return json.NewEncoder(w).Encode(list)
}

// joinModels are those models whose table is that of a many-to-many.
func joinModels(models []any) []any {
	var joined []string
	for _, m := range models {
		for _, f := range reflect.VisibleFields(reflect.TypeOf(m).Elem()) {
			for _, option := range strings.Split(f.Tag.Get("bun"), ",") {
				if table, ok := strings.CutPrefix(option, "m2m:"); ok {
					joined = append(joined, table)
				}
			}
		}
	}
	return slices.DeleteFunc(slices.Clone(models), func(m any) bool {
		known := false
		_ = panics(func() {
			known = slices.Contains(joined, sqlitedialect.New().Tables().InProgress(reflect.TypeOf(m).Elem()).Name)
		})
		return !known
	})
}
