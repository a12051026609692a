package index

import (
	"runtime/debug"
	"testing"
)

func TestLoadsLeaveTheCollectorAsItWas(t *testing.T) {
	for _, percent := range []int{150, 10, -1} {
		before := debug.SetGCPercent(percent)
		one, other := saveMemory(), saveMemory()
		one()
		other()
		makeRoom()
		if left := debug.SetGCPercent(before); left != percent {
			t.Errorf("two loads leave %d percent, want %d", left, percent)
		}
	}
}

// TestRoomForGarbage has the default percentage, with which the room follows what lives.
func TestRoomForGarbage(t *testing.T) {
	before := debug.SetGCPercent(defaultGC)
	defer debug.SetGCPercent(before)
	for range 2 {
		saveMemory()()
		makeRoom()
	}
	left := debug.SetGCPercent(defaultGC)
	if want := roomFor(liveHeap()); left < want/2 || left > want*2 {
		t.Errorf("loads leave %d percent, want about %d", left, want)
	}
	for live, want := range map[uint64]int{8 << 20: 1600, 32 << 20: 400, 256 << 20: 100, 0: 12800} {
		if got := roomFor(live); got != want {
			t.Errorf("beside %d bytes: %d percent, want %d", live, got, want)
		}
	}
}
