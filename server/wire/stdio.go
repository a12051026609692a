package wire

import (
	"io"
	"os"
	"os/signal"
	"syscall"
)

// Stdio returns the process's standard input and output as one stream, and
// points os.Stdout at standard error: from then on a stray print cannot damage
// the protocol. A client that no longer reads makes writing fail; by default it
// would kill the process (os/signal, "SIGPIPE").
func Stdio() io.ReadWriter {
	signal.Ignore(syscall.SIGPIPE)
	in, out := os.Stdin, os.Stdout
	os.Stdout = os.Stderr
	return stdio{in, out}
}

type stdio struct {
	io.Reader
	io.Writer
}
