package settings

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// FileName is the name of the file at the root of a workspace.
const FileName = "rells.toml"

// maxSize is the size in bytes above which the file is not read.
const maxSize = 1 << 20

// File is a file of settings.
type File struct {
	Path     string // absolute
	Text     []byte // nil for a file that is not there
	Settings Settings
	Problems []Problem // in the order of their places
	// Err says why the file was not read; nil for one that is not there.
	Err error
}

// ErrLink is wrapped by the error for a rells.toml that is a link which is not followed.
var ErrLink = errors.New("links are followed only inside of the workspace")

// ReadRoot reads the rells.toml at a root; one that is not there says nothing.
// A link is followed only inside of the root: a workspace may be anybody's, and does
// not decide what else is read. One that leads elsewhere is an error, since whoever
// made it counts on its settings.
func ReadRoot(root string) File {
	f := File{Path: filepath.Join(root, FileName)}
	dir, err := os.OpenRoot(root)
	if err == nil {
		defer dir.Close()
		f.Text, err = read(func() (*os.File, error) { return dir.Open(FileName) })
		if err != nil {
			err = explained(dir, err)
		}
	}
	return f.parsed(err)
}

// explained is the error of reading the file at a root: what package os says of a
// link that leads elsewhere, or to itself, tells nobody what to do.
func explained(root *os.Root, err error) error {
	to, notLink := root.Readlink(FileName)
	if _, lost := root.Stat(FileName); notLink != nil || lost == nil || errors.Is(lost, fs.ErrNotExist) {
		return err
	}
	return fmt.Errorf("%s is a link to %s: %w", FileName, filepath.ToSlash(to), ErrLink)
}

// ReadFile reads a file that somebody has named: it has to be there.
func ReadFile(path string) File {
	text, err := read(func() (*os.File, error) { return os.Open(path) })
	f := File{Path: path, Text: text}.parsed(err)
	if err != nil {
		f.Err = err
	}
	return f
}

// Broken reports whether the text is not TOML, so that nothing of it counts.
func (f File) Broken() bool { return len(f.Problems) == 1 && f.Problems[0].Setting == "" }

func (f File) parsed(err error) File {
	switch {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		f.Err = err
	default:
		f.Settings, f.Problems = Parse(f.Text)
	}
	return f
}

// read reads a regular file of a bounded size.
func read(open func() (*os.File, error)) ([]byte, error) {
	file, err := open()
	if err != nil {
		return nil, err
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, errors.New("not a regular file")
	}
	text, err := io.ReadAll(io.LimitReader(file, maxSize+1))
	if err == nil && len(text) > maxSize {
		return nil, fmt.Errorf("more than %d MB", maxSize>>20)
	}
	return text, err
}
