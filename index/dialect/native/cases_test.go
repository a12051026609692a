package native_test

import (
	"testing"

	"github.com/rells-dev/rells/index/dialect/dialecttest"
	"github.com/rells-dev/rells/index/dialect/native"
)

func TestCases(t *testing.T) { dialecttest.Run(t, native.Dialect, "testdata") }
