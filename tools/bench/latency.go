package main

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// latencies are the durations of one kind of request at one size of workspace.
type latencies []time.Duration

// quantile is the duration that the given share of all does not exceed.
func (l latencies) quantile(share float64) time.Duration {
	sorted := slices.Sorted(slices.Values(l))
	return sorted[min(len(sorted)-1, int(share*float64(len(sorted))))]
}

// user works in one workspace and takes the time.
type user struct {
	*session
	keyLine, keyColumn int // of the key that others depend on
	tagLine, tagColumn int // behind references:
	broken             bool

	diagnostics, everything, completion, definition latencies
}

// newUser opens the files that are worked in.
func newUser(s *session) (*user, error) {
	u := &user{session: s}
	text, err := u.open(keyFile)
	if err != nil {
		return nil, err
	}
	u.keyLine, u.keyColumn = find(text, "Code")
	if text, err = u.open(dependentFile); err != nil {
		return nil, err
	}
	u.tagLine, u.tagColumn = find(text, "references:Code")
	u.tagColumn += len("references:")
	_, err = u.call("textDocument/definition", u.at(dependentFile, 0, 0))
	return u, err
}

// find gives the line and character, from 0, of the first occurrence.
func find(text, what string) (line, character int) {
	before, _, _ := strings.Cut(text, what)
	return strings.Count(before, "\n"), len(before) - strings.LastIndexByte(before, '\n') - 1
}

// work does each thing once.
func (u *user) work() error {
	if err := u.breakOrRepair(); err != nil {
		return err
	}
	if err := u.complete(); err != nil {
		return err
	}
	return u.define()
}

// breakOrRepair renames the key, or takes the new name back. The time stops when
// the server has told of other problems in another file than the one edited; when it
// has told of all of them is taken as well.
func (u *user) breakOrRepair() error {
	name := "Coda"
	if u.broken {
		name = "Code"
	}
	u.broken = !u.broken
	begin := time.Now()
	if err := u.edit(keyFile, u.keyLine, u.keyColumn, u.keyColumn+len(name), name); err != nil {
		return err
	}
	edited, version := u.uri(keyFile), u.version[u.uri(keyFile)]
	first := true
	err := u.published(func(uri string, v, count int) bool {
		if uri != edited && (count > 0) == u.broken && first {
			u.diagnostics = append(u.diagnostics, time.Since(begin))
			first = false
		}
		return uri == edited && v == version
	})
	u.everything = append(u.everything, time.Since(begin))
	return err
}

// complete types the first letter of a key into a tag and asks for completion,
// then takes the letter back.
func (u *user) complete() error {
	begin := time.Now()
	if err := u.edit(dependentFile, u.tagLine, u.tagColumn, u.tagColumn+len("Code"), "C"); err != nil {
		return err
	}
	result, err := u.call("textDocument/completion", u.at(dependentFile, u.tagLine, u.tagColumn+1))
	if err != nil {
		return err
	}
	u.completion = append(u.completion, time.Since(begin))
	if !strings.Contains(string(result), `"Cod`) {
		return fmt.Errorf("completion does not offer the key: %.300s", result)
	}
	return u.edit(dependentFile, u.tagLine, u.tagColumn, u.tagColumn+1, "Code")
}

// define asks where the key is declared, in a world that has been looked at.
func (u *user) define() error {
	where := u.at(dependentFile, u.tagLine, u.tagColumn-len("references:")-len("AccountCode;")+1)
	if _, err := u.call("textDocument/definition", where); err != nil { // takes the letter back in
		return err
	}
	begin := time.Now()
	result, err := u.call("textDocument/definition", where)
	if err != nil {
		return err
	}
	u.definition = append(u.definition, time.Since(begin))
	if !strings.Contains(string(result), dependentFile) {
		return fmt.Errorf("definition does not find the key: %.300s", result)
	}
	return nil
}
