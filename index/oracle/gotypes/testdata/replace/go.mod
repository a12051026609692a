module example.com/shop

go 1.26

require (
	example.com/catalog v1.4.0
	example.com/money v0.0.0
)

replace (
	example.com/catalog v1.4.0 => ./catalog
	example.com/money => ./forks/money
)
