package wire

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"sync"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	"go.lsp.dev/jsonrpc2"
	"go.uber.org/zap"
)

// stream is the [jsonrpc2.Stream] of a session. It reads frames, answers or
// repairs the messages on which the library would close the connection, and
// hands over the others. It offers no raw frames to the library on purpose:
// that is what keeps JSON-RPC batches, which LSP does not have, out.
type stream struct {
	frames *frameReader
	out    *outbox
	log    *zap.Logger
	lost   func(reason string) // runs on the read loop for each unreadable message

	ended   chan struct{} // closed when reading is over
	endOnce sync.Once
	endErr  error // set before ended is closed
}

func newStream(in io.Reader, out *outbox, maxBody int64, log *zap.Logger, lost func(string)) *stream {
	return &stream{
		frames: newFrameReader(in, maxBody),
		out:    out,
		log:    log,
		lost:   lost,
		ended:  make(chan struct{}),
	}
}

// Read implements [jsonrpc2.Stream]. The message borrows the read buffer until
// the next Read.
func (s *stream) Read(ctx context.Context) (jsonrpc2.Message, int64, error) {
	for {
		if err := ctx.Err(); err != nil {
			return nil, 0, s.end(err)
		}
		body, err := s.frames.next()
		if refused := (*refusal)(nil); errors.As(err, &refused) {
			s.refuse(jsonrpc2.ID{}, jsonrpc2.InvalidRequest, refused.reason)
			s.lost(refused.reason)
			continue
		}
		if err != nil {
			return nil, 0, s.end(err)
		}
		msg, err := jsonrpc2.DecodeMessage(body)
		if err != nil {
			msg = s.repair(body)
		}
		if msg != nil {
			return msg, int64(len(body)), nil
		}
	}
}

func (s *stream) end(err error) error {
	s.endOnce.Do(func() {
		s.endErr = err
		close(s.ended)
	})
	return err
}

// reason is why reading is over, once ended is closed.
func (s *stream) reason() error {
	if errors.Is(s.endErr, io.EOF) || errors.Is(s.endErr, io.ErrClosedPipe) || errors.Is(s.endErr, os.ErrClosed) {
		return ErrDisconnected
	}
	return s.endErr
}

// loose is a message read without any demand on its members.
type loose struct {
	ID     jsontext.Value `json:"id"`
	Method jsontext.Value `json:"method"`
	Result jsontext.Value `json:"result"`
	Error  jsontext.Value `json:"error"`
}

// repair makes the best of a body that is not a JSON-RPC message: an answer is
// completed, so that the call waiting for it ends; anything else is refused with
// an error, and nil is returned.
func (s *stream) repair(body []byte) jsonrpc2.Message {
	trimmed := bytes.TrimSpace(body)
	var m loose
	switch {
	case len(trimmed) == 0:
		s.refuse(jsonrpc2.ID{}, jsonrpc2.ParseError, "empty message")
		return nil
	case trimmed[0] == '[':
		s.refuse(jsonrpc2.ID{}, jsonrpc2.InvalidRequest, "batches are not part of LSP")
		s.lost("batch")
		return nil
	case json.Unmarshal(trimmed, &m, jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true)) != nil:
		s.refuse(jsonrpc2.ID{}, jsonrpc2.ParseError, "message is not valid JSON")
		s.lost("message is not valid JSON")
		return nil
	}
	id, ok := looseID(m.ID)
	switch {
	case m.Method != nil:
		s.refuse(id, jsonrpc2.InvalidRequest, "not a JSON-RPC 2.0 request")
		if ok && !id.IsValid() {
			s.lost("notification is not a JSON-RPC 2.0 message")
		}
	case id.IsValid():
		s.log.Warn("repaired a response", zap.String("id", clip(fmt.Sprint(id))))
		return m.response(id)
	case m.Result != nil || m.Error != nil:
		// Nobody waits for it, and an answer is never answered.
		s.log.Warn("ignored a response without a usable id")
	default:
		s.refuse(id, jsonrpc2.InvalidRequest, "neither a request nor a response")
	}
	return nil
}

// response reads m as an answer: an error that is present wins, and no result
// at all is a null result, which is what clients mean that leave it out.
func (m *loose) response(id jsonrpc2.ID) *jsonrpc2.Response {
	if m.Error == nil || m.Error.Kind() == 'n' {
		return jsonrpc2.NewResponse(id, jsonrpc2.RawMessage(m.Result), nil)
	}
	var e struct {
		Message string `json:"message"`
	}
	if json.Unmarshal(m.Error, &e) != nil || e.Message == "" {
		e.Message = "unreadable error"
	}
	return jsonrpc2.NewResponse(id, nil, jsonrpc2.NewError(jsonrpc2.UnknownError, e.Message))
}

// looseID reads an id; a missing or null one is the zero ID.
func looseID(raw jsontext.Value) (id jsonrpc2.ID, ok bool) {
	switch raw.Kind() {
	case '"':
		var text string
		if json.Unmarshal(raw, &text) != nil {
			return id, false
		}
		return jsonrpc2.NewStringID(text), true
	case '0':
		n, err := strconv.ParseInt(string(raw), 10, 64)
		if err != nil {
			return id, false
		}
		return jsonrpc2.NewNumberID(n), true
	case 'n', 0:
		return id, true
	}
	return id, false
}

// refuse logs and answers a message that cannot be handled.
func (s *stream) refuse(id jsonrpc2.ID, code jsonrpc2.Code, reason string) {
	s.log.Warn("refused a message", zap.String("reason", reason))
	answer := jsonrpc2.NewResponse(id, nil, jsonrpc2.NewError(code, reason))
	// A broken outbox ends the session by itself.
	_ = s.out.send(answer)
}

// Write implements [jsonrpc2.Stream]. It queues msg and never blocks.
func (s *stream) Write(ctx context.Context, msg jsonrpc2.Message) (int64, error) {
	if err := ctx.Err(); err != nil {
		return 0, err
	}
	return 0, s.out.send(msg)
}

// Close implements [jsonrpc2.Stream]. The bytes below belong to the caller of
// [Serve]; closing a blocked standard input would hang.
func (s *stream) Close() error { return nil }
