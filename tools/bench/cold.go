package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"slices"
	"time"
)

// contender is a program that reads a folder from start to end.
type contender struct {
	name    string
	command func(dir string) *exec.Cmd
	times   []time.Duration // from start to end
	work    []time.Duration // of all processors together
	peaks   []int64         // bytes
}

// contenders are rells and those it is measured against. ripgrep leaves out what
// rells does.
func contenders(rells string, l *language) []*contender {
	all := []*contender{
		{name: "rells index", command: func(dir string) *exec.Cmd { return exec.Command(rells, "index", dir) }},
		{name: "ripgrep", command: func(dir string) *exec.Cmd {
			args := []string{"--no-config", "--no-require-git", "--no-ignore-parent", "--count", "--fixed-strings", "--glob=*" + l.extension}
			for _, folder := range l.leftOut {
				args = append(args, "--glob=!"+folder)
			}
			return exec.Command("rg", append(args, l.literal, dir)...)
		}},
	}
	if l == goSource {
		all = append(all, &contender{name: "go/parser", command: func(dir string) *exec.Cmd { return exec.Command(os.Args[0], "-parse", dir) }})
	}
	return all
}

// race runs all contenders in turn, so that whatever else the machine does meets
// them alike.
func race(dir string, rounds int, all []*contender) error {
	for round := range rounds + 1 { // the first one fills the cache of the file system
		for _, c := range all {
			if err := c.run(dir, round > 0); err != nil {
				return fmt.Errorf("%s: %w", c.name, err)
			}
		}
	}
	return nil
}

func (c *contender) run(dir string, counts bool) error {
	var complaints bytes.Buffer
	cmd := c.command(dir)
	cmd.Stdout, cmd.Stderr = io.Discard, &complaints
	begin := time.Now()
	err := cmd.Run()
	elapsed := time.Since(begin)
	var exit *exec.ExitError
	if errors.As(err, &exit) && exit.ExitCode() == 1 && complaints.Len() == 0 {
		err = nil // ripgrep found nothing
	}
	if err != nil {
		return fmt.Errorf("%w: %s", err, &complaints)
	}
	if counts {
		c.times = append(c.times, elapsed)
		c.work = append(c.work, cmd.ProcessState.UserTime()+cmd.ProcessState.SystemTime())
		c.peaks = append(c.peaks, peakMemory(cmd.ProcessState))
	}
	return nil
}

// medianRatio is the median of the durations over the others of the same rounds.
func medianRatio(durations, others []time.Duration) float64 {
	ratios := make([]float64, len(durations))
	for i := range durations {
		ratios[i] = float64(durations[i]) / float64(others[i])
	}
	slices.Sort(ratios)
	return ratios[len(ratios)/2]
}
