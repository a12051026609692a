package wire

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"mime"
	"strconv"
	"strings"
)

const (
	maxHeaderLine  = 8 << 10 // bytes of one header line
	maxHeaderLines = 32      // lines of one header
	maxDeclared    = 1 << 32 // bytes; a longer declared body is nonsense, not a message to skip
	directBody     = 1 << 20 // bytes; larger bodies are allocated as they arrive, not as they are announced
	keptBody       = 4 << 20 // bytes; a larger buffer is not kept for the next message
)

// byteOrderMark is what some editors and shells put before UTF-8 text.
var byteOrderMark = []byte("\xef\xbb\xbf")

// ErrFraming reports a header after which nobody can say where the next message
// starts. It ends the session: guessing might skip an edit, while a client that
// starts the server anew loses nothing.
var ErrFraming = errors.New("unreadable message header")

// refusal reports one message that was skipped whole; the next one is intact.
type refusal struct{ reason string }

func (r *refusal) Error() string { return r.reason }

// frameReader cuts a byte stream into message bodies by the base protocol's
// header (LSP 3.18, "Header Part").
type frameReader struct {
	in      *bufio.Reader
	maxBody int64 // bytes
	body    []byte
}

func newFrameReader(in io.Reader, maxBody int64) *frameReader {
	return &frameReader{in: bufio.NewReaderSize(in, maxHeaderLine), maxBody: maxBody}
}

// next returns the next body, without a byte order mark; it may be empty. The
// bytes are valid until the following call. The error is io.EOF between two
// messages, io.ErrUnexpectedEOF within one, a [refusal] for a message that was
// skipped, and wraps ErrFraming when the stream is out of step.
func (r *frameReader) next() ([]byte, error) {
	h, err := r.header()
	if err != nil {
		return nil, err
	}
	var refused string
	switch {
	case h.length > r.maxBody:
		refused = fmt.Sprintf("message of %d bytes is over the limit of %d", h.length, r.maxBody)
	case h.charset != "":
		refused = fmt.Sprintf("charset %q is not utf-8", h.charset)
	}
	if refused != "" {
		if _, err := io.CopyN(io.Discard, r.in, h.length); err != nil {
			return nil, truncated(err)
		}
		return nil, &refusal{refused}
	}
	if err := r.read(int(h.length)); err != nil {
		return nil, truncated(err)
	}
	return bytes.TrimPrefix(r.body, byteOrderMark), nil
}

// read fills r.body with n bytes.
func (r *frameReader) read(n int) error {
	if cap(r.body) > keptBody {
		r.body = nil
	}
	if n <= cap(r.body) || n <= directBody {
		if n > cap(r.body) {
			r.body = make([]byte, n)
		}
		r.body = r.body[:n]
		_, err := io.ReadFull(r.in, r.body)
		return err
	}
	var buf bytes.Buffer
	if _, err := io.CopyN(&buf, r.in, int64(n)); err != nil {
		return err
	}
	r.body = buf.Bytes()
	return nil
}

// header is what the lines before a body say.
type header struct {
	length  int64  // bytes
	charset string // if it is another one than UTF-8
}

func (r *frameReader) header() (header, error) {
	h := header{length: -1}
	started := false
	for range maxHeaderLines {
		line, err := r.line()
		if err != nil {
			if started && err == io.EOF {
				err = io.ErrUnexpectedEOF
			}
			return h, err
		}
		if !started {
			line = strings.TrimPrefix(line, string(byteOrderMark))
		}
		if line == "" {
			if !started {
				continue // a line break after the last body: harmless
			}
			if h.length < 0 {
				return h, fmt.Errorf("%w: no Content-Length", ErrFraming)
			}
			return h, nil
		}
		started = true
		if err := h.field(line); err != nil {
			return h, err
		}
	}
	return h, fmt.Errorf("%w: more than %d lines", ErrFraming, maxHeaderLines)
}

// line returns one header line without its end, "\r\n" or "\n".
func (r *frameReader) line() (string, error) {
	line, err := r.in.ReadSlice('\n')
	switch {
	case err == io.EOF && len(line) > 0:
		return "", io.ErrUnexpectedEOF
	case errors.Is(err, bufio.ErrBufferFull):
		return "", fmt.Errorf("%w: line over %d bytes", ErrFraming, maxHeaderLine)
	case err != nil:
		return "", err
	}
	return strings.TrimSuffix(string(line[:len(line)-1]), "\r"), nil
}

// field reads one "name: value" line. Unknown names are ignored.
func (h *header) field(line string) error {
	name, value, ok := strings.Cut(line, ":")
	if !ok {
		return fmt.Errorf("%w: %.40q has no colon", ErrFraming, line)
	}
	value = strings.TrimSpace(value)
	switch strings.ToLower(strings.TrimSpace(name)) {
	case "content-length":
		n, err := strconv.ParseUint(value, 10, 63)
		if err != nil || n > maxDeclared || h.length >= 0 && int64(n) != h.length {
			return fmt.Errorf("%w: Content-Length %.40q", ErrFraming, value)
		}
		h.length = int64(n)
	case "content-type":
		if _, params, err := mime.ParseMediaType(value); err == nil {
			// "utf8" is what clients before LSP 3.0 send.
			switch charset := strings.ToLower(params["charset"]); charset {
			case "", "utf-8", "utf8":
			default:
				h.charset = charset
			}
		}
	}
	return nil
}

// truncated turns an end within a body into io.ErrUnexpectedEOF.
func truncated(err error) error {
	if err == io.EOF {
		return io.ErrUnexpectedEOF
	}
	return err
}
