package truth

import (
	"encoding/json"
	"io"
	"reflect"

	"github.com/rells-dev/rells/index/oracle/ask"
)

// Verdicts writes what go-pg makes of each model, a pointer to a struct, as a JSON list of
// ask.Verdict. All models of a package are made known, as join models have to be.
func Verdicts(w io.Writer, models ...any) error {
	var list []ask.Verdict
	for _, models := range ask.ByPackage(models) {
		world := World{Models: models, Registered: models}
		for _, value := range models {
			m := world.model(value)
			list = append(list, ask.VerdictOn(reflect.TypeOf(value).Elem(), m.Error, m.Spread, m.Relations))
		}
	}
	return json.NewEncoder(w).Encode(list)
}
