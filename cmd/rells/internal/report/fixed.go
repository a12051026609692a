package report

import (
	"fmt"

	"github.com/aymanbagabas/go-udiff"

	"github.com/rells-dev/rells/cmd/rells/internal/snippet"
	"github.com/rells-dev/rells/diagnostics"
	"github.com/rells-dev/rells/index/relation"
)

// Fixed says in one line what was done about a problem: "models/user.go: fixed
// User.Posts: Change to Author [back-populates-unknown]". The path is relative to
// base.
func Fixed(base, verb string, f diagnostics.Fixed) string {
	side := relation.FieldID{Model: f.Problem.Model, Field: f.Problem.Field}
	line := fmt.Sprintf("%s: %s %s: %s [%s]", relative(base, f.Problem.Place.File), verb, side.Short(), f.Title, f.Problem.Rule)
	return snippet.Visible(line)
}

// Diff is the unified diff that makes after of before, which git and patch -p1 apply
// in the folder base.
func Diff(base, path string, before, after []byte) string {
	name := relative(base, path)
	return udiff.Unified("a/"+name, "b/"+name, string(before), string(after))
}
