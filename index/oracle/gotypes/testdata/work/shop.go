// Package shop holds models whose targets lie in other modules of the workspace.
package shop

import (
	"example.com/billing/invoices"
	"example.com/money"
)

type Order struct {
	Invoice *invoices.Invoice
	Total   money.Amount
}
