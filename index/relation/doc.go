// Package relation is what dialects speak and rules read: models, their
// relations, the mentions that name things, and the mistakes an ORM would report.
//
// Values of this package are plain data. A dialect fills them while it reads one
// model; once they are part of a snapshot nobody changes them. They refer to each
// other by identity (Ref, FieldID), never by pointer, so that reading one model
// again leaves every other as it is.
//
// Invariants:
//   - Kind says where the foreign key is, whatever word the ORM's tag uses.
//   - Every Mention and Mistake has a place in a file; a mention's place covers
//     exactly the text that names.
//   - Every MistakeKind is claimed by exactly one rule.
package relation
