package server

import (
	"path/filepath"

	"go.lsp.dev/protocol"

	"github.com/rells-dev/rells/diagnostics"
	"github.com/rells-dev/rells/diagnostics/settings"
	"github.com/rells-dev/rells/server/wire"
)

// configuration is what is set at one moment. It is never modified.
type configuration struct {
	roots    []string                 // the innermost first
	local    map[string]scope         // what holds for the files of a root
	anywhere scope                    // what holds for files of no root
	files    map[string]settings.File // the rells.toml of each root, by path
}

// scope is what holds for some files.
type scope struct {
	rules  []*diagnostics.Rule // that look at them
	tokens bool                // semantic tokens are given for them
}

// rules are those that look at what a file declares.
func (c *configuration) rules(file string) []*diagnostics.Rule { return c.of(file).rules }

// of is what holds for a file.
func (c *configuration) of(file string) scope {
	for _, root := range c.roots {
		if rel, err := filepath.Rel(root, file); err == nil && filepath.IsLocal(rel) {
			return c.local[root]
		}
	}
	return c.anywhere
}

// isSettings reports whether a file holds settings, at a root or not.
func isSettings(path string) bool { return filepath.Base(path) == settings.FileName }

// settingsDiagnostics are what is wrong with a rells.toml that counts: with what
// the editor shows of it, or with what is on disk.
func (s *server) settingsDiagnostics(w world, path string) []protocol.Diagnostic {
	file, counts := w.configuration.files[path]
	doc := w.open[path]
	if !counts || doc != nil && doc.lost {
		return nil
	}
	text, problems := file.Text, file.Problems
	if doc != nil {
		text = doc.text
		_, problems = settings.Parse(text)
	}
	m := newTextMap(text, s.encoding)
	var list []protocol.Diagnostic
	for _, p := range problems {
		list = append(list, protocol.Diagnostic{
			Range:    m.span(p.Span),
			Severity: protocol.DiagnosticSeverityError,
			Code:     protocol.String("settings"),
			Source:   protocol.NewOptional(wire.Source),
			Message:  protocol.String(p.Error()),
		})
	}
	return list
}
