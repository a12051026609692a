package people

import "example.com/catalog/items"

type Record struct{ ID int }

type Customer struct {
	Record
	Wishes  items.Lines
	Friends [2]*Customer
}
