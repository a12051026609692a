package main

import (
	"bytes"
	"cmp"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"runtime/debug"
	"slices"
	"strings"
	"time"
)

// touchstone is a place in a model file, an edit of which may make problems in other files:
// the end of a name that they know. One letter is typed there, and taken back.
type touchstone struct {
	file            string // relative to the folder
	line, character int    // from 0
	text            string // of the line
}

// names end where a letter can be typed: of a class, of a table, of an attribute, and of
// what a relationship or a foreign key leads to.
var names = regexp.MustCompile(`^class (\w+)|__tablename__ = ["'](\w+)|^    (\w+) = .*(?:relationship|Column)\(|(?:relationship|ForeignKey)\(\s*["']([\w.]+)`)

// Bounds of looking for a touchstone: files with most relationships first, and names of each.
const (
	mostFiles = 60
	mostNames = 40
)

// benchEdits measures how long it takes from an edit of a model to the problems in another
// file, in a folder of Python as it is: of the places that were tried, at the one which makes
// problems in most other files. Where none does, it is until those of the edited file itself.
func benchEdits(rells, dir string, edits int, pause time.Duration) error {
	debug.SetGCPercent(4000) // collecting garbage of its own would count as time of the server
	files, err := modelFiles(dir)
	if err != nil || len(files) == 0 {
		return err
	}
	s, err := start(rells, dir, files[0])
	if err != nil {
		return err
	}
	best, reach, err := s.search(files)
	if err != nil {
		return err
	}
	if best.file == "" {
		return s.stop()
	}
	fmt.Printf("  a letter at %s:%d, which makes problems in %d other files: %s\n", best.file, best.line+1, reach, strings.TrimSpace(best.text))
	var first, all latencies
	for range edits {
		for _, typed := range []bool{true, false} {
			one, every, _, err := s.edited(best, typed)
			if err != nil {
				return err
			}
			first, all = append(first, one), append(all, every)
			time.Sleep(pause)
		}
	}
	for _, row := range []struct {
		name string
		latencies
	}{{"edit to diagnostics", first}, {"edit to all of them", all}} {
		fmt.Printf("  %-20s p50 %s ms, p99 %s ms\n", row.name, ms(row.quantile(0.5)), ms(row.quantile(0.99)))
	}
	return s.stop()
}

// modelFiles lists the files with relationships, those with most first.
func modelFiles(dir string) ([]string, error) {
	count := map[string]int{}
	var files []string
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && path != dir && leftOut(entry.Name()):
			return filepath.SkipDir
		case filepath.Ext(path) != pythonSource.extension || !entry.Type().IsRegular():
			return nil
		}
		text, err := os.ReadFile(path)
		if n := bytes.Count(text, []byte(pythonSource.literal)); n > 0 {
			name, _ := filepath.Rel(dir, path)
			count[name] = n
			files = append(files, name)
		}
		return err
	})
	slices.SortStableFunc(files, func(a, b string) int { return cmp.Compare(count[b], count[a]) })
	return files[:min(len(files), mostFiles)], err
}

// search tries places until it has seen all, and returns the one with the furthest reach: the
// number of other files of which problems change.
func (s *session) search(files []string) (best touchstone, reach int, err error) {
	for _, file := range files {
		text, err := s.open(file)
		if err != nil {
			return best, reach, err
		}
		if err := s.published(s.isVersion(file)); err != nil {
			return best, reach, err
		}
		for _, at := range touchstones(file, text) {
			_, _, n, err := s.edited(at, true)
			if err == nil {
				_, _, _, err = s.edited(at, false)
			}
			if err != nil {
				return best, reach, err
			}
			if n > reach || best.file == "" {
				best, reach = at, n
			}
		}
	}
	return best, reach, nil
}

// touchstones are the places to be tried in a file.
func touchstones(file, text string) []touchstone {
	var list []touchstone
	for line, s := range strings.Split(text, "\n") {
		m := names.FindStringSubmatchIndex(s)
		for group := 2; group < len(m) && len(list) < mostNames; group += 2 {
			if m[group] >= 0 {
				list = append(list, touchstone{file, line, m[group+1], s})
			}
		}
	}
	return list
}

// edited types a letter or takes it back. It tells how long it took until the problems of
// another file were told, and until all were, and of how many other files.
func (s *session) edited(at touchstone, typed bool) (first, all time.Duration, others int, err error) {
	end, text := at.character, "x"
	if !typed {
		end, text = at.character+1, ""
	}
	begin := time.Now()
	if err := s.edit(at.file, at.line, at.character, end, text); err != nil {
		return 0, 0, 0, err
	}
	isLast := s.isVersion(at.file)
	err = s.published(func(uri string, version, count int) bool {
		if uri != s.uri(at.file) {
			if others++; others == 1 {
				first = time.Since(begin)
			}
		}
		return isLast(uri, version, count)
	})
	all = time.Since(begin)
	if err == nil && others == 0 {
		first = all
	}
	return first, all, others, err
}

// isVersion accepts the problems of the newest version of a file.
func (s *session) isVersion(file string) func(uri string, version, count int) bool {
	return func(uri string, version, _ int) bool { return uri == s.uri(file) && version == s.version[s.uri(file)] }
}
