// Package diagnostics judges a snapshot of the index: a rule is one check with a
// stable name, a problem is one finding of a rule, a fix is a set of edits that
// makes a problem go away. It knows no protocol.
//
// Comments silence problems (ignore); those that silence nothing are problems
// themselves. docs holds a page for every rule, whose example a test runs.
//
// Every rule is one value of type Rule in the file of its family (pairing, keys,
// targets, polymorphic, tags, join tables); Rules is their table. A rule finds its
// problems either in the mistakes that a dialect met while it read a model
// (Rule.Claims) or in the graph (Rule.Check).
//
// Invariants:
//   - Every relation.MistakeKind is claimed by exactly one rule.
//   - Errors and warnings are for models of which it is certain that their ORM
//     reads them, and never for generated files.
//   - One fault makes one problem, however many sides of a relation see it.
//   - A rule reads other nodes only through its Pass, which remembers them: the
//     problems of a node follow from the node and from what its pass remembers, so
//     a Checker that asks again where one of these was touched misses nothing.
//   - A problem is identified by its Data. A fix is made from the problem as the
//     current snapshot shows it; where it does not show it any more there is none.
package diagnostics
