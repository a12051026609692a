package wire

import (
	"context"
	"time"

	"go.uber.org/zap"
)

// watchParent closes orphaned once the process pid has ended. A process that is
// not there at the first look lives in another process namespace (a client
// outside of our container), and says nothing. That look is taken before watchParent
// returns: a client may end as soon as it has its answer.
func watchParent(ctx context.Context, pid int, every time.Duration, log *zap.Logger, orphaned chan<- struct{}) {
	if pid <= 0 || !processAlive(pid) {
		log.Warn("cannot watch the client's process", zap.Int("pid", pid))
		return
	}
	go awaitEnd(ctx, pid, every, orphaned)
}

// awaitEnd looks for the process pid until it has ended, or ctx is done.
func awaitEnd(ctx context.Context, pid int, every time.Duration, orphaned chan<- struct{}) {
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
