package cash

type Amount struct{ Cents int64 }
