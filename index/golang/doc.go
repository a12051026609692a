// Package golang is the front end for Go: it turns files into facts, resolves
// what their names mean across files, packages and modules, and renders edits. It
// never runs the go command and works on code that does not compile.
//
// Extract reads one file and knows no other. A Program holds the packages that
// were read, each whole, and what go.mod, go.work and vendor say. A Session
// resolves types over one state of a Program and records what it looked at.
//
// Invariants:
//   - Extract is a pure function of its arguments; it never fails.
//   - Nothing outside of what the Source gives is read, nothing is written and no
//     process is started.
//   - What a Session answers depends on the files alone, not on the order in which
//     they were put or asked for.
//   - As long as no symbol that a recording holds is among those that Put returns,
//     asking the same again gives an equal answer.
package golang
