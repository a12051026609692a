//go:build linux

package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"
	"golang.org/x/tools/txtar"

	"github.com/rells-dev/rells/server/wiretest"
)

// TestHostileRepository has strace watch rells in a workspace that was made to
// lead it astray: no process is started, no socket opened, and nothing is looked
// at but what the documentation allows.
func TestHostileRepository(t *testing.T) {
	strace := needStrace(t)
	binary := buildStatic(t)
	for name, drive := range map[string]func(*testing.T, *exec.Cmd, string){
		"check": checkHostile,
		"serve": serveHostile,
	} {
		t.Run(name, func(t *testing.T) {
			h := newHostile(t)
			trace := filepath.Join(t.TempDir(), "trace")
			cmd := exec.Command(strace, "-f", "-y", "-qq", "-s", "4096", "-e", "signal=none",
				"-e", "trace=%file,%process,%network,inotify_add_watch", "-o", trace, binary, name)
			cmd.Dir = h.workspace
			cmd.Env = []string{"HOME=" + h.home, "GOPATH=" + filepath.Join(h.home, "go"), "PATH=" + os.Getenv("PATH")}
			drive(t, cmd, h.workspace)
			content, err := os.ReadFile(trace)
			if err != nil {
				t.Fatal(err)
			}
			h.judge(t, string(content))
		})
	}
}

func needStrace(t *testing.T) string {
	t.Helper()
	path, err := exec.LookPath("strace")
	if err != nil {
		if os.Getenv("RELLS_REQUIRE_ALL") == "1" {
			t.Fatal("strace is required: ", err)
		}
		t.Skip("no strace on the path")
	}
	return path
}

// buildStatic builds rells as it is released, without a dynamic linker that looks
// at files of its own.
func buildStatic(t *testing.T) string {
	t.Helper()
	binary := filepath.Join(t.TempDir(), "rells")
	build := exec.Command("go", "build", "-o", binary, ".")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return binary
}

func checkHostile(t *testing.T, cmd *exec.Cmd, _ string) {
	out, err := cmd.CombinedOutput()
	if !strings.Contains(string(out), "back_populates names Post.Nobody") {
		t.Errorf("rells check did not get to the models: %v\n%s", err, out)
	}
}

// serveHostile has an editor open a file of the workspace and ask about it. The
// settings lead out, too: rells check does not even start with such.
func serveHostile(t *testing.T, cmd *exec.Cmd, workspace string) {
	if err := os.Symlink("../../secret/rells.toml", filepath.Join(workspace, "rells.toml")); err != nil {
		t.Fatal(err)
	}
	stdin, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	c := wiretest.Connect(t, struct {
		io.Reader
		io.WriteCloser
	}{stdout, stdin})
	c.Initialize(fmt.Sprintf(`{"rootUri":%q,"capabilities":{}}`, uri.File(workspace)))
	c.Notify(protocol.MethodInitialized, map[string]any{})
	path := filepath.Join(workspace, "a", "a.go")
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	c.Open(string(uri.File(path)), "go", 1, string(text))
	if len(c.Diagnostics(string(uri.File(path)), 1)) == 0 {
		t.Error("rells serve did not get to the models")
	}
	document := map[string]any{"uri": uri.File(path)}
	for line := range strings.Count(string(text), "\n") {
		at := map[string]any{"textDocument": document, "position": map[string]any{"line": line, "character": 14}}
		for _, method := range []string{protocol.MethodTextDocumentHover, protocol.MethodTextDocumentDefinition, protocol.MethodTextDocumentCompletion} {
			if err := c.Call(t.Context(), method, at, nil); err != nil {
				t.Errorf("%s in line %d: %v", method, line, err)
			}
		}
	}
	if err := c.Call(t.Context(), protocol.MethodShutdown, nil, nil); err != nil {
		t.Error(err)
	}
	c.Notify(protocol.MethodExit, nil)
	if err := cmd.Wait(); err != nil {
		t.Errorf("%v\n%s", err, &stderr)
	}
}

// hostile is a workspace full of traps, and the folders around it.
type hostile struct {
	home      string // what the environment names: HOME and GOPATH
	workspace string
	replaced  string // what go.mod legally leads to
	secret    string // what nothing may be read of
}

func newHostile(t *testing.T) *hostile {
	t.Helper()
	base, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	h := &hostile{
		home:      filepath.Join(base, "home"),
		workspace: filepath.Join(base, "in", "workspace"),
		replaced:  filepath.Join(base, "replaced"),
		secret:    filepath.Join(base, "secret"),
	}
	archive, err := txtar.ParseFile(filepath.Join("testdata", "hostile.txtar"))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range archive.Files {
		write(t, filepath.Join(base, filepath.FromSlash(f.Name)), strings.ReplaceAll(string(f.Data), "BASE", base))
	}
	write(t, filepath.Join(h.workspace, strings.Repeat("deep/", 300)+"x.go"), "package deep\n")
	for _, link := range []struct{ name, to string }{
		{"a/passwd.go", "/etc/passwd"},
		{"a/secret.go", filepath.Join(h.secret, "secret.go")},
		{"a/loop.go", "loop.go"},
		{"a/memory.go", "/proc/self/mem"},
		{"out", h.secret},
		{"self", "."},
		{"linked/go.mod", filepath.Join(h.secret, "go.mod")},
		{"linked/go.work", filepath.Join(h.secret, "go.work")},
		{"linked/.gitignore", filepath.Join(h.secret, "secret.go")},
		{"vendor/example.com/linked", h.secret},
		{"vendor/example.com/up", "../../.."},
	} {
		path := filepath.Join(h.workspace, filepath.FromSlash(link.name))
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.Symlink(link.to, path); err != nil {
			t.Fatal(err)
		}
	}
	return h
}

