package wire

import (
	"io"
	"os"
)

// Stdio returns the process's standard input and output as one stream, and
// points os.Stdout at standard error: from then on a stray print cannot damage
// the protocol.
func Stdio() io.ReadWriter {
	in, out := os.Stdin, os.Stdout
	os.Stdout = os.Stderr
	return stdio{in, out}
}

type stdio struct {
	io.Reader
	io.Writer
}
