package truth

import (
	"log"
	"unsafe"
)

// What follows reaches into go-pg where it has no other way: it keeps the tables of
// all models in one place for the life of the program, and logs to one that is fixed
// before any of our code runs.

//go:linkname tables github.com/go-pg/pg/v10/orm._tables
var tables unsafe.Pointer

//go:linkname newTables github.com/go-pg/pg/v10/orm.newTables
func newTables() unsafe.Pointer

//go:linkname warnLogger github.com/go-pg/pg/v10/internal.Warn
var warnLogger *log.Logger

//go:linkname deprecatedLogger github.com/go-pg/pg/v10/internal.Deprecated
var deprecatedLogger *log.Logger

// forget makes go-pg as new: it knows of no model.
func forget() { tables = newTables() }
