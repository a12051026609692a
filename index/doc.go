// Package index holds the relations of a workspace: it reads files, links what
// they say into a graph of models, pairs the sides of relations, and answers
// questions about the result. It knows no protocol and no rule.
//
// One writer at a time (Index.Load, Index.Update) makes an immutable Snapshot and
// puts it behind an atomic pointer; any number of readers use it without a lock,
// for as long as they like.
//
// Invariants:
//   - A snapshot never changes, and neither does anything reachable from it.
//   - The snapshot after any sequence of updates equals the snapshot of a fresh
//     load of the same bytes.
//   - An update costs what it reaches: the facts of the changed files, and the
//     models that looked at something whose meaning changed.
package index
