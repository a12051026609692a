module example.com/shop

go 1.26

require (
	example.com/catalog v1.4.0
	example.com/go-money v0.1.0
)
