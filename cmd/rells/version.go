package main

import (
	"fmt"
	"runtime"
	"runtime/debug"
)

type versionCommand struct{}

// Run prints one line: the version of the module, the commit where that says
// more, and the Go release that built it.
func (versionCommand) Run(p *process) error {
	_, err := fmt.Fprintf(p.stdout, "rells %s %s %s/%s\n", version(), runtime.Version(), runtime.GOOS, runtime.GOARCH)
	return err
}

// version is the version of rells as the Go command recorded it in the binary:
// "v1.2.3" for a release, a pseudo-version with the commit for everything else.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok || info.Main.Version == "" {
		return "(devel)"
	}
	return info.Main.Version
}
