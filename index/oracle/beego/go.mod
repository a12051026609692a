module github.com/beego/beego/v2/client/orm/oracle

go 1.26.0

require (
	github.com/beego/beego/v2 v2.3.8
	github.com/rells-dev/rells/index/oracle/ask v0.0.0
)

require golang.org/x/tools v0.52.0 // indirect

replace github.com/rells-dev/rells/index/oracle/ask => ../ask
