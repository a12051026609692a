package server

import (
	"context"
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"strings"

	"github.com/fsnotify/fsnotify"
	"go.uber.org/zap"
)

// mostFolders is how many folders are watched at most: the operating system has
// few watches to give, and editors want some too.
const mostFolders = 4096

// diskWatcher tells the feed of changes on disk that the client does not tell of.
type diskWatcher struct {
	feed  *feed
	log   *zap.Logger
	roots chan []root // has room for one: what is to be watched now

	now     []root          // what is watched
	alone   map[string]bool // folders that are watched without those below them
	folders map[string]bool // all that are watched
}

func newDiskWatcher(f *feed, log *zap.Logger) *diskWatcher {
	return &diskWatcher{feed: f, log: log, roots: make(chan []root, 1)}
}

// watch replaces the folders to be watched. Only one goroutine may call it.
func (d *diskWatcher) watch(roots []root) {
	select {
	case <-d.roots:
	default:
	}
	d.roots <- roots
}

// run watches until ctx ends, once there is anything to watch.
func (d *diskWatcher) run(ctx context.Context) {
	var first []root
	select {
	case <-ctx.Done():
		return
	case first = <-d.roots:
	}
	w, err := fsnotify.NewWatcher()
	if err != nil {
		d.log.Warn("files on disk are not watched", zap.Error(err))
		return
	}
	defer w.Close()
	d.replace(w, first)
	for {
		select {
		case <-ctx.Done():
			return
		case roots := <-d.roots:
			d.replace(w, roots)
		case err := <-w.Errors:
			d.missed(w, err)
		case event := <-w.Events:
			d.happened(w, event)
		}
	}
}

// replace watches other roots than before.
func (d *diskWatcher) replace(w *fsnotify.Watcher, roots []root) {
	for _, folder := range w.WatchList() {
		_ = w.Remove(folder) // one that is gone is not watched either
	}
	d.now, d.alone, d.folders = roots, map[string]bool{}, map[string]bool{}
	for _, r := range roots {
		d.alone[r.path] = r.alone
	}
	for _, r := range roots {
		d.add(w, r.path)
	}
}

// missed starts over where more has happened than anybody could be told of.
func (d *diskWatcher) missed(w *fsnotify.Watcher, err error) {
	d.log.Warn("changes on disk may have been missed", zap.Error(err))
	if errors.Is(err, fsnotify.ErrEventOverflow) {
		d.replace(w, d.now)
		for _, r := range d.now {
			d.feed.onDisk(r.path)
		}
	}
}

// happened passes on what may matter: a file of a name that does, or a folder,
// whose files the index finds.
func (d *diskWatcher) happened(w *fsnotify.Watcher, event fsnotify.Event) {
	folder := d.folders[event.Name] || filepath.Ext(event.Name) == "" && !event.Has(fsnotify.Write)
	switch {
	case event.Has(fsnotify.Remove), event.Has(fsnotify.Rename):
		d.forget(event.Name)
	case event.Has(fsnotify.Create) && isFolder(event.Name):
		folder = true
		if !d.alone[filepath.Dir(event.Name)] {
			d.add(w, event.Name)
		}
	}
	if event.Op != fsnotify.Chmod && (folder || concerns(event.Name)) {
		d.feed.onDisk(event.Name)
	}
}

// isFolder reports whether a folder is there now, and no link to one.
func isFolder(path string) bool {
	info, err := os.Lstat(path)
	return err == nil && info.IsDir()
}

// forget takes note that a folder, if it is one, is gone with all below it.
func (d *diskWatcher) forget(path string) {
	if d.folders[path] {
		maps.DeleteFunc(d.folders, func(other string, _ bool) bool {
			return other == path || strings.HasPrefix(other, path+string(filepath.Separator))
		})
	}
}

// add watches a folder and those below it, save those that hold no source of the
// workspace. Symbolic links are not followed.
func (d *diskWatcher) add(w *fsnotify.Watcher, root string) {
	_ = filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.IsDir() {
			return nil
		}
		name := entry.Name()
		if path != root && (strings.HasPrefix(name, ".") || name == "vendor" || name == "node_modules") {
			return filepath.SkipDir
		}
		if len(d.folders) >= mostFolders && !d.folders[path] {
			d.log.Warn("not every folder is watched", zap.Int("most", mostFolders))
			return filepath.SkipAll
		}
		if err := w.Add(path); err != nil {
			d.log.Warn("a folder is not watched", zap.String("path", path), zap.Error(err))
		} else {
			d.folders[path] = true
		}
		if path == root && d.alone[root] {
			return filepath.SkipAll
		}
		return nil
	})
}
