package bun_test

import (
	"testing"

	"github.com/rells-dev/rells/index/dialect/bun"
	"github.com/rells-dev/rells/index/dialect/dialecttest"
)

func TestCases(t *testing.T) { dialecttest.Run(t, bun.Dialect, "testdata") }
