module github.com/rells-dev/rells/index/oracle/sqlalchemy

go 1.26.0

require github.com/rells-dev/rells/index/oracle/ask v0.0.0

replace github.com/rells-dev/rells/index/oracle/ask => ../ask
