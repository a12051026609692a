// Package oracle holds rells against the real SQLAlchemy, whichever version the Python at
// hand has: models are grown at random (grow.go), a quarter of them with a mistake
// (spoil.go), and read by both. What SQLAlchemy refuses rells must report by a rule of the
// row that the message stands for, and of everything else each relation, its kind, keys,
// join table and inverse must be the same (compare.go).
package oracle
