package wire

import (
	"context"
	"time"

	"go.uber.org/zap"
)

// watchParent closes orphaned once the process pid has ended. A process that is
// not there at the first look lives in another process namespace (a client
// outside of our container), and says nothing.
func watchParent(ctx context.Context, pid int, every time.Duration, log *zap.Logger, orphaned chan<- struct{}) {
	if pid <= 0 || !processAlive(pid) {
		log.Warn("cannot watch the client's process", zap.Int("pid", pid))
		return
	}
	tick := time.NewTicker(every)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			if !processAlive(pid) {
				close(orphaned)
				return
			}
		}
	}
}
