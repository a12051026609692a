package beego_test

import (
	"testing"

	"github.com/rells-dev/rells/index/dialect/beego"
	"github.com/rells-dev/rells/index/dialect/dialecttest"
)

func TestCases(t *testing.T) { dialecttest.Run(t, beego.Dialect, "testdata") }
