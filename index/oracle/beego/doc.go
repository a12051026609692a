// Package oracle holds rells against Beego's real ORM: over hand-written and generated
// models, both are asked which fields are relations, how they are bound to each other,
// and which are refused. It knows rells by its command line alone and shares no code
// with it.
//
// What Beego made of models stands in a package that is internal to it. Go lets code
// import that whose path lies below github.com/beego/beego/v2/client/orm, which is why
// the path of this module does: so the real library is asked, and no copy of it.
//
// testdata has hand-written worlds; package generate grows more of them at random;
// package truth asks Beego, compiled into a program beside the models.
//
//	go test ./...                             a fresh sample; prints its seed
//	RELLS_ORACLE_SEED=7 go test -count=1 .    the same sample again
//	RELLS_ORACLE=full go test -count=1 -timeout=0 -v .   full size; RELLS_ORACLE_FIELDS sets another
package oracle
