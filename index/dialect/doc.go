// Package dialect defines what a dialect is: the relation rules of one ORM as
// one value. Each ORM has a folder below this one; package all is their table.
//
// A dialect reads resolved types (package facts) and speaks relations (package
// relation). It knows no other dialect, no front end, no file system and no
// protocol. It reads one model at a time and never fails: what it cannot know it
// leaves out, and what its ORM would refuse it reports as a mistake.
//
// What no ORM has a say in is done here, once: how models, relations, mistakes and
// mentions begin (reading.go, mistake.go, mention.go), which field a selector
// reaches (selector.go), who is handed to an ORM (handed.go), how the inverse of a
// relation is called, and what it has to be (newname.go, inverse.go).
package dialect
