package main

import (
	"bytes"
	"encoding/json"
	"flag"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

var update = flag.Bool("update", false, "rewrite expected output in scripts and in the README")

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"rells": main})
}

// TestScripts runs the command lines of testdata/script.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 filepath.Join("testdata", "script"),
		UpdateScripts:       *update,
		RequireUniqueNames:  true,
		RequireExplicitExec: true,
		Cmds:                map[string]func(*testscript.TestScript, bool, []string){"indent": indent},
	})
}

// indent writes the JSON that the last command printed to a file, for people.
func indent(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: indent file")
	}
	printed := ts.ReadFile("stdout")
	if strings.Count(printed, "\n") != 1 || !strings.HasSuffix(printed, "\n") {
		ts.Fatalf("stdout is not one line: %q", printed)
	}
	var out bytes.Buffer
	ts.Check(json.Indent(&out, []byte(printed), "", "  "))
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), out.Bytes(), 0o666))
}

func TestExitStatus(t *testing.T) {
	workspace := t.TempDir()
	write(t, filepath.Join(workspace, "clean", "clean.go"), "package clean\n")
	write(t, filepath.Join(workspace, "broken", "broken.go"),
		"package broken\n\ntype Author struct {\n\tID    int64\n\tBooks []Book `rel:\"has-many,back_populates:Nobody\"`\n}\n\n"+
			"type Book struct {\n\tID, AuthorID int64\n\tAuthor *Author `rel:\"belongs-to\"`\n}\n")
	for _, test := range []struct {
		args   string
		status int
		stderr string // some of it
	}{
		{"check clean", exitOK, "no problems"},
		{"check broken", exitProblems, "1 error"},
		{"check broken --format=json", exitProblems, ""},
		{"check ./broken/...", exitProblems, "1 error"},
		{"check broken/broken.go", exitProblems, "1 error"},
		{"check clean/clean.go", exitOK, "no problems"},
		{"check nowhere", exitFailed, "nowhere"},
		{"check clean broken", exitFailed, "one folder or files"},
		{"check --severity=grave", exitFailed, "severity"},
		{"index clean", exitOK, ""},
		{"index nowhere", exitFailed, "nowhere"},
		{"index clean/clean.go", exitFailed, "not a directory"},
		{"version", exitOK, ""},
		{"--help", exitOK, ""},
		{"check --help", exitOK, ""},
		{"chekc", exitFailed, "chekc"},
	} {
		t.Run(test.args, func(t *testing.T) {
			var out, errs strings.Builder
			status := run(strings.Fields(test.args), newProcess(t, workspace, &out, &errs))
			if status != test.status {
				t.Errorf("exit status %d, want %d", status, test.status)
			}
			if !strings.Contains(errs.String(), test.stderr) || test.stderr == "" && errs.Len() > 0 {
				t.Errorf("stderr %q, want %q in it", errs.String(), test.stderr)
			}
		})
	}
}

// newProcess is a process in the folder, with nothing on stdin and no environment.
func newProcess(t *testing.T, dir string, stdout, stderr io.Writer) *process {
	return &process{
		Context: t.Context(),
		stdin:   strings.NewReader(""),
		stdout:  stdout,
		stderr:  stderr,
		getenv:  func(string) string { return "" },
		getwd:   func() (string, error) { return dir, nil },
	}
}

// output is what a terminal in the folder shows of a command line.
func output(t *testing.T, dir string, args ...string) (status int, text string) {
	t.Helper()
	var terminal strings.Builder
	status = run(args, newProcess(t, dir, &terminal, &terminal))
	return status, terminal.String()
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
}
