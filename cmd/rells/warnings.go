package main

import (
	"fmt"
	"io"
	"slices"
	"sync"
)

// warnings collects what an index could not read, to print it in one order.
type warnings struct {
	mu    sync.Mutex
	lines []string
}

func (w *warnings) add(path string, err error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.lines = append(w.lines, fmt.Sprintf("rells: %s: %v", path, err))
}

func (w *warnings) print(out io.Writer) {
	slices.Sort(w.lines)
	for _, line := range w.lines {
		fmt.Fprintln(out, line)
	}
}
