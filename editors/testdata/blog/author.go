package blog

type Author struct {
	ID    int64
	Books []Book `rel:"back_populates:Athor"`
}
