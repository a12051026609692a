// Package oracle holds rells against the real go-rel: over hand-written and generated
// models, both are asked which fields are relations, how they resolve, which models are
// refused, and of what tags say nothing comes. It knows rells by its command line alone
// and shares no code with it.
//
// testdata has hand-written worlds; package generate grows more of them at random;
// package truth asks go-rel, compiled into a program beside the models.
//
//	go test ./...                             a fresh sample; prints its seed
//	RELLS_ORACLE_SEED=7 go test -count=1 .    the same sample again
//	RELLS_ORACLE=full go test -count=1 -timeout=0 -v .   full size; RELLS_ORACLE_FIELDS sets another
package oracle
