// Package oracle holds rells against the real ent: over generated schemas, both are
// asked which edges there are, where their keys are, and what is refused. It knows
// rells by its command line alone and shares no code with it.
//
// Schemas are grown in worlds of a few (world.go, grow.go), a quarter of them with a
// mistake (spoil.go). entc/load runs the go command for each package, so that many
// worlds share one, each under names of its own; entc/gen is asked about each world by
// itself (truth).
//
//	go test ./...                             a fresh sample; prints its seed
//	RELLS_ORACLE_SEED=7 go test -count=1 .    the same sample again
//	RELLS_ORACLE=full go test -count=1 -timeout=0 -v .   full size
package oracle
