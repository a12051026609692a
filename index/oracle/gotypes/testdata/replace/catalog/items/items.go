package items

import "example.com/money"

type Line struct {
	Price money.Amount
	Of    *Product
}

type Lines []Line

type Product struct{ Lines Lines }

type Pair[A, B any] struct {
	First  A
	Second B
	Next   *Pair[B, A]
}
