package index

import (
	"runtime/debug"
	"testing"
)

func TestLoadsLeaveTheCollectorAsItWas(t *testing.T) {
	for _, percent := range []int{100, 10, -1} {
		before := debug.SetGCPercent(percent)
		one, other := saveMemory(), saveMemory()
		one()
		other()
		if left := debug.SetGCPercent(before); left != percent {
			t.Errorf("two loads leave %d percent, want %d", left, percent)
		}
	}
}
