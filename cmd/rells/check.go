package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/rells-dev/rells/cmd/rells/internal/report"
	"github.com/rells-dev/rells/cmd/rells/internal/terminal"
	"github.com/rells-dev/rells/diagnostics"
	"github.com/rells-dev/rells/diagnostics/settings"
	"github.com/rells-dev/rells/index"
)

type checkCommand struct {
	Paths    []string       `arg:"" optional:"" name:"path" help:"Folder of the workspace, or files of the workspace in the current folder (default: the current folder)."`
	Format   string         `default:"text" enum:"text,json" help:"Format of the output: ${enum}."`
	Severity string         `default:"warning" enum:"error,warning,hint" help:"Report problems from this severity on: ${enum}."`
	Only     []string       `placeholder:"RULE" help:"Look with these rules alone, also those that are off, and report whatever they find."`
	Fix      bool           `xor:"fix" help:"Write what certainly fixes these problems to the files, and report what is left."`
	Diff     bool           `xor:"fix" help:"Print what --fix would write as a unified diff, in place of the problems."`
	Color    terminal.Color `default:"auto" enum:"auto,always,never" help:"When to use colours: ${enum}."`
	settingsFlag
}

// Help is shown below the usage.
func (checkCommand) Help() string {
	return "The exit status is 0 when there is nothing to report, 1 when there are problems, and 2 when the check could not run. " +
		"With --fix, problems that are gone do not count; with --diff, all do."
}

// Run prints the problems of the workspace.
func (c *checkCommand) Run(p *process) error {
	root, files, err := c.workspace(p)
	if err != nil {
		return err
	}
	x, set, err := c.load(p, root)
	if err != nil {
		return err
	}
	rules, err := c.rules(set)
	if err != nil {
		return err
	}
	checker := diagnostics.NewChecker(rules)
	checker.Update(x.Snapshot())
	reported := c.reported(files)
	var fixed []diagnostics.Fixed
	switch {
	case c.Diff:
		return c.diff(p, x, checker, reported)
	case c.Fix:
		if fixed, err = c.fix(p, root, x, checker, reported); err != nil {
			return err
		}
	}
	problems := slices.DeleteFunc(checker.All(), func(problem diagnostics.Problem) bool { return !reported(problem) })
	if c.Format == "json" {
		err = writeJSON(p.stdout, report.NewCheck(problems, fixed, x.Snapshot().File, root))
	} else {
		err = c.print(p, x.Snapshot(), problems)
	}
	if err == nil && len(problems) > 0 {
		return exitStatus(exitProblems)
	}
	return err
}

// rules are those that look: all that are on, or the ones that were asked for.
func (c *checkCommand) rules(set settings.Settings) ([]*diagnostics.Rule, error) {
	if len(c.Only) == 0 {
		return set.Rules(diagnostics.Rules()), nil
	}
	var rules []*diagnostics.Rule
	for _, name := range c.Only {
		rule := diagnostics.RuleNamed(name)
		if rule == nil {
			return nil, fmt.Errorf("there is no rule %s: rells rules lists them", name)
		}
		if on := set.Rules([]*diagnostics.Rule{rule}); len(on) > 0 {
			rules = append(rules, on...)
		} else {
			rules = append(rules, rule.At(diagnostics.Hint))
		}
	}
	return rules, nil
}

// workspace is the root of the workspace that the arguments ask for, and the
// files in it that problems may stand in; no files are all files.
func (c *checkCommand) workspace(p *process) (root string, files []string, err error) {
	if root, err = p.absolute("."); err != nil || len(c.Paths) == 0 {
		return root, nil, err
	}
	for _, path := range c.Paths {
		// Fingers used to the go command type ./... for a tree.
		path, err := p.absolute(strings.TrimSuffix(path, "..."))
		if err != nil {
			return "", nil, err
		}
		info, err := os.Stat(path)
		switch {
		case err != nil:
			return "", nil, err
		case info.IsDir() && len(c.Paths) == 1:
			return path, nil, nil
		case info.IsDir():
			return "", nil, errors.New("give either one folder or files")
		}
		if rel, err := filepath.Rel(root, path); err != nil || !filepath.IsLocal(rel) {
			return "", nil, fmt.Errorf("%s is not below the current folder, which is the workspace when files are given", path)
		}
		files = append(files, path)
	}
	return root, files, nil
}

// reported tells which problems the arguments ask for: those at or above the
// threshold, in the files.
func (c *checkCommand) reported(files []string) func(diagnostics.Problem) bool {
	threshold, _ := diagnostics.ParseSeverity(c.Severity)
	if len(c.Only) > 0 {
		threshold = diagnostics.Hint
	}
	return func(problem diagnostics.Problem) bool {
		return problem.Severity >= threshold &&
			(len(files) == 0 || slices.Contains(files, problem.Place.File))
	}
}

// print writes the problems to stdout, and to stderr what they come to.
func (c *checkCommand) print(p *process, s *index.Snapshot, problems []diagnostics.Problem) error {
	base, err := p.absolute(".")
	if err != nil {
		return err
	}
	text := report.Text{
		Out:   terminal.Colorable(p.stdout),
		Files: s.File,
		Base:  base,
		Color: c.Color.On(terminal.Is(p.stdout), p.getenv),
		Width: terminal.Width(p.stdout),
		Fix:   func(problem diagnostics.Problem) (diagnostics.Fix, bool) { return firstFix(s, problem) },
	}
	for _, problem := range problems {
		if err := text.Problem(problem); err != nil {
			return err
		}
	}
	_, err = fmt.Fprintln(p.stderr, report.Summary(problems, s))
	return err
}

func firstFix(s *index.Snapshot, problem diagnostics.Problem) (diagnostics.Fix, bool) {
	fixes := diagnostics.Fixes(s, problem.Data)
	if len(fixes) == 0 {
		return diagnostics.Fix{}, false
	}
	return fixes[0], true
}
