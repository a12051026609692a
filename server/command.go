package server

import (
	"context"
	"encoding/json"

	"go.lsp.dev/protocol"

	"github.com/rells-dev/rells/server/wire"
)

// commands lists what this client can have the server do: what has an effect only
// through something that the client does in turn.
func (s *server) commands() []string {
	var commands []string
	if s.features.showsDocuments {
		commands = append(commands, showCommand)
	}
	if s.features.appliesEdits {
		commands = append(commands, addCommand)
	}
	return commands
}

// executeCommand answers workspace/executeCommand. Every command is about a relation.
func (s *server) executeCommand(ctx context.Context, w world, p *protocol.ExecuteCommandParams) (any, error) {
	run := map[string]func(context.Context, world, sideData) error{showCommand: s.show, addCommand: s.addSide}[p.Command]
	if run == nil || len(p.Arguments) != 1 {
		return nil, wire.InvalidParams("no command %q with %d arguments", p.Command, len(p.Arguments))
	}
	var side sideData
	if err := json.Unmarshal(p.Arguments[0], &side); err != nil {
		return nil, wire.InvalidParams("%s: %v", p.Command, err)
	}
	return nil, run(ctx, w, side)
}
