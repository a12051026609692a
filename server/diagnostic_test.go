package server_test

import (
	"strings"
	"testing"

	"github.com/rells-dev/rells/diagnostics"
	"github.com/rells-dev/rells/server"
)

// The code of a problem leads to the page of its rule, for clients that follow it.
func TestCodesLeadToPages(t *testing.T) {
	following := strings.Replace(capable, `"versionSupport": true`, `"versionSupport": true, "codeDescriptionSupport": true`, 1)
	for capabilities, want := range map[string]string{
		capable:   "",
		following: diagnostics.RuleNamed(problem).URL(),
	} {
		s := start(t, blog, capabilities, server.Options{})
		shown := s.Published()[s.uri("author.go")].Diagnostics
		if len(shown) != 1 || string(shown[0].CodeDescription.Href) != want {
			t.Errorf("shown is %v, want a problem that leads to %q", shown, want)
		}
	}
}
