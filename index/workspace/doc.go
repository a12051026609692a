// Package workspace tells which files a workspace has and what they say: the
// editor's text of open documents, the disk's of all others.
//
// Invariants:
//   - Only folders of the workspace, and those added with Allow, are ever read;
//     a symbolic link does not lead out of them.
//   - Only regular files of at most MaxSize bytes are read; whatever cannot be
//     read is an error or a warning, never an end.
//   - Contains and Walk agree: a file counts for one exactly if it does for the
//     other.
package workspace
