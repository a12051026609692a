package items

import "example.com/go-money"

type Line struct{ Price cash.Amount }

type Stamp struct{ By *Line }

func (Stamp) String() string { return "" }
