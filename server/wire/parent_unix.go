//go:build unix

package wire

import (
	"errors"
	"syscall"
)

// processAlive reports whether the process pid exists.
func processAlive(pid int) bool {
	// Signal 0 only checks; "not permitted" means that it is there.
	return !errors.Is(syscall.Kill(pid, 0), syscall.ESRCH)
}
