// Package oracle holds rells against the real go-pg: over hand-written and generated
// models, both are asked which fields are relations, how they resolve, which models
// are refused, what is warned of and what is guessed. It knows rells by its command line
// alone and shares no code with it.
//
// testdata has hand-written worlds; package generate grows more of them at random;
// package truth asks go-pg, compiled into a program beside the models.
//
//	go test ./...                             a fresh sample; prints its seed
//	RELLS_ORACLE_SEED=7 go test -count=1 .    the same sample again
//	RELLS_ORACLE=full go test -count=1 -timeout=0 -v .   full size; RELLS_ORACLE_FIELDS sets another
package oracle
