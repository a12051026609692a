package terminal

import (
	"io"
	"os"

	"github.com/mattn/go-colorable"
	"github.com/mattn/go-isatty"
	"golang.org/x/term"
)

// Is reports whether the stream, a reader or a writer, is a terminal.
func Is(stream any) bool {
	f, ok := stream.(*os.File)
	return ok && (isatty.IsTerminal(f.Fd()) || isatty.IsCygwinTerminal(f.Fd()))
}

// Width is the number of columns of the terminal behind w, 0 when w is none.
func Width(w io.Writer) int {
	f, ok := w.(*os.File)
	if !ok {
		return 0
	}
	width, _, err := term.GetSize(int(f.Fd()))
	if err != nil {
		return 0
	}
	return width
}

// Color is when to write colours.
type Color string

// The values of the flag --color.
const (
	ColorAuto   Color = "auto" // on a terminal, unless the environment asks for none
	ColorAlways Color = "always"
	ColorNever  Color = "never"
)

// On decides whether to write colours to what is or is not a terminal, see
// https://no-color.org.
func (c Color) On(terminal bool, getenv func(string) string) bool {
	switch c {
	case ColorAlways:
		return true
	case ColorNever:
		return false
	}
	return terminal && getenv("NO_COLOR") == "" && getenv("TERM") != "dumb"
}

// Colorable is w, made to understand the escapes of colours where the terminal
// itself does not (old consoles of Windows).
func Colorable(w io.Writer) io.Writer {
	if f, ok := w.(*os.File); ok {
		return colorable.NewColorable(f)
	}
	return w
}
