package wire

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	"go.lsp.dev/protocol"
)

// Progress is long work as the client shows it (LSP 3.15, "Server Initiated
// Progress"). A nil Progress shows nothing, which is what a client without
// window.workDoneProgress gets.
type Progress struct {
	client *Client
	token  protocol.String
}

// progresses knows the work that a client shows, for its cancel button.
type progresses struct {
	supported atomic.Bool // the client has window.workDoneProgress
	last      atomic.Int64
	mu        sync.Mutex
	cancels   map[protocol.String]context.CancelFunc
}

// Begin shows a title with a cancel button and a bar at 0 %. The context
// it returns is cancelled when the user presses the button. [Progress.End] must
// follow. Begin asks the client first, so it must not run on the read loop; if
// the client does not want to show it, the work goes on unseen.
func (c *Client) Begin(ctx context.Context, title string) (context.Context, *Progress) {
	if !c.shown.supported.Load() {
		return ctx, nil
	}
	token := protocol.String(fmt.Sprintf("rells-%d", c.shown.last.Add(1)))
	ctx, cancel := context.WithCancel(ctx)
	c.shown.put(token, cancel) // before the client can know the token
	if err := c.WorkDoneProgressCreate(ctx, &protocol.WorkDoneProgressCreateParams{Token: token}); err != nil {
		c.shown.take(token)
		return ctx, nil
	}
	p := &Progress{client: c, token: token}
	yes, zero := true, uint32(0)
	p.send(&protocol.WorkDoneProgressBegin{Kind: "begin", Title: title, Cancellable: &yes, Percentage: &zero})
	return ctx, p
}

// Report says what is being done, and that done of total is behind us.
func (p *Progress) Report(message string, done, total int) {
	if p == nil || total <= 0 {
		return
	}
	percent := uint32(max(0, min(100, 100*done/total)))
	p.send(&protocol.WorkDoneProgressReport{Kind: "report", Message: &message, Percentage: &percent})
}

// End says that the work is over, and how it went.
func (p *Progress) End(message string) {
	if p == nil {
		return
	}
	p.send(&protocol.WorkDoneProgressEnd{Kind: "end", Message: &message})
	p.client.shown.take(p.token)
}

// send sends one value of the progress. The types do not fill in their kind,
// without which no client knows what a value is.
func (p *Progress) send(value any) {
	raw, err := protocol.Marshal(value)
	if err != nil {
		return
	}
	// The context of the work may have ended, and the client is told even then;
	// a session that has ended has nobody to tell.
	_ = p.client.Client.Progress(context.Background(), &protocol.ProgressParams{Token: p.token, Value: raw})
}

func (s *progresses) put(token protocol.String, cancel context.CancelFunc) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.cancels == nil {
		s.cancels = map[protocol.String]context.CancelFunc{}
	}
	s.cancels[token] = cancel
}

// take forgets a token. Its context lives on as long as its parent: what comes
// after End may still use it.
func (s *progresses) take(token protocol.String) context.CancelFunc {
	s.mu.Lock()
	defer s.mu.Unlock()
	cancel := s.cancels[token]
	delete(s.cancels, token)
	return cancel
}

// cancelled handles window/workDoneProgress/cancel.
func (s *progresses) cancelled(_ context.Context, params []byte) error {
	var p struct {
		Token jsontext.Value `json:"token"`
	}
	if json.Unmarshal(params, &p, lenientJSON) != nil {
		return nil
	}
	token, _ := text(p.Token)
	if cancel := s.take(protocol.String(token)); cancel != nil {
		cancel()
	}
	return nil
}
