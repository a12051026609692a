// Package shop holds models whose targets are vendored.
package shop

import (
	"example.com/catalog/items"
	"example.com/go-money"
)

type Order struct {
	Lines []items.Line
	Total cash.Amount
	items.Stamp
}
