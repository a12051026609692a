package gopg_test

import (
	"testing"

	"github.com/rells-dev/rells/index/dialect/dialecttest"
	"github.com/rells-dev/rells/index/dialect/gopg"
)

func TestCases(t *testing.T) { dialecttest.Run(t, gopg.Dialect, "testdata") }
