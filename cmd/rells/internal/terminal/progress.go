package terminal

import (
	"fmt"
	"io"
	"sync"
	"time"
)

// Work that is done sooner than patience is never announced; afterwards the line
// changes at most once per beat.
const (
	patience = 500 * time.Millisecond
	beat     = 100 * time.Millisecond
)

// Progress shows how far long work is, on one line that it takes away again. Its
// methods may be called from any goroutine.
type Progress struct {
	out  io.Writer
	what string

	mu    sync.Mutex
	next  time.Time // when to write again
	shown bool
	ended bool
}

// NewProgress starts to watch work of the given name. Nothing is written unless
// out is a terminal.
func NewProgress(out io.Writer, what string) *Progress {
	if !Is(out) {
		return &Progress{}
	}
	return newProgress(Colorable(out), what)
}

func newProgress(out io.Writer, what string) *Progress {
	return &Progress{out: out, what: what, next: time.Now().Add(patience)}
}

// Report tells that done of total steps are done.
func (p *Progress) Report(done, total int) {
	if p.out == nil {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	now := time.Now()
	if p.ended || now.Before(p.next) {
		return
	}
	p.next, p.shown = now.Add(beat), true
	fmt.Fprintf(p.out, "\r\x1b[K%s %d/%d", p.what, done, total)
}

// End removes the line.
func (p *Progress) End() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.ended = true
	if p.shown {
		fmt.Fprint(p.out, "\r\x1b[K")
	}
}
