module example.com/catalog

go 1.26

require example.com/money v0.0.0

replace example.com/money => ../forks/money
