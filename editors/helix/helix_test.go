// Package helix tests rells in a real Helix, with the languages.toml of this folder. Helix
// cannot be asked for anything: tmux is its terminal, in which keys are typed and the
// screen is read, beside the files on disk.
//
// Helix is the hx on the path, else the one that `make editors` unpacks.
package helix

import (
	"context"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	// What is tested runs as a program of its own: its code is named here so that go test
	// runs these tests again when it has changed.
	_ "github.com/rells-dev/rells/server"
)

const patience = 60 * time.Second // for how long it may take until the editor shows something

// programs is a folder with rells, and gopls if it has been built.
var programs string

// TestMain builds rells.
func TestMain(m *testing.M) {
	os.Exit(func() int {
		dir, err := os.MkdirTemp("", "rells")
		if err != nil {
			log.Fatal(err)
		}
		defer os.RemoveAll(dir)
		programs = dir
		cmd := exec.Command("go", "build", "-o", filepath.Join(dir, "rells"), "github.com/rells-dev/rells/cmd/rells")
		if out, err := cmd.CombinedOutput(); err != nil {
			log.Fatalf("%v\n%s", err, out)
		}
		return m.Run()
	}())
}

// find returns the path of a program: one on the path, else one of those given, which are
// relative to the root of the repository. Without it the test is skipped, unless everything
// is required to run.
func find(t *testing.T, name string, made ...string) string {
	t.Helper()
	if path, err := exec.LookPath(name); err == nil {
		return path
	}
	for _, path := range made {
		path, err := filepath.Abs(filepath.Join("..", "..", filepath.FromSlash(path)))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := os.Stat(path); err == nil {
			return path
		}
	}
	if os.Getenv("RELLS_REQUIRE_ALL") == "1" {
		t.Fatal(name + " is required")
	}
	t.Skip("there is no " + name)
	return ""
}

// editor is a running Helix.
type editor struct {
	t            *testing.T
	tmux, socket string
	environment  []string
}

// open starts Helix on a file of a workspace.
func open(t *testing.T, root, file string) *editor {
	t.Helper()
	hx, gopls := find(t, "hx", "bin/editors/forky/hx"), find(t, "gopls", "bin/gopls")
	if err := os.Symlink(gopls, filepath.Join(programs, "gopls")); err != nil && !os.IsExist(err) {
		t.Fatal(err)
	}
	// A socket's path is short: the test's own folder may be too deep for one. Servers may
	// still write to the home when the editor has gone.
	home, err := os.MkdirTemp("", "helix")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(home) })
	settle(t, filepath.Join(home, "helix"))

	e := &editor{t: t, tmux: find(t, "tmux"), socket: filepath.Join(home, "tmux")}
	cache, err := exec.Command("go", "env", "GOCACHE").Output() // below the home, which is another now
	if err != nil {
		t.Fatal(err)
	}
	e.environment = append(os.Environ(),
		"PATH="+programs+string(os.PathListSeparator)+os.Getenv("PATH"),
		"XDG_CONFIG_HOME="+home, "XDG_CACHE_HOME="+home, "GOCACHE="+strings.TrimSpace(string(cache)),
		"GOFLAGS=-mod=mod", "GOPROXY=off", "GOTOOLCHAIN=local", "GOWORK=off")
	e.run("-f", os.DevNull, "new-session", "-d", "-x", "180", "-y", "40", "-c", root, "exec '"+hx+"' '"+file+"'")
	t.Cleanup(func() {
		if t.Failed() {
			logged, _ := os.ReadFile(filepath.Join(home, "helix", "helix.log"))
			t.Logf("the screen shows\n%s\nHelix has logged\n%s", e.screen(), logged)
		}
		e.run("kill-server")
	})
	e.until("the file is shown", func(screen string) bool { return strings.Contains(screen, " NOR   "+file) })
	return e
}

// settle writes the settings of somebody who sees problems at the end of their lines.
func settle(t *testing.T, dir string) {
	t.Helper()
	languages, err := os.ReadFile("languages.toml")
	if err != nil {
		t.Fatal(err)
	}
	write(t, dir, map[string]string{
		"languages.toml": string(languages),
		"config.toml":    "[editor]\nend-of-line-diagnostics = \"hint\"\n",
	})
}

// workspace is a copy of a folder of editors/testdata.
func workspace(t *testing.T, name string) (root string) {
	t.Helper()
	root = t.TempDir()
	if err := os.CopyFS(root, os.DirFS(filepath.Join("..", "testdata", name))); err != nil {
		t.Fatal(err)
	}
	return root
}

// write writes files to a folder.
func write(t *testing.T, dir string, files map[string]string) {
	t.Helper()
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func (e *editor) run(args ...string) string {
	e.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	cmd := exec.CommandContext(ctx, e.tmux, append([]string{"-S", e.socket}, args...)...)
	cmd.Env = e.environment
	out, err := cmd.CombinedOutput()
	if err != nil {
		e.t.Fatalf("tmux %s: %v: %s", args, err, out)
	}
	return string(out)
}

// keys presses keys that go by a name in tmux, such as Enter or C-o.
func (e *editor) keys(names ...string) {
	e.t.Helper()
	e.run(append([]string{"send-keys"}, names...)...)
}

// text types.
func (e *editor) text(text string) {
	e.t.Helper()
	e.run("send-keys", "-l", text)
}

// normal goes back to normal mode, and waits for it: what comes right behind an escape is
// another key.
func (e *editor) normal() {
	e.t.Helper()
	e.keys("Escape")
	e.until("normal mode", func(screen string) bool { return strings.Contains(screen, " NOR ") })
}

// command runs a command in normal mode.
func (e *editor) command(command string) {
	e.t.Helper()
	e.text(":" + command)
	e.keys("Enter")
}

// screen is what is seen, blanks at the ends of lines left out.
func (e *editor) screen() string { return e.run("capture-pane", "-p") }

// until waits for something to be seen on the screen.
func (e *editor) until(what string, seen func(screen string) bool) {
	e.t.Helper()
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		if seen(e.screen()) {
			return
		}
	}
	e.t.Fatalf("never: %s", what)
}

// shows waits until the screen matches a pattern.
func (e *editor) shows(what, pattern string) {
	e.t.Helper()
	e.until(what, regexp.MustCompile(pattern).MatchString)
}

// saved waits until a file on disk holds a text.
func (e *editor) saved(path, text string) {
	e.t.Helper()
	e.command("write-all")
	e.until(path+" holds "+text, func(string) bool {
		got, err := os.ReadFile(path)
		return err == nil && strings.Contains(string(got), text)
	})
}
