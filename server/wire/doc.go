// Package wire is the connection between rells and its client: JSON-RPC 2.0
// over a byte stream, the lifecycle of LSP 3.18, and decoding that survives
// what real and hostile clients send.
//
// It stands on go.lsp.dev/jsonrpc2 (correlation of calls and answers) and
// go.lsp.dev/protocol (types), but builds its own handler chain: the ready-made
// one runs notifications concurrently, so that edits change places.
//
// # Use
//
// A server makes one [Router], registers one handler per method, and hands it
// to [Serve]:
//
//	code, err := wire.Serve(ctx, wire.Stdio(), wire.Options{Logger: log},
//		func(client *wire.Client) *wire.Router[*Snapshot] {
//			s := &server{client: client}
//			r := wire.NewRouter(s.snapshot.Load)
//			r.OnInitialize(s.initialize)
//			r.OnShutdown(s.shutdown)
//			r.OnLost(s.lost)
//			wire.Notify(r, protocol.MethodTextDocumentDidOpen, s.didOpen)
//			wire.Notify(r, protocol.MethodTextDocumentDidChange, s.didChange)
//			wire.Call(r, protocol.MethodTextDocumentHover, s.hover)
//			return r
//		})
//
// # Invariants
//
//   - Order. Notifications, initialize and shutdown run on the read loop, one
//     after the other, as they came. Every other call pins a value there (the
//     function given to [NewRouter]) and only then leaves the read loop, so it
//     sees exactly the edits that were sent before it.
//   - Contexts. A handler's context belongs to the session and may be kept; it
//     ends when the call is cancelled or the session ends. The library's own
//     request context is pooled and never leaves this package.
//   - Calls to the client. A handler on the read loop that waited for the
//     client would wait forever, so [Client] refuses with [ErrReadLoop]; work
//     that must ask the client starts with [Client.Go]. Notifications to the
//     client may be sent from anywhere: they are queued and never block.
//   - Nothing closes the connection but its end. Errors and panics of handlers
//     are logged, and answered if it was a call. Messages that cannot be read
//     are answered with -32700 or -32600 as long as it is certain where the next
//     one starts; otherwise Serve leaves with code 1.
//   - No edit is lost in silence. When a notification could not be read or its
//     handler did not finish, the function given to [Router.OnLost] runs.
//   - Errors become codes in one place, [wireError].
//   - Standard output carries frames only; see [Stdio].
//   - Decoded strings point into a copy of their message. What outlives the
//     handler must be cloned (strings.Clone, protocol.Clone); the types of this
//     package already have cloned URIs.
package wire
