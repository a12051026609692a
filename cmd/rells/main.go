// Command rells understands the relations between the models of an ORM: it is a
// language server for editors and a checker for terminals and build pipelines.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"github.com/alecthomas/kong"

	"github.com/rells-dev/rells/cmd/rells/internal/terminal"
)

// The exit statuses of every command.
const (
	exitOK       = 0
	exitProblems = 1 // check found problems at or above the threshold
	exitFailed   = 2 // the command could not run
)

// exitStatus is the error of a command that has said what there is to say and
// ends the program with a status.
type exitStatus int

func (s exitStatus) Error() string { return fmt.Sprintf("exit status %d", int(s)) }

// commands is the command line of rells.
type commands struct {
	Check   checkCommand   `cmd:"" help:"Report what is wrong with the relations of a workspace."`
	Explain explainCommand `cmd:"" help:"Say why a relation is what it is."`
	Graph   graphCommand   `cmd:"" help:"Draw the models and relations of a workspace."`
	Index   indexCommand   `cmd:"" help:"List the models and relations of a workspace."`
	Rules   rulesCommand   `cmd:"" help:"List the rules, or explain one."`
	Serve   serveCommand   `cmd:"" default:"withargs" help:"Serve an editor over stdin and stdout (what rells does without a command)."`
	Version versionCommand `cmd:"" help:"Print the version."`
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	status := run(os.Args[1:], &process{
		Context: ctx,
		stdin:   os.Stdin,
		stdout:  os.Stdout,
		stderr:  os.Stderr,
		getenv:  os.Getenv,
		getwd:   os.Getwd,
	})
	stop()
	os.Exit(status)
}

// exited is what a flag that ends the program early (--help) unwinds with.
type exited int

// run runs the command line and returns the exit status.
func run(args []string, p *process) (status int) {
	defer func() {
		if r := recover(); r != nil {
			code, ok := r.(exited)
			if !ok {
				panic(r)
			}
			status = int(code)
		}
	}()
	parser := kong.Must(&commands{},
		kong.Name("rells"),
		kong.Description("Checks and navigates the relations between ORM models."),
		kong.Writers(p.stdout, p.stderr),
		kong.Exit(func(code int) { panic(exited(code)) }),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true}),
	)
	if len(args) == 0 && terminal.Is(p.stdin) {
		args = []string{"--help"} // a person, not an editor
	}
	command, err := parser.Parse(args)
	if err == nil {
		err = command.Run(p)
	}
	if err == nil {
		return exitOK
	}
	if ended := exitStatus(0); errors.As(err, &ended) {
		return int(ended)
	}
	fmt.Fprintf(p.stderr, "rells: %v\n", err)
	return exitFailed
}
