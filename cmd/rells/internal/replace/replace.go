package replace

import (
	"bytes"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// File is a file and its text, as it was read and as it shall be.
type File struct {
	Path          string // absolute
	Before, After []byte
}

// The reasons not to replace a file, wrapped by the errors of Files.
var (
	ErrChanged    = errors.New("has changed since it was read")
	ErrOutside    = errors.New("is not in the workspace")
	ErrProtected  = errors.New("is write-protected")
	ErrNotRegular = errors.New("is not a regular file")
	ErrTwice      = errors.New("is reached by two paths")
)

// Files replaces the text of files below root, an absolute path. A link is followed
// as long as it stays below root, and stays a link; the mode of each file stays what
// it was, and so does its owner where that is possible.
//
// All new texts are on disk, beside the files, before the first takes its place, and
// each takes it in one step: whoever reads a file meanwhile sees the one text or the
// other. An error before that leaves everything as it was.
func Files(root string, files []File) (err error) {
	real, err := filepath.EvalSymlinks(root)
	if err != nil {
		return err
	}
	folder, err := os.OpenRoot(real)
	if err != nil {
		return err
	}
	defer folder.Close()

	var all []*replacement
	defer func() {
		for _, r := range all {
			r.discard()
		}
	}()
	for _, file := range files {
		r := &replacement{File: file, root: folder}
		if err := r.prepare(real, all); err != nil {
			return fmt.Errorf("%s: %w", file.Path, err)
		}
		all = append(all, r)
	}
	for _, r := range all {
		if err := r.finish(); err != nil {
			return fmt.Errorf("%s: %w", r.Path, err)
		}
	}
	return nil
}

// replacement is one file under way.
type replacement struct {
	File
	root   *os.Root
	name   string // in root, links resolved
	beside string // the new text until it takes its place; "" before and after
}

// prepare looks whether the file may be replaced and writes its new text beside it.
func (r *replacement) prepare(root string, others []*replacement) error {
	path, err := filepath.EvalSymlinks(r.Path)
	if err != nil {
		return err
	}
	if r.name, err = filepath.Rel(root, path); err != nil || !filepath.IsLocal(r.name) {
		return ErrOutside
	}
	for _, other := range others {
		if other.name == r.name {
			return ErrTwice
		}
	}
	info, err := r.root.Lstat(r.name)
	switch {
	case err != nil:
		return err
	case !info.Mode().IsRegular():
		return ErrNotRegular
	case info.Mode().Perm()&0o200 == 0:
		return ErrProtected
	}
	if err := r.unchanged(); err != nil {
		return err
	}
	return r.write(info)
}

// unchanged compares the file with what was read.
func (r *replacement) unchanged() error {
	text, err := r.root.ReadFile(r.name)
	if err == nil && !bytes.Equal(text, r.Before) {
		err = ErrChanged
	}
	return err
}

// write puts the new text beside the file, with the file's mode.
func (r *replacement) write(info fs.FileInfo) error {
	beside := filepath.Join(filepath.Dir(r.name), ".rells-"+rand.Text())
	file, err := r.root.OpenFile(beside, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	r.beside = beside
	_, err = file.Write(r.After)
	if err == nil {
		keepOwner(file, info)
		err = file.Chmod(info.Mode().Perm())
	}
	if err == nil {
		err = file.Sync()
	}
	return errors.Join(err, file.Close())
}

// finish lets the new text take the place of the old one.
func (r *replacement) finish() error {
	if err := r.unchanged(); err != nil {
		return err
	}
	if err := r.root.Rename(r.beside, r.name); err != nil {
		return err
	}
	r.beside = ""
	return nil
}

// discard removes what has not taken its place.
func (r *replacement) discard() {
	if r.beside != "" {
		r.root.Remove(r.beside)
	}
}
