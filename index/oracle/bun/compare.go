package oracle

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/rells-dev/rells/index/oracle/ask"
	"github.com/rells-dev/rells/index/oracle/ask/trial"
	"github.com/rells-dev/rells/index/oracle/bun/truth"
)

// comparison is the two views of some worlds: Bun's and rells'.
type comparison struct {
	trial.Findings

	truth map[string]truth.Model // by id
	index ask.Index
	check ask.Check
}

// run compares everything.
func (c *comparison) run() {
	c.compareModels()
	c.compareRelations()
	c.compareRefusals()
	c.compareWarnings()
	c.Sort()
}

func (c *comparison) compareModels() {
	tables := c.index.Tables("bun")
	for _, id := range slices.Sorted(maps.Keys(c.truth)) {
		table, ok := tables[id]
		switch want := c.truth[id].Table; {
		case !ok:
			c.Note("missing model", id, "%s is not listed", id)
		case want != "" && table != want:
			c.Note("table", id, "rells %q, Bun %q", table, want)
		}
	}
}

func (c *comparison) compareRelations() {
	models := map[string]trial.Truth{}
	for id, m := range c.truth {
		models[id] = trial.Truth{Relations: m.Relations, Refused: m.Error != ""}
	}
	c.Resolved("Bun", models, c.index, "bun")
}

// unknownJoinModel is the rule about what Bun refuses and the source cannot quite tell:
// a model may be made known by other code.
const unknownJoinModel = "join-model-unregistered"

// compareRefusals compares the models that Bun refuses for their own sake with those
// that rells reports.
func (c *comparison) compareRefusals() {
	reported := map[string]string{}
	for _, p := range c.check.Problems {
		if p.Severity == "error" || p.Rule == unknownJoinModel {
			reported[p.Model] = fmt.Sprintf("%s [%s]", p.Message, p.Rule)
		}
	}
	for _, id := range slices.Sorted(maps.Keys(c.truth)) {
		if m := c.truth[id]; m.Error != "" && !m.Spread && reported[id] == "" {
			c.Note("not reported", id, "%s: Bun: %s", id, m.Error)
		}
	}
	for _, id := range slices.Sorted(maps.Keys(reported)) {
		if m, ok := c.truth[id]; !ok || m.Error == "" {
			c.Note("false alarm", id, "%s, but Bun takes it", reported[id])
		}
	}
}

// warningRules are the rules about what Bun logs, and what the oracle calls that.
var warningRules = map[string]string{
	"tag-unknown-option": "unknown option", "tag-option-idle": "join alone",
	"tag-option-misplaced": "option as name", "tag-value-unknown": "unknown rule",
}

// compareWarnings compares what Bun logs of the fields of a model with what rells warns
// of. Of a model that Bun refuses, the rules of foreign keys are only half known.
func (c *comparison) compareWarnings() {
	reported := map[string]map[string]bool{}
	for _, p := range c.check.Problems {
		what, ok := warningRules[p.Rule]
		if m := c.truth[p.Model]; !ok || what == "unknown rule" && m.Error != "" || strings.Contains(p.Field, ".") {
			continue
		}
		if reported[p.Model] == nil {
			reported[p.Model] = map[string]bool{}
		}
		reported[p.Model][p.Field+": "+what] = true
	}
	for _, id := range slices.Sorted(maps.Keys(c.truth)) {
		m := c.truth[id]
		for _, w := range m.Warnings {
			if m.Error != "" && strings.HasSuffix(w, "unknown rule") {
				continue
			}
			if !reported[id][w] {
				c.Note("not warned of", id, "%s: Bun: %s", id, w)
			}
			delete(reported[id], w)
		}
		for _, w := range slices.Sorted(maps.Keys(reported[id])) {
			field, _, _ := strings.Cut(w, ":")
			if !slices.Contains(m.Own, field) || m.Extends || strings.HasPrefix(m.Error, "bun: embed ") {
				continue // of a struct that the model embeds; under another's name; not reached
			}
			c.Note("false warning", id, "%s: rells: %s", id, w)
		}
	}
}
