package gorel

import (
	"testing"

	"github.com/rells-dev/rells/index/dialect/dialecttest"
)

func TestCases(t *testing.T) { dialecttest.Run(t, Dialect, "testdata") }
