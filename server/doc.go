// Package server is rells as editors see it: one thin file per LSP method or
// family. It translates; what there is to say the index and the rules know.
//
// Invariants:
//   - Only convert.go maps byte offsets to positions and back.
//   - The read loop (every notification handler, and initialize) never waits: it
//     queues what happened to the feed, the one writer of the index.
//   - A request sees exactly the edits that were sent before it (world).
//   - Problems are pushed by one goroutine, for open and closed files alike, or
//     pulled by clients that can be told to ask again; never both for one document,
//     and only where the list of a file has changed.
//   - Inside tags the server answers everything; outside of them only hover,
//     references, code actions, lenses and hints, on names of fields. The rest
//     belongs to the language's own server.
package server
