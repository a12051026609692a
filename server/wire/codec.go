package wire

import (
	"bytes"
	stdjson "encoding/json"
	"fmt"
	"reflect"

	"go.lsp.dev/jsonrpc2"
	"go.lsp.dev/protocol"
)

// Codec turns LSP values into JSON and back with the generated, union-aware
// functions of the protocol package. Raw messages pass through as they are. The
// protocol package has the same codec but does not export it.
type Codec struct{}

var _ jsonrpc2.Codec = Codec{}

// Marshal implements [jsonrpc2.Codec]. A nil pointer, like nil, becomes null.
func (Codec) Marshal(v any) ([]byte, error) {
	switch raw := v.(type) {
	case nil:
		return []byte("null"), nil
	case jsonrpc2.RawMessage:
		return nullIfEmpty(raw), nil
	case *jsonrpc2.RawMessage:
		if raw == nil {
			return []byte("null"), nil
		}
		return nullIfEmpty(*raw), nil
	case protocol.LSPAny:
		return nullIfEmpty(raw), nil
	}
	if rv := reflect.ValueOf(v); rv.Kind() == reflect.Pointer && rv.IsNil() {
		return []byte("null"), nil
	}
	return protocol.Marshal(v)
}

// Unmarshal implements [jsonrpc2.Codec]. The value never points into data.
func (Codec) Unmarshal(data []byte, v any) error {
	switch v := v.(type) {
	case *jsonrpc2.RawMessage:
		*v = bytes.Clone(data)
		return nil
	case *protocol.LSPAny:
		*v = bytes.Clone(data)
		return nil
	case stdjson.Unmarshaler:
		return v.UnmarshalJSON(data)
	}
	return protocol.Unmarshal(data, v)
}

func nullIfEmpty(raw []byte) []byte {
	if len(raw) == 0 {
		return []byte("null")
	}
	return raw
}

// decodeParams reads the params of one message. Missing and null params are {},
// and so is [], which Lua clients send for an empty table.
func decodeParams(params []byte, v any) error {
	if empty := bytes.TrimSpace(params); len(empty) == 0 || string(empty) == "null" || isEmptyArray(empty) {
		params = []byte("{}")
	}
	if err := (Codec{}).Unmarshal(params, v); err != nil {
		return fmt.Errorf("%w: %w", errParams, err)
	}
	return nil
}

// isEmptyArray reports whether raw is [] with any white space within.
func isEmptyArray(raw []byte) bool {
	return len(raw) >= 2 && raw[0] == '[' && raw[len(raw)-1] == ']' && len(bytes.TrimSpace(raw[1:len(raw)-1])) == 0
}
