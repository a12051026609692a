package diagnostics

import (
	"cmp"

	"github.com/rells-dev/rells/index/facts"
	"github.com/rells-dev/rells/index/relation"
)

// Severity says how much a problem matters.
type Severity uint8

// The severities, from the least to the gravest.
const (
	Off     Severity = iota // of a rule that nobody has asked for: it finds nothing
	Hint                    // legal, but there is something to say
	Warning                 // it works, wrongly, in silence
	Error                   // the ORM fails, or a tag states what is not so
)

var severityNames = [...]string{"off", "hint", "warning", "error"}

// String is the severity as output and settings spell it: "warning".
func (s Severity) String() string { return severityNames[s] }

// ParseSeverity is the inverse of String; false for any other text.
func ParseSeverity(text string) (Severity, bool) {
	for s := Off; s <= Error; s++ {
		if severityNames[s] == text {
			return s, true
		}
	}
	return 0, false
}

// Problem is one finding of a rule.
type Problem struct {
	Rule     string // name of the rule: "back-populates-unknown"
	Severity Severity
	// Message begins with "Model.Field: ", in the voice of the Go toolchain.
	Message string
	Place   relation.Place
	Model   facts.Ref
	Field   string // selector of the field in Model; "" where the model itself is meant
	Related []Related
	Fixable bool // Fixes has something to offer, as long as the snapshot stays the same
	Data    Data
}

// Related is another place that explains a problem.
type Related struct {
	Place relation.Place
	Text  string
}

// Data identifies a problem across snapshots; two problems never have equal Data
// in one snapshot. It is small and can be serialised: a client may keep it and
// ask for fixes later.
type Data struct {
	Rule  string    `json:"rule"`
	Model facts.Ref `json:"model"`
	Field string    `json:"field,omitempty"`
	// Name is the offending name, or the text at the place of the problem.
	Name string `json:"name,omitempty"`
}

// compareProblems orders problems by file, place, rule and message.
func compareProblems(a, b Problem) int {
	return cmp.Or(
		cmp.Compare(a.Place.File, b.Place.File),
		cmp.Compare(a.Place.Span.Start, b.Place.Span.Start),
		cmp.Compare(a.Place.Span.End, b.Place.Span.End),
		cmp.Compare(a.Rule, b.Rule),
		cmp.Compare(a.Message, b.Message),
		a.Model.Compare(b.Model),
	)
}
