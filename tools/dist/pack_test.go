package main

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"debug/buildinfo"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime/debug"
	"testing"
	"time"
)

var release = time.Date(2026, 5, 4, 3, 2, 2, 0, time.UTC)

// files lays out what goes into an archive, with modes and times that must not.
func files(t *testing.T, mode os.FileMode) []string {
	t.Helper()
	dir := t.TempDir()
	var paths []string
	for _, name := range []string{"LICENSE", "rells"} {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, bytes.Repeat([]byte(name), 1000), mode); err != nil {
			t.Fatal(err)
		}
		paths = append(paths, path)
	}
	return paths
}

// TestArchivesAreReproducible packs equal files of two folders, written at other
// times with other modes.
func TestArchivesAreReproducible(t *testing.T) {
	for _, zipped := range []bool{false, true} {
		var first []byte
		for i, mode := range []os.FileMode{0o600, 0o777} {
			path, err := pack(t.TempDir(), "rells_v1.2.3_linux_amd64", zipped, release, files(t, mode))
			if err != nil {
				t.Fatal(err)
			}
			content, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if i > 0 && !bytes.Equal(first, content) {
				t.Errorf("%s differs from one time to the next", filepath.Base(path))
			}
			first = content
			time.Sleep(10 * time.Millisecond)
		}
	}
}

func TestContentsOfTar(t *testing.T) {
	path, err := pack(t.TempDir(), "n", false, release, files(t, 0o600))
	if err != nil {
		t.Fatal(err)
	}
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	unpacked, err := gzip.NewReader(file)
	if err != nil {
		t.Fatal(err)
	}
	archive := tar.NewReader(unpacked)
	var got []string
	for {
		header, err := archive.Next()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		if !header.ModTime.Equal(release) || header.Uname != "" || header.Uid != 0 {
			t.Errorf("%s is of %v, user %q %d", header.Name, header.ModTime, header.Uname, header.Uid)
		}
		got = append(got, fmt.Sprintf("%s %o", header.Name, header.Mode))
	}
	if fmt.Sprint(got) != "[n/LICENSE 644 n/rells 755]" {
		t.Errorf("the archive holds %v", got)
	}
}

func TestContentsOfZip(t *testing.T) {
	path, err := pack(t.TempDir(), "n", true, release, files(t, 0o600))
	if err != nil {
		t.Fatal(err)
	}
	archive, err := zip.OpenReader(path)
	if err != nil {
		t.Fatal(err)
	}
	defer archive.Close()
	var got []string
	for _, f := range archive.File {
		if !f.Modified.Equal(release) {
			t.Errorf("%s is of %v", f.Name, f.Modified)
		}
		got = append(got, fmt.Sprintf("%s %o", f.Name, f.Mode()))
	}
	if fmt.Sprint(got) != "[n/LICENSE 644 n/rells 755]" {
		t.Errorf("the archive holds %v", got)
	}
}

func TestSums(t *testing.T) {
	paths := files(t, 0o600)
	sums := filepath.Join(t.TempDir(), "SHA256SUMS")
	if err := writeSums(sums, paths); err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile(sums)
	if err != nil {
		t.Fatal(err)
	}
	want := fmt.Sprintf("%x  LICENSE\n%x  rells\n", sha256.Sum256(bytes.Repeat([]byte("LICENSE"), 1000)), sha256.Sum256(bytes.Repeat([]byte("rells"), 1000)))
	if string(got) != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}

func TestStamp(t *testing.T) {
	for version, want := range map[string]bool{"v1.2.3": true, "v0.0.0-20260504030202-0123456789ab+dirty": true, "(devel)": false, "": false} {
		got, err := stamp(&buildinfo.BuildInfo{Main: debug.Module{Version: version}})
		if want != (err == nil) || want && got != version {
			t.Errorf("stamp of %q is %q, %v", version, got, err)
		}
	}
}
