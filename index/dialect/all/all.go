// Package all is the table of dialects.
package all

import (
	"github.com/rells-dev/rells/index/dialect"
	"github.com/rells-dev/rells/index/dialect/beego"
	"github.com/rells-dev/rells/index/dialect/bun"
	"github.com/rells-dev/rells/index/dialect/ent"
	"github.com/rells-dev/rells/index/dialect/gopg"
	"github.com/rells-dev/rells/index/dialect/gorel"
	"github.com/rells-dev/rells/index/dialect/gorm"
	"github.com/rells-dev/rells/index/dialect/native"
	"github.com/rells-dev/rells/index/dialect/pop"
	"github.com/rells-dev/rells/index/dialect/sqlalchemy"
)

// Dialects are all that rells speaks, in the order in which they are shown.
var Dialects = []*dialect.Dialect{
	native.Dialect,
	gorm.Dialect,
	bun.Dialect,
	gopg.Dialect,
	pop.Dialect,
	beego.Dialect,
	ent.Dialect,
	gorel.Dialect,
	sqlalchemy.Dialect,
}

// ByName finds a dialect by its name, nil for none.
func ByName(name string) *dialect.Dialect {
	for _, d := range Dialects {
		if d.Name == name {
			return d
		}
	}
	return nil
}
