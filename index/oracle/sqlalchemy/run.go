package oracle

import (
	"os"
	"testing"

	"github.com/rells-dev/rells/index/oracle/ask"
)

// run is a run over worlds of one form.
type run struct {
	*testing.T
	*grower
	python string
	rells  ask.Rells
	rules  map[string][]string
	rows   ask.Features // how often SQLAlchemy reports each row

	worlds, refused, apart, compared, differ int
}

// batch grows a number of worlds, a quarter of them with a mistake, and compares what both
// say of them.
func (r *run) batch(size int) {
	var all []*world
	for range size {
		w := r.world()
		if r.chance(25) {
			r.spoil()
		}
		all = append(all, w)
	}
	var parts []*part
	truths, said := r.ask(all)
	for _, w := range all {
		truth, s := truths[w.name], said[w.name]
		if r.form.typed && !r.modern {
			w.single(truth)
		}
		r.worlds++
		r.compared += len(truth.Relations)
		if truth.Error != "" {
			r.refused++
			r.rows[rowName(truth.Error)]++
			parts = append(parts, w.parts(truth, s, r.rules)...)
		}
		for _, warning := range truth.Warnings {
			r.rows[rowName(warning)]++
		}
		r.tell(w, differences(truth, s, r.rules))
	}
	r.judge(parts)
}

// single makes one of the many to which SQLModel 0.0.8 leads by an annotation of one: later
// versions heed it, and which one there is the source does not say.
func (w *world) single(t *truth) {
	for _, r := range w.relations() {
		for i, one := range t.Relations {
			if one.ID == w.id(r) && one.Kind == ask.HasMany && (!r.many || r.value("uselist") == "False") && !r.outside {
				t.Relations[i].Kind = ask.HasOne
			}
		}
	}
}

// tell fails the run where something differs.
func (r *run) tell(w *world, differences []string) {
	if len(differences) == 0 {
		return
	}
	r.differ++
	r.Errorf("%s (%s):\n%s", w.name, w.spoilt, w.source())
	for _, d := range differences {
		r.Error(d)
	}
}

// ask asks both about worlds, and gives what they say by the names of those.
func (r *run) ask(all []*world) (map[string]*truth, map[string]*said) {
	r.Helper()
	dir := r.TempDir()
	defer os.RemoveAll(dir)
	var names []string
	for _, w := range all {
		names = append(names, w.name)
		if err := w.write(dir); err != nil {
			r.Fatal(err)
		}
	}
	list, err := askSQLAlchemy(r.python, dir, names)
	if err != nil {
		r.Fatal(err)
	}
	truths := map[string]*truth{}
	for i := range list {
		truths[list[i].Package] = &list[i]
	}
	said, err := askRells(r.rells, dir)
	if err != nil {
		r.Fatal(err)
	}
	return truths, said
}

// rowName is the row of a message, for people.
func rowName(message string) string {
	switch row := rowOf(message); {
	case row != "":
		return "row " + row
	case copies.MatchString(message):
		return "row sa46"
	default:
		return "no row: " + message[:min(len(message), 60)]
	}
}
