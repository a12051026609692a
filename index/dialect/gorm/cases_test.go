package gorm_test

import (
	"testing"

	"github.com/rells-dev/rells/index/dialect/dialecttest"
	"github.com/rells-dev/rells/index/dialect/gorm"
)

func TestCases(t *testing.T) { dialecttest.Run(t, gorm.Dialect, "testdata") }
