// Package facts is the vocabulary in which a language front end tells what
// source code says about models.
//
// It has two halves. The first (File, Decl, Field, Tag, Method, Use) is what one
// file says, with no knowledge of any other file: a pure function of its bytes,
// plain data that can be serialised, kept by content hash and reused for as long
// as the bytes stay the same. The second (Type, StructField) is the same
// declarations once their names are resolved across files and packages, as the
// language's own reflection would show them; a front end implements it and
// dialects read it.
//
// Invariants:
//   - Every Span is a half-open range of 0-based byte offsets into the file that
//     holds it, and lies inside that file.
//   - A Slot's Text is decoded (escapes resolved), its Span is the source as
//     written; Slot.Sub keeps the two together.
//   - Nothing here knows an ORM, an editor or a protocol.
package facts
