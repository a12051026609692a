// Package oracle holds rells against the real pop: random models, and hand-written ones,
// are handed to associations.ForStruct and what builds on it, and to the rells command,
// and the two must agree on every association: which there are, over which keys, in which
// table, which pop refuses, and what it passes over.
//
// It is a module of its own, so that pop does not become a dependency of rells, and it
// shares no code with rells.
//
//	go test .                     a fresh sample
//	RELLS_ORACLE=full go test .   10,000 association fields
package oracle
