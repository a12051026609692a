package server

import (
	"context"
	"slices"
	"sync"
	"time"

	"github.com/rells-dev/rells/index"
)

// world is what one request sees: a snapshot, and the documents that were open
// at that moment.
type world struct {
	*index.Snapshot
	open          documents
	configuration *configuration
}

// feed brings what happens to the index, in the order in which it happened. One
// goroutine, run, writes to the index; everybody else only queues, so that the
// read loop never waits.
//
// Changes are applied when a request needs them or when nothing has changed for
// a while, whichever comes first.
type feed struct {
	index  *index.Index
	settle time.Duration // how long after the last change settled is told
	// settled is told of the world after changes; it must be quick.
	settled func(world)
	// reconfigure makes the configuration anew, and reads the workspace again where
	// that asks for it.
	reconfigure   func(context.Context) *configuration
	configuration *configuration // of run

	mu    sync.Mutex
	queue []task
	wake  chan struct{}        // has room for one: something is in the queue
	busy  func() (rest func()) // puts off what can wait until rest is called; it must be quick
	ended chan struct{}        // closed when run returns: nothing queued will be done
}

// task is one entry of the queue: exactly one of the first three is set.
type task struct {
	change *index.Change
	pin    *pin
	work   func(ctx context.Context) // writes to the index itself
	open   documents                 // as of this entry
	// sameOpen says that the documents are those of the entry before.
	sameOpen bool
}

// pin is the promise of a world.
type pin struct {
	ready chan struct{} // closed when world is set
	world world
	busy  func() (rest func()) // puts off what can wait until the answer is there
	ended <-chan struct{}
}

func newFeed(x *index.Index, settle time.Duration, settled func(world), reconfigure func(context.Context) *configuration) *feed {
	return &feed{index: x, settle: settle, settled: settled, reconfigure: reconfigure, wake: make(chan struct{}, 1), busy: func() func() { return func() {} }, ended: make(chan struct{})}
}

// change queues what happened to a file.
func (f *feed) change(c index.Change, open documents) { f.add(task{change: &c, open: open}) }

// onDisk queues that a file or folder was created, written or deleted on disk. It
// is for those who do not know which documents are open.
func (f *feed) onDisk(path string) {
	f.add(task{change: &index.Change{Path: path, Kind: index.OnDisk}, sameOpen: true})
}

// work queues a longer task that writes to the index, such as loading it.
func (f *feed) work(open documents, fn func(ctx context.Context)) { f.add(task{work: fn, open: open}) }

// configure queues that what is set may have changed.
func (f *feed) configure() {
	f.add(task{work: func(ctx context.Context) { f.configuration = f.reconfigure(ctx) }, sameOpen: true})
}

// pin queues the wish for the world as it is after all that was queued before,
// and without anything that will be queued later.
func (f *feed) pin(open documents) *pin {
	p := &pin{ready: make(chan struct{}), busy: f.busy, ended: f.ended}
	f.add(task{pin: p, open: open})
	return p
}

// wait returns the world that was pinned. It waits for loading to end, but not
// beyond the end of ctx, which gives ctx's error.
func (p *pin) wait(ctx context.Context) (world, error) {
	select {
	case <-p.ready:
		return p.world, ctx.Err()
	case <-ctx.Done():
		return world{}, ctx.Err()
	case <-p.ended:
		return world{}, context.Canceled
	}
}

func (f *feed) add(t task) {
	f.mu.Lock()
	f.queue = append(f.queue, t)
	f.mu.Unlock()
	select {
	case f.wake <- struct{}{}:
	default:
	}
}

func (f *feed) take() []task {
	f.mu.Lock()
	defer f.mu.Unlock()
	queue := f.queue
	f.queue = nil
	return queue
}

// run does what is queued until ctx ends.
func (f *feed) run(ctx context.Context) {
	defer close(f.ended)
	timer := time.NewTimer(time.Hour)
	defer timer.Stop()
	timer.Stop()
	var waiting changes
	var open documents
	for {
		select {
		case <-ctx.Done():
			return
		case <-timer.C:
			rest := f.busy()
			f.apply(ctx, &waiting)
			f.settled(f.world(open))
			rest()
		case <-f.wake:
			rest := f.busy()
			for _, t := range f.take() {
				if t.sameOpen {
					t.open = open
				}
				open = t.open
				if f.do(ctx, t, &waiting) {
					timer.Reset(f.settle)
				}
			}
			rest()
		}
	}
}

// do does one task and reports whether the world changed by it.
func (f *feed) do(ctx context.Context, t task, waiting *changes) bool {
	switch {
	case t.change != nil:
		waiting.add(*t.change)
		return true
	case t.pin != nil:
		f.apply(ctx, waiting)
		t.pin.world = f.world(t.open)
		close(t.pin.ready)
		return false
	default:
		f.apply(ctx, waiting)
		t.work(ctx)
		f.settled(f.world(t.open))
		return false
	}
}

// world is the world as it is now, with the documents that are open in it.
func (f *feed) world(open documents) world { return world{f.index.Snapshot(), open, f.configuration} }

func (f *feed) apply(ctx context.Context, waiting *changes) {
	of := func(c index.Change) bool { return isSettings(c.Path) }
	set := slices.ContainsFunc(*waiting, of)
	if set { // nothing to the index
		*waiting = slices.DeleteFunc(*waiting, of)
	}
	if len(*waiting) > 0 {
		f.index.Update(*waiting...)
		*waiting = nil
	}
	if set {
		f.configuration = f.reconfigure(ctx)
	}
}

// changes are changes that wait to be applied together.
type changes []index.Change

// add appends a change. Of edits of one file that follow each other only the
// last is of interest to anybody.
func (c *changes) add(next index.Change) {
	if n := len(*c); n > 0 {
		if last := &(*c)[n-1]; last.Path == next.Path && last.Kind == next.Kind {
			*last = next
			return
		}
	}
	*c = append(*c, next)
}
