package pop_test

import (
	"testing"

	"github.com/rells-dev/rells/index/dialect/dialecttest"
	"github.com/rells-dev/rells/index/dialect/pop"
)

func TestCases(t *testing.T) { dialecttest.Run(t, pop.Dialect, "testdata") }
