package settings

import (
	"maps"

	"github.com/rells-dev/rells/diagnostics"
	"github.com/rells-dev/rells/index"
)

// Settings are what one source says, or several together. They are never modified;
// the zero value says nothing.
type Settings struct {
	Severity map[string]diagnostics.Severity // by name of the rule
	Exclude  []string                        // patterns in gitignore syntax, relative to the root; nil: not said
	Dialects map[string]map[string]string    // dialect, name, value; a flag is "true" or "false"
	// SemanticTokens says whether an editor is told what the parts of tags are; nil: not said.
	SemanticTokens *bool
}

// Over is what holds where s counts first and below where s says nothing. A list
// counts as a whole.
func (s Settings) Over(below Settings) Settings {
	both := Settings{Exclude: s.Exclude, Severity: maps.Clone(below.Severity), SemanticTokens: s.SemanticTokens}
	if s.Exclude == nil {
		both.Exclude = below.Exclude
	}
	if s.SemanticTokens == nil {
		both.SemanticTokens = below.SemanticTokens
	}
	if both.Severity == nil {
		both.Severity = map[string]diagnostics.Severity{}
	}
	maps.Copy(both.Severity, s.Severity)
	both.Dialects = map[string]map[string]string{}
	for _, source := range []Settings{below, s} {
		for name, values := range source.Dialects {
			if both.Dialects[name] == nil {
				both.Dialects[name] = map[string]string{}
			}
			maps.Copy(both.Dialects[name], values)
		}
	}
	return both
}

// Rules are the given rules with the severities of the settings, without those
// that are off.
func (s Settings) Rules(rules []*diagnostics.Rule) []*diagnostics.Rule {
	var on []*diagnostics.Rule
	for _, r := range rules {
		if severity, ok := s.Severity[r.Name]; ok && severity != r.Severity {
			r = r.At(severity)
		}
		if r.Severity != diagnostics.Off {
			on = append(on, r)
		}
	}
	return on
}

// Local is what the index has to know of the settings for a root.
func (s Settings) Local() index.Local {
	return index.Local{Exclude: s.Exclude, Settings: s.Dialects}
}

// take sets one thing to a value of its type.
func (s *Settings) take(what *Setting, value any) {
	switch value := value.(type) {
	case diagnostics.Severity:
		if s.Severity == nil {
			s.Severity = map[string]diagnostics.Severity{}
		}
		s.Severity[what.Name] = value
	case []string:
		s.Exclude = value
	case string:
		if what.Table == "" {
			on := value == "true"
			s.SemanticTokens = &on
			return
		}
		if s.Dialects == nil {
			s.Dialects = map[string]map[string]string{}
		}
		if s.Dialects[what.Table] == nil {
			s.Dialects[what.Table] = map[string]string{}
		}
		s.Dialects[what.Table][what.Name] = value
	}
}
