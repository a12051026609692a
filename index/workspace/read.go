package workspace

import (
	"io"
	"slices"
	"sync"
)

// reader reads one file after the other into the same memory.
type reader struct{ text []byte }

// readers are those that nobody uses.
var readers = sync.Pool{New: func() any { return new(reader) }}

// The sizes of a reader's memory, in bytes: a new one's, and the largest that is
// kept for the next file.
const (
	firstRead = 64 << 10
	mostKept  = 1 << 20
)

// read returns the text of a file that was seen to be a regular one; it is valid
// until the next read. A link is not followed, should there be one by now.
func (r *reader) read(path string) ([]byte, error) {
	file, err := openPlain(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	text := r.text[:0]
	for {
		if len(text) == cap(text) {
			text = slices.Grow(text, max(firstRead, len(text)))
		}
		n, err := file.Read(text[len(text):cap(text)])
		text = text[:len(text)+n]
		if cap(text) <= mostKept {
			r.text = text
		}
		switch {
		case len(text) > MaxSize:
			return nil, tooLarge(path)
		case err == io.EOF:
			return text, nil
		case err != nil:
			return nil, err
		}
	}
}
