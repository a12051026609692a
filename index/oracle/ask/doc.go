// Package ask is what the oracles share: it asks the rells command about a folder of
// source (rells.go, report.go, rows.go), asks a real ORM by a program that is compiled
// beside generated models (module.go, worlds.go), and says how large a run shall be
// (size.go). What either says of a relation has a common form (field.go, resolved.go).
//
// Package trial drives a run over generated models; package inject breaks real ones.
//
// It knows rells by its command line alone and imports nothing of it, nor of any ORM.
package ask
