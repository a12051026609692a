package oracle

import (
	"os"
	"testing"

	"github.com/rells-dev/rells/index/oracle/ask"
)

// rells is the command that is held against GORM.
var rells ask.Rells

func TestMain(m *testing.M) { os.Exit(ask.Main(m, &rells)) }
