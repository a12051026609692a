module github.com/rells-dev/rells/index/oracle/ask

go 1.26.0

require golang.org/x/tools v0.30.0
