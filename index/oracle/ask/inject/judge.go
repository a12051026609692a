package inject

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/rells-dev/rells/index/oracle/ask"
)

// outcome is what became of one mistake.
type outcome struct {
	*Mistake
	asked      bool     // the ORM could be asked: the mistake compiles
	compared   bool     // rells was asked too
	refused    []string // ids of the models that the ORM refuses because of it
	reason     string   // the ORM's words for the first of them
	unreported []string // of these, the ones that rells has no error for
	alarms     []ask.Problem
}

// judge holds rells' errors against the ORM's refusals. One without rells only notes what
// the ORM refuses.
type judge struct {
	orm    *ORM
	rells  ask.Rells
	module *Module       // a copy for rells to read
	known  []ask.Problem // errors before any mistake
}

// newJudge copies the module for rells, a built command or the empty path.
func newJudge(orm *ORM, repo, work, command string) (judge, error) {
	j := judge{orm: orm, rells: ask.Rells(command)}
	var err error
	if command == "" {
		if j.rells, err = ask.Build(ask.Root, work); err != nil {
			return j, err
		}
	}
	if j.module, err = copyModule(repo, filepath.Join(work, "rells-reads")); err != nil {
		return j, err
	}
	before, err := j.rells.Check(j.module.Dir)
	j.known = orm.errorsIn(before)
	fmt.Printf("%d errors before any mistake\n", len(j.known))
	return j, err
}

// all injects the mistakes one at a time.
func (j judge) all(mistakes []*Mistake, verdicts map[*Mistake]map[string]ask.Verdict) ([]outcome, error) {
	var outcomes []outcome
	for _, m := range mistakes {
		o := refusals(m, verdicts[nil], verdicts[m])
		if j.rells != "" {
			after, err := j.checkWith(m)
			if err != nil {
				return nil, err
			}
			o.compare(verdicts[m], j.known, j.orm.errorsIn(after))
		}
		outcomes = append(outcomes, o)
	}
	return outcomes, nil
}

// checkWith returns what rells finds while a mistake is in the module.
func (j judge) checkWith(mistake *Mistake) (ask.Check, error) {
	file := filepath.Join(j.module.Dir, filepath.FromSlash(mistake.File))
	src, err := os.ReadFile(file)
	if err != nil {
		return ask.Check{}, err
	}
	if err := os.WriteFile(file, mistake.Apply(src), 0o644); err != nil {
		return ask.Check{}, err
	}
	check, err := j.rells.Check(j.module.Dir)
	if restored := os.WriteFile(file, src, 0o644); err == nil {
		err = restored
	}
	return check, err
}

// errorsIn lists what rells says that the ORM refuses.
func (orm *ORM) errorsIn(c ask.Check) []ask.Problem {
	return slices.DeleteFunc(slices.Clone(c.Problems), func(p ask.Problem) bool {
		return p.Severity != "error" && !slices.Contains(orm.Refusals, p.Rule)
	})
}

// refusals notes which models the ORM refuses because of a mistake.
func refusals(m *Mistake, base, broken map[string]ask.Verdict) outcome {
	o := outcome{Mistake: m, asked: broken != nil}
	for id, v := range broken {
		if v.OwnError != "" && base[id].OwnError == "" {
			o.refused, o.reason = append(o.refused, id), v.OwnError
		}
	}
	slices.Sort(o.refused)
	return o
}

// about reports whether a problem is one of a model, or of one in the package that the id
// stands for.
func about(p ask.Problem, id string) bool { return p.Model == id || strings.HasPrefix(p.Model, id+".") }

// compare holds the errors that rells finds with the mistake, and not without, against the
// ORM's verdicts: a refusal has to be reported, and nothing else may be an error.
func (o *outcome) compare(broken map[string]ask.Verdict, known, found []ask.Problem) {
	if !o.asked {
		return
	}
	o.compared = true
	found = slices.DeleteFunc(slices.Clone(found), func(p ask.Problem) bool {
		return slices.ContainsFunc(known, func(k ask.Problem) bool {
			return k.Rule == p.Rule && k.Model == p.Model && k.Field == p.Field && k.Message == p.Message
		})
	})
	reports := func(id string) bool {
		return slices.ContainsFunc(found, func(p ask.Problem) bool { return about(p, id) })
	}
	for _, id := range o.refused {
		if !reports(id) && !slices.ContainsFunc(broken[id].Embeds, reports) {
			o.unreported = append(o.unreported, id)
		}
	}
	for _, p := range found {
		refused := false
		for id, v := range broken {
			refused = refused || (v.OwnError != "" || v.Masked) && about(p, id)
		}
		if !refused {
			o.alarms = append(o.alarms, p)
		}
	}
}

// printOutcomes writes a table by kind of mistake and then each mistake that
// rells and the ORM judge differently; it returns how many these are.
func (orm *ORM) printOutcomes(w io.Writer, outcomes []outcome) int {
	type row struct{ injected, asked, refused, reported, alarms int }
	rows, total, failures := map[string]*row{}, &row{}, 0
	var kinds []string
	for _, o := range outcomes {
		if rows[o.Kind] == nil {
			rows[o.Kind], kinds = &row{}, append(kinds, o.Kind)
		}
		for _, r := range []*row{rows[o.Kind], total} {
			r.injected++
			if o.asked {
				r.asked++
			}
			if len(o.refused) > 0 {
				r.refused++
				if o.compared && len(o.unreported) == 0 {
					r.reported++
				}
			}
			if len(o.alarms) > 0 {
				r.alarms++
			}
		}
		if len(o.unreported) > 0 || len(o.alarms) > 0 {
			failures++
			orm.printFailure(w, o)
		}
	}
	fmt.Fprintf(w, "%-16s %8s %8s %8s %8s %12s\n", "mistake", "injected", "asked", "refused", "reported", "false alarms")
	line := func(name string, r *row) {
		fmt.Fprintf(w, "%-16s %8d %8d %8d %8d %12d\n", name, r.injected, r.asked, r.refused, r.reported, r.alarms)
	}
	for _, kind := range kinds {
		line(kind, rows[kind])
	}
	line("all", total)
	return failures
}

// printMistakes lists every mistake with what the ORM says of it.
func printMistakes(w io.Writer, outcomes []outcome) {
	for _, o := range outcomes {
		verdict := "accepted"
		switch {
		case !o.asked:
			verdict = "does not compile"
		case len(o.refused) > 0:
			verdict = "refused: " + o.reason
		}
		fmt.Fprintf(w, "%s\n\t%s\n", o, verdict)
	}
}

func (orm *ORM) printFailure(w io.Writer, o outcome) {
	fmt.Fprintln(w, o)
	for _, id := range o.unreported {
		fmt.Fprintf(w, "\tnot reported: %s\n\t\t%s: %s\n", id, orm.Name, o.reason)
	}
	for _, p := range o.alarms {
		fmt.Fprintf(w, "\tfalse alarm: %s:%d: %s [%s]\n", p.File, p.Range.Start.Line, p.Message, p.Rule)
	}
}
