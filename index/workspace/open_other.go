//go:build !linux && !darwin

package workspace

import "os"

// openPlain opens a regular file.
func openPlain(path string) (*os.File, error) { return os.Open(path) }
