package main

import (
	"time"

	"go.uber.org/zap"
	"go.uber.org/zap/zapcore"

	"github.com/rells-dev/rells/server"
	"github.com/rells-dev/rells/server/wire"
)

type serveCommand struct {
	Stdio    bool   `help:"Speak over stdin and stdout, which is what rells always does."`
	LogFile  string `type:"path" placeholder:"FILE" help:"Append the log to this file instead of stderr."`
	LogLevel string `default:"" enum:",debug,info,warn,error" placeholder:"LEVEL" help:"Log from this level on: debug, info, warn or error (default: info to a file, warn to stderr)."`

	Settle time.Duration `default:"150ms" help:"How long an edit may wait for the next before problems are looked for; 0s for not at all."`
}

// Run serves one client until it ends the session.
func (c *serveCommand) Run(p *process) error {
	log, err := c.logger()
	if err != nil {
		return err
	}
	defer log.Sync()
	code, _ := server.Serve(p, wire.Stdio(), server.Options{ // has logged its error
		Logger:  log,
		Version: version(),
		Settle:  max(c.Settle, time.Nanosecond), // zero would stand for the default
	})
	if code != 0 {
		return exitStatus(code)
	}
	return nil
}

// logger writes lines for people; a server's stdout is the client's alone.
func (c *serveCommand) logger() (*zap.Logger, error) {
	config := zap.NewProductionConfig()
	config.Encoding = "console"
	config.EncoderConfig.EncodeTime = zapcore.ISO8601TimeEncoder
	config.Sampling = nil
	config.OutputPaths = []string{"stderr"}
	level := zapcore.WarnLevel
	if c.LogFile != "" {
		config.OutputPaths = []string{c.LogFile}
		level = zapcore.InfoLevel
	}
	if c.LogLevel != "" {
		var err error
		if level, err = zapcore.ParseLevel(c.LogLevel); err != nil {
			return nil, err
		}
	}
	config.Level = zap.NewAtomicLevelAt(level)
	return config.Build()
}
