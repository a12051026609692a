package main

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/rells-dev/rells/cmd/rells/internal/replace"
	"github.com/rells-dev/rells/cmd/rells/internal/report"
	"github.com/rells-dev/rells/cmd/rells/internal/snippet"
	"github.com/rells-dev/rells/cmd/rells/internal/terminal"
	"github.com/rells-dev/rells/diagnostics"
	"github.com/rells-dev/rells/index"
)

// fix applies the certain fixes of the reported problems and writes the files that
// change, all of them or none. What it did is said on stderr; the index and the
// checker show what is left.
func (c *checkCommand) fix(p *process, root string, x *index.Index, checker *diagnostics.Checker, reported func(diagnostics.Problem) bool) ([]diagnostics.Fixed, error) {
	before := x.Snapshot()
	repaired := diagnostics.RepairAll(x, checker, reported)
	var files []replace.File
	for _, path := range slices.Sorted(maps.Keys(repaired.Texts)) {
		file, _ := before.File(path)
		files = append(files, replace.File{Path: path, Before: file.Source, After: repaired.Texts[path]})
	}
	if len(files) == 0 {
		return nil, nil
	}
	if err := replace.Files(root, files); err != nil {
		return nil, fmt.Errorf("nothing is fixed: %w", err)
	}
	if c.Format == "json" {
		return repaired.Fixed, nil // which is part of it
	}
	return repaired.Fixed, c.tell(p, "fixed", repaired)
}

// diff prints what fix would write.
func (c *checkCommand) diff(p *process, x *index.Index, checker *diagnostics.Checker, reported func(diagnostics.Problem) bool) error {
	if c.Format != "text" {
		return errors.New("--diff is a format of its own: leave --format out")
	}
	base, err := p.absolute(".")
	if err != nil {
		return err
	}
	before := x.Snapshot()
	problems := slices.ContainsFunc(checker.All(), reported)
	repaired := diagnostics.RepairAll(x, checker, reported)
	for _, path := range slices.Sorted(maps.Keys(repaired.Texts)) {
		file, _ := before.File(path)
		text := report.Diff(base, path, file.Source, repaired.Texts[path])
		if terminal.Is(p.stdout) {
			text = visibleLines(text)
		}
		if _, err := fmt.Fprint(p.stdout, text); err != nil {
			return err
		}
	}
	if err := c.tell(p, "would fix", repaired); err != nil {
		return err
	}
	left := slices.DeleteFunc(checker.All(), func(problem diagnostics.Problem) bool { return !reported(problem) })
	fmt.Fprintln(p.stderr, report.Summary(left, x.Snapshot()))
	if problems {
		return exitStatus(exitProblems)
	}
	return nil
}

// tell says on stderr which problems are fixed.
func (c *checkCommand) tell(p *process, verb string, repaired diagnostics.Repaired) error {
	base, err := p.absolute(".")
	if err != nil {
		return err
	}
	for _, fixed := range repaired.Fixed {
		fmt.Fprintln(p.stderr, report.Fixed(base, verb, fixed))
	}
	return nil
}

// visibleLines is a text of several lines with nothing in it that a terminal would
// act on.
func visibleLines(text string) string {
	var b strings.Builder
	for line := range strings.Lines(text) {
		b.WriteString(snippet.Visible(strings.TrimRight(line, "\r\n")) + "\n")
	}
	return b.String()
}
