package server

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/fsnotify/fsnotify"
	"go.uber.org/zap/zaptest"

	"github.com/rells-dev/rells/index"
)

// watching is a disk watcher of one folder, whose events the test takes by hand.
func watching(t *testing.T) (d *diskWatcher, w *fsnotify.Watcher, folder string) {
	t.Helper()
	w, err := fsnotify.NewBufferedWatcher(64)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { w.Close() })
	f := newFeed(index.New(index.Options{}), time.Hour, nil, func(context.Context) *configuration { return nil })
	d = newDiskWatcher(f, zaptest.NewLogger(t))
	folder = t.TempDir()
	d.replace(w, []root{{path: folder}})
	return d, w, folder
}

// told takes events in until the feed has been told of a path.
func (d *diskWatcher) told(t *testing.T, w *fsnotify.Watcher, path string) {
	t.Helper()
	timeout := time.After(time.Minute)
	for {
		for _, task := range d.feed.take() {
			if task.change.Path == path {
				return
			}
		}
		select {
		case event := <-w.Events:
			d.happened(w, event)
		case <-timeout:
			t.Fatalf("not told of %s", path)
		}
	}
}

// TestFoldersComeAndGo makes and deletes more folders, one after the other, than are
// watched at once: what comes after them is watched all the same.
func TestFoldersComeAndGo(t *testing.T) {
	d, w, root := watching(t)
	for n := range mostFolders + 1 {
		folder := filepath.Join(root, fmt.Sprintf("v1.%d", n))
		if err := os.Mkdir(folder, 0o777); err != nil {
			t.Fatal(err)
		}
		d.told(t, w, folder)
		if !d.folders[folder] {
			t.Fatalf("folder %d is not watched", n)
		}
		if err := os.Remove(folder); err != nil {
			t.Fatal(err)
		}
		d.told(t, w, folder)
	}
	if len(d.folders) != 1 {
		t.Errorf("%d folders are taken to be watched, want the root", len(d.folders))
	}
}

// TestMissedChanges has more happen than can be told of: everything is looked at anew,
// and folders that nobody has heard of are watched.
func TestMissedChanges(t *testing.T) {
	d, w, root := watching(t)
	folder := filepath.Join(root, "a", "b")
	if err := os.MkdirAll(folder, 0o777); err != nil {
		t.Fatal(err)
	}
	d.missed(w, fsnotify.ErrEventOverflow)
	d.told(t, w, root)
	path := filepath.Join(folder, "c.go")
	if err := os.WriteFile(path, nil, 0o666); err != nil {
		t.Fatal(err)
	}
	d.told(t, w, path)
}
