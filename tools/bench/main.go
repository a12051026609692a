// Command bench measures rells on generated workspaces, and on folders that are
// given: reading from cold against ripgrep and go/parser, and the latencies of a
// server. All that is compared is measured in turn, in one run.
//
// It drives the rells program as an editor or a terminal would; it does not know
// its packages.
package main

import (
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime/debug"
	"slices"
	"time"
)

func main() {
	rells := flag.String("rells", "bin/rells", "the `program` to measure")
	rounds := flag.Int("rounds", 11, "runs of each contender")
	edits := flag.Int("edits", 1000, "edits, completions and definitions at each size; edits of a folder of Python")
	pause := flag.Duration("pause", 30*time.Millisecond, "how long a server is left alone after each edit, completion and definition")
	parse := flag.String("parse", "", "only parse the Go files below this `folder`: a contender")
	flag.Parse()
	var err error
	if *parse != "" {
		err = parseAll(*parse)
	} else {
		err = bench(*rells, *rounds, *edits, *pause, flag.Args())
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// bench measures the folders, or, without any, the generated workspaces.
func bench(rells string, rounds, edits int, pause time.Duration, folders []string) error {
	rells, err := filepath.Abs(rells)
	if err != nil {
		return err
	}
	if _, err := exec.LookPath("rg"); err != nil {
		return fmt.Errorf("ripgrep is what rells is measured against: %w", err)
	}
	for _, folder := range folders {
		if folder, err = filepath.Abs(folder); err != nil {
			return err
		}
		l, err := languageOf(folder)
		if err != nil {
			return err
		}
		if err := benchCold(folder, folder, rells, rounds, l); err != nil {
			return err
		}
		if l == pythonSource {
			if err := benchEdits(rells, folder, edits, pause); err != nil {
				return err
			}
		}
	}
	if len(folders) > 0 {
		return nil
	}
	scratch, err := os.MkdirTemp("", "rells-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(scratch)
	small, large := filepath.Join(scratch, "small"), filepath.Join(scratch, "large")
	if err := generate(small, 100); err != nil {
		return err
	}
	if err := generate(large, 5000); err != nil {
		return err
	}
	if err := benchCold("5,000 packages, 50,000 files", large, rells, rounds, goSource); err != nil {
		return err
	}
	return benchLatency(rells, edits, pause, small, large)
}

func benchCold(title, dir, rells string, rounds int, l *language) error {
	all := contenders(rells, l)
	if err := race(dir, rounds, all); err != nil {
		return err
	}
	index := all[0]
	fmt.Printf("cold index of %s\n", title)
	for _, other := range all[1:] {
		fmt.Printf("  against %-12s %.2f times as long, %.2f times the processor time\n", other.name,
			medianRatio(index.times, other.times), medianRatio(index.work, other.work))
	}
	fmt.Printf("  peak memory          %d MB", median(index.peaks)>>20)
	for _, other := range all[1:] {
		fmt.Printf(", %s %d MB", other.name, median(other.peaks)>>20)
	}
	fmt.Println()
	return nil
}

// benchLatency lets the two sizes take turns. Each rests after its turn, as who types does
// between two keys: what a server puts off until nobody waits for it must not fall in the
// turn of the other.
func benchLatency(rells string, edits int, pause time.Duration, small, large string) error {
	// Collecting garbage of its own would count as time of the server. Of the contenders
	// before, the memory of this process would count as theirs.
	debug.SetGCPercent(4000)
	var users []*user
	for _, root := range []string{small, large} {
		s, err := start(rells, root, keyFile)
		if err != nil {
			return err
		}
		u, err := newUser(s)
		if err != nil {
			return err
		}
		users = append(users, u)
	}
	for range edits {
		for _, u := range users {
			if err := u.work(); err != nil {
				return err
			}
			time.Sleep(pause)
		}
	}
	fmt.Printf("%-24s %21s %21s %15s\n", "latency in ms", "1,000 files", "50,000 files", "ratio")
	fmt.Printf("%-24s %10s %10s %10s %10s %7s %7s\n", "", "p50", "p99", "p50", "p99", "p50", "p99")
	row := func(name string, of func(*user) latencies) {
		few, many := of(users[0]), of(users[1])
		fmt.Printf("%-24s %10s %10s %10s %10s %7.2f %7.2f\n", name,
			ms(few.quantile(0.5)), ms(few.quantile(0.99)), ms(many.quantile(0.5)), ms(many.quantile(0.99)),
			ratio(many.quantile(0.5), few.quantile(0.5)), ratio(many.quantile(0.99), few.quantile(0.99)))
	}
	row("edit to diagnostics", func(u *user) latencies { return u.diagnostics })
	row("edit to all of them", func(u *user) latencies { return u.everything })
	row("completion", func(u *user) latencies { return u.completion })
	row("definition", func(u *user) latencies { return u.definition })
	for _, u := range users {
		if err := u.stop(); err != nil {
			return err
		}
	}
	return nil
}

func ms(d time.Duration) string { return fmt.Sprintf("%.2f", float64(d)/float64(time.Millisecond)) }

func ratio(a, b time.Duration) float64 { return float64(a) / float64(b) }

func median(list []int64) int64 { return slices.Sorted(slices.Values(list))[len(list)/2] }
