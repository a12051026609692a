// Command dist builds rells for every platform and packs each build into an archive.
// One commit gives the same bytes wherever and whenever it is built with the same
// release of Go: nothing of the machine, the user or the clock goes into them.
//
//	go -C tools run ./dist -root .. -out ../dist
package main

import (
	"debug/buildinfo"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// platforms are those for which rells is built.
var platforms = []struct{ os, arch string }{
	{"darwin", "amd64"}, {"darwin", "arm64"},
	{"linux", "amd64"}, {"linux", "arm64"},
	{"windows", "amd64"}, {"windows", "arm64"},
}

func main() {
	root := flag.String("root", ".", "folder of the repository")
	out := flag.String("out", "dist", "folder for the archives")
	flag.Parse()
	if err := dist(*root, *out); err != nil {
		fmt.Fprintln(os.Stderr, "dist:", err)
		os.Exit(1)
	}
}

// dist writes the archives and SHA256SUMS into the folder out.
func dist(root, out string) error {
	when, err := committed(root)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(out, 0o777); err != nil {
		return err
	}
	work, err := os.MkdirTemp("", "rells-dist")
	if err != nil {
		return err
	}
	defer os.RemoveAll(work)
	var archives []string
	for _, p := range platforms {
		binary, version, err := build(root, work, p.os, p.arch)
		if err != nil {
			return err
		}
		name := fmt.Sprintf("rells_%s_%s_%s", version, p.os, p.arch)
		archive, err := pack(out, name, p.os == "windows", when, []string{
			filepath.Join(root, "LICENSE"), filepath.Join(root, "README.md"), binary,
		})
		if err != nil {
			return err
		}
		fmt.Println(archive)
		archives = append(archives, archive)
	}
	return writeSums(filepath.Join(out, "SHA256SUMS"), archives)
}

// committed is when the commit was made that is checked out: the time of every
// file in an archive.
func committed(root string) (time.Time, error) {
	text, err := exec.Command("git", "-C", root, "log", "-1", "--format=%ct").Output()
	if err != nil {
		return time.Time{}, fmt.Errorf("git log: %w", err)
	}
	seconds, err := strconv.ParseInt(strings.TrimSpace(string(text)), 10, 64)
	return time.Unix(seconds, 0).UTC(), err
}

// build builds rells for a platform. The version is the one that the go command
// stamps: the tag of the commit, else one made of its time and hash.
func build(root, work, goos, goarch string) (binary, version string, err error) {
	binary = filepath.Join(work, goos+"-"+goarch, "rells")
	if goos == "windows" {
		binary += ".exe"
	}
	cmd := exec.Command("go", "build", "-trimpath", "-buildvcs=true", "-ldflags=-s -w -buildid=", "-o", binary, "./cmd/rells")
	cmd.Dir = root
	cmd.Env = append(os.Environ(), "GOOS="+goos, "GOARCH="+goarch, "CGO_ENABLED=0", "GOFLAGS=", "GOAMD64=v1", "GOARM64=v8.0", "GOWORK=off")
	cmd.Stderr = os.Stderr
	if err := cmd.Run(); err != nil {
		return "", "", fmt.Errorf("%s/%s: %w", goos, goarch, err)
	}
	info, err := buildinfo.ReadFile(binary)
	if err != nil {
		return "", "", err
	}
	version, err = stamp(info)
	return binary, version, err
}

// stamp is the version that a binary tells of itself. One that knows none would tell
// nobody what it was built of: the go command finds no commit outside of a repository,
// and none in a linked worktree of git.
func stamp(info *buildinfo.BuildInfo) (string, error) {
	if v := info.Main.Version; v != "" && v != "(devel)" {
		return v, nil
	}
	return "", errors.New("the go command finds no commit to name the version after: build in a clone, not in a linked worktree")
}
