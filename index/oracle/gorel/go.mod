module github.com/rells-dev/rells/index/oracle/gorel

go 1.26.0

require (
	github.com/go-rel/rel v0.42.0
	github.com/rells-dev/rells/index/oracle/ask v0.0.0
)

require (
	github.com/jinzhu/inflection v1.0.0 // indirect
	github.com/nxadm/tail v1.4.11 // indirect
	github.com/serenize/snaker v0.0.0-20201027110005-a7ad2135616e // indirect
	golang.org/x/text v0.43.0 // indirect
	golang.org/x/tools v0.52.0 // indirect
	gopkg.in/yaml.v2 v2.4.0 // indirect
)

replace github.com/rells-dev/rells/index/oracle/ask => ../ask
