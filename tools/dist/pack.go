package main

import (
	"archive/tar"
	"archive/zip"
	"compress/gzip"
	"crypto/sha256"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// pack writes an archive with the files below a folder of the archive's name, as
// .zip or as .tar.gz, and returns its path. Nobody owns the files, only rells itself
// may be run, and their time is the one given.
func pack(out, name string, zipped bool, when time.Time, files []string) (path string, err error) {
	path = filepath.Join(out, name+".tar.gz")
	write := writeTar
	if zipped {
		path, write = filepath.Join(out, name+".zip"), writeZip
	}
	file, err := os.Create(path)
	if err != nil {
		return "", err
	}
	err = write(file, name, when, files)
	if closing := file.Close(); err == nil {
		err = closing
	}
	return path, err
}

func writeTar(to io.Writer, name string, when time.Time, files []string) error {
	packed, err := gzip.NewWriterLevel(to, gzip.BestCompression)
	if err != nil {
		return err
	}
	archive := tar.NewWriter(packed)
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		base := filepath.Base(file)
		header := &tar.Header{Name: name + "/" + base, Mode: int64(mode(base)), Size: int64(len(content)), ModTime: when, Format: tar.FormatUSTAR}
		if err := archive.WriteHeader(header); err != nil {
			return err
		}
		if _, err := archive.Write(content); err != nil {
			return err
		}
	}
	if err := archive.Close(); err != nil {
		return err
	}
	return packed.Close()
}

func writeZip(to io.Writer, name string, when time.Time, files []string) error {
	archive := zip.NewWriter(to)
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		base := filepath.Base(file)
		header := &zip.FileHeader{Name: name + "/" + base, Method: zip.Deflate, Modified: when}
		header.SetMode(mode(base))
		entry, err := archive.CreateHeader(header)
		if err != nil {
			return err
		}
		if _, err := entry.Write(content); err != nil {
			return err
		}
	}
	return archive.Close()
}

func mode(base string) os.FileMode {
	if base == "rells" || base == "rells.exe" {
		return 0o755
	}
	return 0o644
}

// writeSums writes a line for each file that sha256sum --check can read.
func writeSums(path string, files []string) error {
	var lines strings.Builder
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		fmt.Fprintf(&lines, "%x  %s\n", sha256.Sum256(content), filepath.Base(file))
	}
	return os.WriteFile(path, []byte(lines.String()), 0o666)
}
