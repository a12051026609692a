package server

import (
	"context"
	"io/fs"
	"path/filepath"
	"strings"

	"github.com/fsnotify/fsnotify"
	"go.uber.org/zap"
)

// mostFolders is how many folders are watched at most: the operating system has
// few watches to give, and editors want some too.
const mostFolders = 4096

// diskWatcher tells the feed of changes on disk, for clients that cannot.
type diskWatcher struct {
	feed  *feed
	log   *zap.Logger
	roots chan []string // has room for one: the newest folders of the workspace
	count int           // of watched folders
}

func newDiskWatcher(f *feed, log *zap.Logger) *diskWatcher {
	return &diskWatcher{feed: f, log: log, roots: make(chan []string, 1)}
}

// watch replaces the folders to be watched. Only one goroutine may call it.
func (d *diskWatcher) watch(roots []string) {
	select {
	case <-d.roots:
	default:
	}
	d.roots <- roots
}

// run watches until ctx ends.
func (d *diskWatcher) run(ctx context.Context) {
	w, err := fsnotify.NewWatcher()
	if err != nil {
		d.log.Warn("files on disk are not watched", zap.Error(err))
		return
	}
	defer w.Close()
	for {
		select {
		case <-ctx.Done():
			return
		case roots := <-d.roots:
			for _, folder := range w.WatchList() {
				_ = w.Remove(folder) // one that is gone is not watched either
			}
			d.count = 0
			for _, root := range roots {
				d.add(w, root)
			}
		case err := <-w.Errors:
			d.log.Warn("changes on disk may have been missed", zap.Error(err))
		case event := <-w.Events:
			d.happened(w, event)
		}
	}
}

// happened passes on what may matter: a file of a name that does, or a folder,
// whose files the index finds.
func (d *diskWatcher) happened(w *fsnotify.Watcher, event fsnotify.Event) {
	folder := filepath.Ext(event.Name) == "" && !event.Has(fsnotify.Write)
	if event.Has(fsnotify.Create) && folder {
		d.add(w, event.Name)
	}
	if event.Op != fsnotify.Chmod && (folder || concerns(event.Name)) {
		d.feed.onDisk(event.Name)
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
		if d.count == mostFolders {
			d.log.Warn("not every folder is watched", zap.Int("most", mostFolders))
		}
		if d.count++; d.count > mostFolders {
			return filepath.SkipAll
		}
		if err := w.Add(path); err != nil {
			d.log.Warn("a folder is not watched", zap.String("path", path), zap.Error(err))
		}
		return nil
	})
}
