// Package neovim tests rells in a real Neovim. What a test sees is what a user
// sees: the editor's own diagnostics, its buffers and the files on disk.
//
// It is the Neovim on the path that is tested; another one is put before it:
//
//	PATH=/opt/nvim-0.12/bin:$PATH go test -count=1 ./editors/neovim
//
// The plugin starts rells in one way up to Neovim 0.10 and in another from 0.11 on.
// `make test-editors` tests 0.10 and 0.12, which `make editors` unpacks.
package neovim

import (
	"encoding/json"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	// What is tested runs as a program of its own: its code is named here so that go test
	// runs these tests again when it has changed.
	_ "github.com/rells-dev/rells/server"
)

const (
	patience = 60 * time.Second       // for how long it may take until the editor shows something
	moment   = 200 * time.Millisecond // in which nothing more may come
)

// find returns the path of Neovim. Without one the test is skipped, unless
// everything is required to run.
func find(t *testing.T) string {
	t.Helper()
	path, err := exec.LookPath("nvim")
	if err != nil {
		if os.Getenv("RELLS_REQUIRE_ALL") == "1" {
			t.Fatal("Neovim is required: ", err)
		}
		t.Skip("no Neovim on the path")
	}
	return path
}

var (
	rells string // the program that is tested
	cache string // a folder for what servers keep; one of them may still write to it when a test ends
)

// TestMain builds rells.
func TestMain(m *testing.M) {
	os.Exit(func() int {
		dir, err := os.MkdirTemp("", "rells")
		if err != nil {
			log.Fatal(err)
		}
		defer os.RemoveAll(dir)
		rells, cache = filepath.Join(dir, "rells"), filepath.Join(dir, "cache")
		cmd := exec.Command("go", "build", "-o", rells, "github.com/rells-dev/rells/cmd/rells")
		if out, err := cmd.CombinedOutput(); err != nil {
			log.Fatalf("%v\n%s", err, out)
		}
		return m.Run()
	}())
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

// write writes files to a new folder.
func write(t *testing.T, files map[string]string) (root string) {
	t.Helper()
	root = t.TempDir()
	for name, text := range files {
		path := filepath.Join(root, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return root
}

// editor is a running Neovim that is driven from outside.
type editor struct {
	t      *testing.T
	nvim   string
	socket string
}

// open starts Neovim with rells on a file, after the commands given.
func open(t *testing.T, file string, before ...string) *editor {
	t.Helper()
	plugin, err := filepath.Abs(".")
	if err != nil {
		t.Fatal(err)
	}
	state := t.TempDir()
	// A socket's path is short: the test's own folder may be too deep for one.
	sockets, err := os.MkdirTemp("", "nvim")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(sockets) })
	e := &editor{t: t, nvim: find(t), socket: filepath.Join(sockets, "s")}
	commands := append(before,
		"filetype on",
		"set omnifunc=v:lua.vim.lsp.omnifunc completeopt=menu hidden",
		"luafile "+filepath.Join(plugin, "testdata", "editor.lua"),
		"lua require('rells').setup { cmd = { '"+rells+"', 'serve', '--log-file', '"+filepath.Join(state, "rells.log")+"' } }",
		"edit "+file)
	args := []string{"--headless", "-u", "NONE", "-i", "NONE", "-n", "--listen", e.socket, "--cmd", "set runtimepath^=" + plugin}
	for _, command := range commands {
		args = append(args, "-c", command)
	}
	cmd := exec.Command(e.nvim, args...)
	cmd.Env = append(os.Environ(), "XDG_STATE_HOME="+state, "XDG_CACHE_HOME="+cache, "XDG_DATA_HOME="+state)
	var output strings.Builder
	cmd.Stdout, cmd.Stderr = &output, &output
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		e.run("--remote-send", "<C-\\><C-n>:qall!<CR>")
		left := make(chan error, 1)
		go func() { left <- cmd.Wait() }()
		select {
		case <-left:
		case <-time.After(patience):
			cmd.Process.Kill()
			t.Error("Neovim does not leave")
		}
		if t.Failed() {
			log, _ := os.ReadFile(filepath.Join(state, "rells.log"))
			t.Logf("Neovim: %s\nrells: %s", output.String(), log)
		}
	})
	e.until("the editor listens", func() bool { return e.expr("1") == "1" })
	return e
}

func (e *editor) run(args ...string) (string, error) {
	out, err := exec.Command(e.nvim, append([]string{"--server", e.socket}, args...)...).CombinedOutput()
	return strings.TrimSpace(string(out)), err
}

// keys types.
func (e *editor) keys(keys string) {
	e.t.Helper()
	if out, err := e.run("--remote-send", keys); err != nil {
		e.t.Fatalf("typing %s: %v: %s", keys, err, out)
	}
}

// expr is the value of a Vim expression, "" where it has none.
func (e *editor) expr(expr string) string {
	out, err := e.run("--remote-expr", expr)
	if err != nil {
		return ""
	}
	return out
}

// until waits for something to be seen.
func (e *editor) until(what string, seen func() bool) {
	e.t.Helper()
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		if seen() {
			return
		}
	}
	e.t.Fatalf("never: %s; the line is %q, the problems are %q", what, e.line(), e.problems())
}

// shows waits until the editor shows what is wanted, and for a moment in which
// nothing may come on top of it. how is a function of testdata/editor.lua.
func (e *editor) shows(how, want string) {
	e.t.Helper()
	got := e.lua(how)
	for end := time.Now().Add(patience); got != want && time.Now().Before(end); got = e.lua(how) {
		time.Sleep(20 * time.Millisecond)
	}
	if got == want {
		time.Sleep(moment)
		got = e.lua(how)
	}
	if got != want {
		e.t.Fatalf("%s are\n%s\nwant\n%s", how, got, want)
	}
}

// lua is what a function of testdata/editor.lua returns, "" where it fails.
func (e *editor) lua(call string) (text string) {
	_ = json.Unmarshal([]byte(e.expr("json_encode(luaeval('shown."+call+"'))")), &text)
	return text
}

// problems are the codes of the diagnostics in all buffers.
func (e *editor) problems() string { return e.lua("codes()") }

// line is the line under the cursor.
func (e *editor) line() string { return e.expr("trim(getline('.'))") }

// file is the name of the file in the window.
func (e *editor) file() string { return e.expr("expand('%:t')") }
