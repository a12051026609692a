package customers

import "example.com/billing/invoices"

type Customer struct{ Open []*invoices.Invoice }
