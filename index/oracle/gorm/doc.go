// Package oracle holds rells against the real GORM: over hand-written and
// generated models, both are asked which fields are relations, how they
// resolve, and which models are refused. It knows rells by its command line
// alone and shares no code with it.
//
// testdata/rules has a small case for each rule of GORM's, with what GORM makes
// of it; package generate grows worlds of random models from them; package
// truth asks GORM, compiled into a program beside the models.
//
//	go test ./...                             a fresh sample; prints its seed
//	RELLS_ORACLE_SEED=7 go test -count=1 .    the same sample again
//	RELLS_ORACLE=full go test -count=1 -timeout=0 -v .   full size; RELLS_ORACLE_FIELDS sets another
package oracle
