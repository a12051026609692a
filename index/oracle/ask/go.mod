module github.com/rells-dev/rells/index/oracle/ask

go 1.26.0
