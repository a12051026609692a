package main

import (
	"io/fs"
	"path/filepath"
)

// language is the language of a folder, with what makes ripgrep do the same work as rells.
type language struct {
	id        string // as clients call it
	extension string
	literal   string   // what ripgrep counts: one of the markers that make rells look closer
	leftOut   []string // what rells does not look into
}

var (
	goSource = &language{"go", ".go", `gorm:"`, []string{"vendor/", "node_modules/", "testdata/", "_*"}}

	pythonSource = &language{"python", ".py", "relationship(", []string{"vendor/", "node_modules/", "testdata/", "_*/", "site-packages/"}}
)

// languageOf is the language of most of the files below a folder.
func languageOf(dir string) (*language, error) {
	files := map[string]int{}
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && path != dir && leftOut(entry.Name()):
			return filepath.SkipDir
		}
		files[filepath.Ext(path)]++
		return nil
	})
	if files[pythonSource.extension] > files[goSource.extension] {
		return pythonSource, err
	}
	return goSource, err
}

// languageID is what a client calls the language of a file.
func languageID(name string) string {
	if filepath.Ext(name) == pythonSource.extension {
		return pythonSource.id
	}
	return goSource.id
}
