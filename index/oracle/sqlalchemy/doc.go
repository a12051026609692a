// Package oracle holds rells against the real SQLAlchemy, whichever version the Python at
// hand has; RELLS_PYTHON names another interpreter. Models are grown at random in each of
// the forms in which that version maps classes (style.go, form_*.go): their classes
// (grow.go), relationships (relate.go), and in a quarter of them a mistake (spoil.go). Both
// read them (run.go). What SQLAlchemy refuses or warns of rells must report by a rule of the
// row that the message stands for (rows.go), and of everything else each relation, its kind,
// keys, join table and inverse must be the same (compare.go). Since SQLAlchemy stops at the
// first mistake, models that it refuses are taken apart: each of the errors of rells must be
// one by itself, and without them there must be none (apart.go). For each row there are
// models that are written by hand, too (cases.go).
//
// "go test -run TestOracle/imperative" tries one form; RELLS_ORACLE=full compares 10,000
// relationships in each.
//
// What rells offers to change is held against SQLAlchemy as well: each fix and refactoring by
// itself (fixes_test.go), all that are certain at once (fixall_test.go), and over models with
// backrefs what is declared in place of them (rewrite_test.go).
//
// Whole code bases are looked at as well (codebase.go): what rells says of one, and that
// SQLAlchemy configures the same of it when rells has declared what its backrefs make. What
// they import and is not installed is made up (absent.py). One of a few files is in
// testdata; the flag -codebase names another one.
package oracle
