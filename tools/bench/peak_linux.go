package main

import (
	"os"
	"syscall"
)

// peakMemory is the largest resident set, in bytes, that an ended process had.
func peakMemory(s *os.ProcessState) int64 {
	if usage, ok := s.SysUsage().(*syscall.Rusage); ok {
		return usage.Maxrss << 10
	}
	return 0
}
