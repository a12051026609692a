package server

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"github.com/rells-dev/rells/index"
)

// running starts a feed over an empty index.
func running(t *testing.T, settled func(world)) (f *feed, stop func()) {
	t.Helper()
	f = newFeed(index.New(index.Options{}), time.Millisecond, settled, func(context.Context) *configuration { return nil })
	ctx, cancel := context.WithCancel(t.Context())
	go f.run(ctx)
	return f, func() {
		cancel()
		<-f.ended
	}
}

// TestPinsSeeWhatCameBefore queues edits and pins in turn, all at once: each pin
// sees the edits before it and none of those behind it.
func TestPinsSeeWhatCameBefore(t *testing.T) {
	f, stop := running(t, func(world) {})
	defer stop()
	path := filepath.Join(t.TempDir(), "a.go")
	var pins []*pin
	for version := range int32(300) {
		text := fmt.Appendf(nil, "package a // %d\n", version)
		f.change(index.Change{Path: path, Text: text, Version: version}, nil)
		pins = append(pins, f.pin(nil))
	}
	for version, p := range pins {
		w, err := p.wait(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		file, ok := w.File(path)
		if want := fmt.Sprintf("package a // %d\n", version); !ok || string(file.Source) != want || file.Version != int32(version) {
			t.Fatalf("pin %d sees %q, want %q", version, file.Source, want)
		}
	}
}

// TestPinsWaitForLongWork lets work hold up the feed: who waits can give up, and
// queueing does not wait at all.
func TestPinsWaitForLongWork(t *testing.T) {
	f, stop := running(t, func(world) {})
	defer stop()
	release := make(chan struct{})
	f.work(nil, func(context.Context) { <-release })
	p := f.pin(nil)
	short, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	if _, err := p.wait(short); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("waiting for loading ended with %v", err)
	}
	close(release)
	if _, err := p.wait(t.Context()); err != nil {
		t.Error(err)
	}
}

func TestPinsEndWithTheFeed(t *testing.T) {
	f, stop := running(t, func(world) {})
	stop()
	if _, err := f.pin(nil).wait(t.Context()); !errors.Is(err, context.Canceled) {
		t.Errorf("waiting for a feed that has ended gave %v", err)
	}
}

// TestSettled checks that many edits in a row are told of once, when they are over.
func TestSettled(t *testing.T) {
	worlds := make(chan world, 100)
	f, stop := running(t, func(w world) { worlds <- w })
	f.settle = 50 * time.Millisecond
	defer stop()
	path := filepath.Join(t.TempDir(), "a.go")
	for version := range int32(20) {
		f.change(index.Change{Path: path, Text: []byte("package a\n"), Version: version}, nil)
	}
	if file, _ := (<-worlds).File(path); file.Version != 19 {
		t.Errorf("told of version %d, want 19", file.Version)
	}
	select {
	case <-worlds:
		t.Error("told twice")
	case <-time.After(150 * time.Millisecond):
	}
}

func TestChangesAreMerged(t *testing.T) {
	var c changes
	for i, path := range []string{"a", "a", "b", "a", "a"} {
		c.add(index.Change{Path: path, Version: int32(i)})
	}
	c.add(index.Change{Path: "a", Kind: index.Closed})
	got := ""
	for _, change := range c {
		got += fmt.Sprint(change.Path, change.Version, " ")
	}
	if want := "a1 b2 a4 a0 "; got != want {
		t.Errorf("the changes are %q, want %q", got, want)
	}
}
