package money

type Amount struct {
	Cents int64
	Of    Currency
}

type Currency struct{ Code string }
