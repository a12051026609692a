package money

type Amount struct{ Of struct{ Currency *Amount } }
