// Package shop holds models whose targets lie in replaced modules.
package shop

import (
	"time"

	"example.com/catalog/items"
	cash "example.com/money"
	. "example.com/shop/people"
)

type Order struct {
	ID       int
	At       time.Time
	Customer *Customer
	Lines    []items.Line
	Total    cash.Amount
	ByDay    map[time.Time]*items.Line
	Base     Base
	Twice    items.Pair[Customer, *cash.Amount]
}

// Base is the people's base, under the shop's name.
type Base = Record
