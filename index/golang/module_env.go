package golang

import (
	"bufio"
	"bytes"
	"go/build"
	"os"
	"path/filepath"
	"strings"
)

// Environment is what the go command would be told from outside the workspace.
type Environment struct {
	ModCache string   // GOMODCACHE: where modules are unpacked
	GoPath   []string // GOPATH
	Work     string   // GOWORK: path of a go.work file, "off", or "" to look for one
	Mod      string   // the -mod of GOFLAGS: "vendor", "mod", "readonly" or ""
}

// ReadEnvironment reads the variables of the process and, behind them, the file in
// which `go env -w` keeps its own.
func ReadEnvironment() Environment {
	file := os.Getenv("GOENV")
	if file == "" {
		if dir, err := os.UserConfigDir(); err == nil {
			file = filepath.Join(dir, "go", "env")
		}
	}
	var content []byte
	if file != "" && file != "off" {
		content, _ = os.ReadFile(file) // no such file: nothing was written there
	}
	return parseEnvironment(os.Getenv, content)
}

// parseEnvironment takes each variable from getenv, else from a go env file, else
// from the go command's defaults.
func parseEnvironment(getenv func(string) string, file []byte) Environment {
	written := map[string]string{}
	for lines := bufio.NewScanner(bytes.NewReader(file)); lines.Scan(); {
		if key, value, ok := strings.Cut(lines.Text(), "="); ok {
			written[key] = value
		}
	}
	value := func(key string) string {
		if v := getenv(key); v != "" {
			return v
		}
		return written[key]
	}
	env := Environment{Work: value("GOWORK"), ModCache: value("GOMODCACHE")}
	gopath := value("GOPATH")
	if gopath == "" {
		gopath = build.Default.GOPATH
	}
	for _, dir := range filepath.SplitList(gopath) {
		if filepath.IsAbs(dir) {
			env.GoPath = append(env.GoPath, filepath.Clean(dir))
		}
	}
	if env.ModCache == "" && len(env.GoPath) > 0 {
		env.ModCache = filepath.Join(env.GoPath[0], "pkg", "mod")
	}
	for _, flag := range strings.Fields(value("GOFLAGS")) {
		if mod, ok := strings.CutPrefix(strings.TrimLeft(flag, "-"), "mod="); ok {
			env.Mod = mod
		}
	}
	return env
}
