module github.com/rells-dev/rells/index/oracle/gorm

go 1.26.0

require (
	github.com/jinzhu/inflection v1.0.0
	github.com/rells-dev/rells/index/oracle/ask v0.0.0
	golang.org/x/tools v0.52.0
	gorm.io/gorm v1.31.2
)

require (
	github.com/jinzhu/now v1.1.5 // indirect
	golang.org/x/text v0.20.0 // indirect
)

replace github.com/rells-dev/rells/index/oracle/ask => ../ask
