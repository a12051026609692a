// Package dialect defines what a dialect is: the relation rules of one ORM as
// one value. Each ORM has a folder below this one; package all is their table.
//
// A dialect reads resolved types (package facts) and speaks relations (package
// relation). It knows no other dialect, no front end, no file system and no
// protocol. It reads one model at a time and never fails: what it cannot know it
// leaves out, and what its ORM would refuse it reports as a mistake.
package dialect
