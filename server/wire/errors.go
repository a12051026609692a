package wire

import (
	"context"
	"errors"
	"fmt"

	"go.lsp.dev/jsonrpc2"
	"go.lsp.dev/protocol"
)

// codeRequestFailed says that a well-formed request could not be served (LSP
// 3.17, "LSPErrorCodes"). The libraries lack it.
const codeRequestFailed jsonrpc2.Code = -32803

// ErrContentModified is what a handler returns when an edit has made its result
// worthless. It goes out as -32801.
var ErrContentModified = protocol.ErrContentModified

var errParams = errors.New("invalid params")

// InvalidParams returns an error that goes out as -32602: the request names
// something that cannot be, such as a line outside of its document.
func InvalidParams(format string, args ...any) error {
	return jsonrpc2.Errorf(jsonrpc2.InvalidParams, format, args...)
}

// PeerError is an error with which the client answered one of our calls. It is
// not a [jsonrpc2.Error], so that a handler that returns it does not claim the
// client's code for itself.
type PeerError struct {
	Method  string
	Code    jsonrpc2.Code
	Message string
}

func (e *PeerError) Error() string {
	return fmt.Sprintf("client: %s: %s (%d)", e.Method, e.Message, e.Code)
}

// wireError is the one place where errors become codes:
//
//	-32800  the call's context was cancelled
//	-32801  [ErrContentModified]
//	-32602  params that could not be decoded, [InvalidParams]
//	-32803  every other error, with its text
//
// A [jsonrpc2.Error] with a code of its own keeps it. -32002, -32600 and -32601
// come from the lifecycle and the router that way, -32603 from a panic.
func wireError(err error) *jsonrpc2.Error {
	var coded *jsonrpc2.Error
	switch {
	case err == nil:
		return nil
	case errors.As(err, &coded) && coded.Code != 0:
		return &jsonrpc2.Error{Code: coded.Code, Message: err.Error(), Data: coded.Data}
	case errors.Is(err, context.Canceled):
		return jsonrpc2.NewError(protocol.CodeRequestCancelled, "request cancelled")
	case errors.Is(err, errParams):
		return jsonrpc2.NewError(jsonrpc2.InvalidParams, err.Error())
	}
	return jsonrpc2.NewError(codeRequestFailed, err.Error())
}