var (
	systemCall = regexp.MustCompile(`^\d+ +(\w+)\(`)
	// pathArgument is the path that a call names, and the folder that it is seen from.
	pathArgument = regexp.MustCompile(`\((?:(?:AT_FDCWD|\d+)<([^>]*)>, |\d+<anon_inode:inotify>, )?"([^"]*)"`)
	opened       = regexp.MustCompile(`= \d+<(/[^>]*)>`)
	// ofRuntime is what the Go runtime looks at when it starts and when it tells the time.
	ofRuntime = regexp.MustCompile(`^(/proc/(self|\d+)/(cgroup|mountinfo|maps)|/sys/kernel/mm/.*|/sys/fs/cgroup/.*|/usr/share/zoneinfo.*|/etc/localtime)$`)
)

// judge looks at each system call of a trace.
func (h *hostile) judge(t *testing.T, trace string) {
	t.Helper()
	started := false
	seen := 0
	for _, line := range whole(trace) {
		call := systemCall.FindStringSubmatch(line)
		if call == nil {
			continue
		}
		switch name := call[1]; {
		case name == "execve" && !started:
			started = true
			continue
		case strings.HasPrefix(name, "exec"), strings.HasSuffix(name, "fork"),
			strings.HasPrefix(name, "clone") && !strings.Contains(line, "CLONE_THREAD"):
			t.Errorf("a process was started: %s", line)
		case strings.HasPrefix(name, "sock"), name == "connect", name == "bind", strings.HasPrefix(name, "send"):
			t.Errorf("a socket was used: %s", line)
		}
		for _, path := range pathsOf(line, h.workspace) {
			seen++
			if !h.allows(path) {
				t.Errorf("%s was looked at: %s", path, line)
			}
		}
	}
	if seen < 50 {
		t.Errorf("only %d paths were seen: the trace shows too little", seen)
	}
}

// whole lists the lines of a trace, those together again that a call of another
// thread has torn apart.
func whole(trace string) []string {
	var lines []string
	begun := map[string]string{} // by thread
	for line := range strings.Lines(trace) {
		line = strings.TrimSuffix(line, "\n")
		thread, _, _ := strings.Cut(line, " ")
		if first, ok := strings.CutSuffix(line, "<unfinished ...>"); ok {
			begun[thread] = first
			continue
		}
		if _, rest, ok := strings.Cut(line, " resumed>"); ok && begun[thread] != "" {
			line = begun[thread] + rest
			delete(begun, thread)
		}
		lines = append(lines, line)
	}
	return lines
}

// pathsOf lists the paths that a system call names or has opened, and where they
// lead if the call follows links.
func pathsOf(line, dir string) []string {
	var paths []string
	if found := pathArgument.FindStringSubmatch(line); found != nil {
		from, path := found[1], found[2]
		if !filepath.IsAbs(path) {
			if from == "" {
				from = dir
			}
			path = filepath.Join(from, path)
		}
		paths = append(paths, path)
		if !strings.Contains(line, "O_NOFOLLOW") && !strings.Contains(line, "AT_SYMLINK_NOFOLLOW") && !strings.Contains(line, "readlink") {
			if real, err := filepath.EvalSymlinks(path); err == nil {
				paths = append(paths, real)
			}
		}
	}
	if found := opened.FindStringSubmatch(line); found != nil {
		paths = append(paths, found[1])
	}
	return paths
}

// allows reports whether rells may look at a path: at anything of the workspace;
// at Go sources and module files where go.mod leads and in the module cache; at the
// go command's own settings; and, on the way up from there, at folders that may
// hold a go.mod or go.work.
func (h *hostile) allows(path string) bool {
	below := func(dir string) bool { return path == dir || strings.HasPrefix(path, dir+"/") }
	info, err := os.Lstat(path)
	folder := err == nil && info.IsDir()
	base := filepath.Base(path)
	decides := base == "go.mod" || base == "go.work"
	source := err != nil || folder || decides || filepath.Ext(path) == ".go" || strings.HasSuffix(path, "/vendor/modules.txt")
	switch {
	case below(h.workspace), path == filepath.Join(h.home, ".config", "go", "env"):
		return true
	case below(h.secret):
		return false
	case below(h.replaced), below(filepath.Join(h.home, "go")), below(filepath.Dir(h.workspace)): // a go.work uses the last
		return source
	case below("/etc/ssl"): // the workspace replaces a module by it; there is no source in it
		return source && (err != nil || folder)
	case ofRuntime.MatchString(path):
		return true
	}
	return folder && h.above(path) || decides && h.above(filepath.Dir(path))
}

// above reports whether a folder holds one of those in which modules are sought.
func (h *hostile) above(dir string) bool {
	for _, inner := range []string{h.workspace, h.replaced, filepath.Join(h.home, "go"), "/etc/ssl"} {
		if dir == "/" || strings.HasPrefix(inner, dir+"/") {
			return true
		}
	}
	return false
}
