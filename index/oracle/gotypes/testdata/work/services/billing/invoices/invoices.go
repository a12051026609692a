package invoices

import "example.com/money"

type Invoice struct {
	Sum   money.Amount
	Parts map[string][]Invoice
}
