module github.com/rells-dev/rells/index/oracle/sqlalchemy

go 1.26.0

require github.com/rells-dev/rells/index/oracle/ask v0.0.0

require golang.org/x/tools v0.52.0

replace github.com/rells-dev/rells/index/oracle/ask => ../ask
