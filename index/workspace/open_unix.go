//go:build linux || darwin

package workspace

import (
	"io"
	"io/fs"
	"syscall"
)

// plainFile is an open file without what package os adds to one: five system
// calls in its poller and a finalizer, which cost more than reading a source file.
type plainFile struct {
	descriptor int
	path       string
}

// openPlain opens a regular file. Should the path be a link by now it fails; should
// it be a device or a pipe, nobody waits for it.
func openPlain(path string) (*plainFile, error) {
	for {
		descriptor, err := syscall.Open(path, syscall.O_RDONLY|syscall.O_CLOEXEC|syscall.O_NOFOLLOW|syscall.O_NONBLOCK, 0)
		switch err {
		case nil:
			return &plainFile{descriptor, path}, nil
		case syscall.EINTR:
		default:
			return nil, &fs.PathError{Op: "open", Path: path, Err: err}
		}
	}
}

// Read is that of [io.Reader].
func (f *plainFile) Read(p []byte) (int, error) {
	for {
		n, err := syscall.Read(f.descriptor, p)
		switch {
		case err == syscall.EINTR:
		case err != nil:
			return 0, &fs.PathError{Op: "read", Path: f.path, Err: err}
		case n == 0:
			return 0, io.EOF
		default:
			return n, nil
		}
	}
}

// Close is that of [io.Closer].
func (f *plainFile) Close() error { return syscall.Close(f.descriptor) }
