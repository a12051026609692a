module github.com/rells-dev/rells

go 1.26
