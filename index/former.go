package index

import (
	"iter"
	"slices"
	"strings"
)

// formerName is a name that something had before, and by which tags named it then.
type formerName struct {
	file   string // absolute path, of the struct
	within string // the struct as it is called now, as structLayout has it
	field  string // the field as it is called now; "" for the struct itself
	was    string
	column string // of the field under that name, "" where it cannot be told
}

// formerNamesKept is how many former names are remembered. They are few: only those
// count by which some tag named something when it was renamed.
const formerNamesKept = 256

// renameMemory watches what is renamed from one snapshot to the next. It is the one
// thing that depends on more than the bytes of a workspace, so it is no part of the
// graph: nothing is linked differently for it. It is the writer's alone; the names
// that it has handed out are never changed.
type renameMemory struct {
	names []formerName // the oldest first
	// unsettled is, by path, how files looked that somebody is typing in, before some
	// struct in them could not be read whole.
	unsettled map[string]layout
}

// unsettledKept is how many of those are kept: all are dropped rather than one more.
const unsettledKept = 256

// observe compares the given files of two snapshots that follow each other and
// returns the names that are remembered then. A rename that takes many steps, as one
// that is typed letter by letter does, is remembered as one; and taken back, as none.
func (r *renameMemory) observe(prev, next *Snapshot, files iter.Seq[string]) []formerName {
	for path := range files {
		r.observeFile(prev, next, path)
	}
	return r.names
}

func (r *renameMemory) observeFile(prev, next *Snapshot, path string) {
	was, ok := prev.File(path)
	is, stays := next.File(path)
	before, held := r.unsettled[path]
	switch {
	case !stays && ok && !held:
		r.hold(path, prev.layoutOf(path)) // who writes it anew may have emptied it first
		return
	case !stays || !held && (!ok || was.Facts.Hash == is.Facts.Hash || sameNames(was.Facts, is.Facts)):
		return
	case !held:
		before = prev.layoutOf(path)
	}
	if after, held := r.observeStructs(next, path, before); held {
		r.hold(path, after)
	} else {
		delete(r.unsettled, path)
	}
}

// hold has a file compared with an older layout of it as long as it is unsettled.
func (r *renameMemory) hold(path string, l layout) {
	if r.unsettled == nil || len(r.unsettled) == unsettledKept {
		r.unsettled = map[string]layout{}
	}
	r.unsettled[path] = l
}

// observeStructs takes in what the structs of a file and their fields are called now.
// It returns what to compare the next state with, and whether some of that is older.
func (r *renameMemory) observeStructs(next *Snapshot, path string, before layout) (after layout, held bool) {
	after = next.layoutOf(path)
	file, _ := next.File(path)
	renamed := before.renamedStructs(after)
	for i, old := range before {
		at := after.index(old.name)
		if to := renamed[old.name]; to != "" {
			at = after.index(to)
			r.renameStruct(next, path, old.name, to)
		}
		switch {
		case at >= 0:
			after[at] = r.observeStruct(next, path, old, after[at])
			held = held || after[at].held
		case broken(file.Facts):
			at = 0
			if i > 0 {
				at = 1 + after.index(before[i-1].name)
			}
			after, held = slices.Insert(after, at, old), true
		}
	}
	return after, held
}

// observeStruct takes in what the fields of one struct are called now, and returns
// what to compare the next state with: this one, except for what is half typed.
func (r *renameMemory) observeStruct(next *Snapshot, path string, before, after structLayout) structLayout {
	if !after.whole {
		after.fields, after.held = before.fields, true
		return after
	}
	renamed := before.renamedFields(&after)
	names := slices.Clone(r.names)
	for i := range names {
		if n := &names[i]; n.file == path && n.within == after.name && renamed[n.field] != "" {
			n.field = renamed[n.field]
		}
	}
	for _, old := range before.fields {
		if now := renamed[old.name]; now != "" {
			names = next.appendFormer(names, formerName{path, after.name, now, old.name, old.column})
		}
	}
	r.names = slices.DeleteFunc(names, func(n formerName) bool {
		return n.file == path && n.within == after.name && n.field != "" && after.declares(n.was)
	})
	return after
}

// renameStruct takes in that a struct has another name.
func (r *renameMemory) renameStruct(next *Snapshot, path, from, to string) {
	names := slices.Clone(r.names)
	for i := range names {
		if n := &names[i]; n.file == path && n.within == from {
			n.within = to
		}
	}
	r.names = next.appendFormer(names, formerName{file: path, within: to, was: typeName(from)})
}

// appendFormer appends a former name by which some tag still names something. Of one
// name that two things had, the later counts.
func (s *Snapshot) appendFormer(names []formerName, former formerName) []formerName {
	if !s.tagged(&former) {
		return names
	}
	names = slices.DeleteFunc(names, func(n formerName) bool {
		return n.file == former.file && n.within == former.within && (n.field == "") == (former.field == "") && n.was == former.was
	})
	names = append(names, former)
	return names[max(0, len(names)-formerNamesKept):]
}

// is says what the thing is called now.
func (n *formerName) is() string {
	if n.field == "" {
		return typeName(n.within)
	}
	return n.field
}

// typeName is the name of a struct without that of the function around it.
func typeName(within string) string {
	return within[strings.LastIndexByte(within, '.')+1:]
}

// replaced pairs the elements of two lists of names that are in only one of them: one
// that is gone with the one that is new where it stood, counted from the nearest
// name before that both lists have. Where more are gone than new, or fewer, nothing
// is paired.
func replaced(before, after []string) map[int]int {
	gone, added := runs(before, after), runs(after, before)
	pairs := map[int]int{}
	for anchor, old := range gone {
		if now := added[anchor]; len(now) == len(old) {
			for i := range old {
				pairs[old[i]] = now[i]
			}
		}
	}
	return pairs
}

// runs lists, by the last name before that both lists have, "" for none, the elements
// that the other list lacks.
func runs(names, others []string) map[string][]int {
	both := map[string]bool{}
	for _, name := range others {
		both[name] = true
	}
	found := map[string][]int{}
	anchor := ""
	for i, name := range names {
		if both[name] {
			anchor = name
		} else {
			found[anchor] = append(found[anchor], i)
		}
	}
	return found
}
