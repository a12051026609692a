package golang

import (
	"slices"
	"strings"
	"testing"

	"github.com/rells-dev/rells/index/facts"
)

// A line that ends in `// want` holds what is handed to a function, of the types
// named there; every other line holds nothing of which the type is known.
func TestUses(t *testing.T) {
	tests := []struct {
		name string
		src  string
	}{
		{"pointer to a literal", `func f() { db.Create(&User{Name: "x"}) } // want *User`},
		{"literal", `func f() { db.Create(User{}) } // want User`},
		{"new", `func f() { db.Create(new(User)) } // want *User`},
		{"slice literal", `func f() { db.Create([]User{{}, {}}) } // want []User`},
		{"pointer to a slice literal", `func f() { db.Find(&[]*User{}) } // want *[]*User`},
		{"converted nil", `func f() { db.Create((*User)(nil)) } // want *User`},
		{"other package", `func f() { db.Create(&models.User{}) } // want *models.User`},
		{"several arguments", `func f() { db.AutoMigrate(&User{}, 1, g(), Post{}, h) } // want *User, Post`},
		{"type argument", `func f() { gorm.G[User](db).Find(ctx) } // want User`},
		{"type argument of another package", `func f() { gorm.G[m.User](db) } // want m.User`},
		{"call in a chain", `func f() { db.Model(&User{}).Where("x = ?", 1).Find(&Post{}) } // want *User, *Post`},
		{"call in an argument", `func f() { check(t, db.Create(&User{}).Error) } // want *User`},
		{"generic instance", `func f() { db.Create(&Box[int]{}) } // want *Box[int]`},
		{"var", "func f() {\n\tvar u User\n\tdb.First(&u) // want *User\n}"},
		{"var of several names", "func f() {\n\tvar a, b *User\n\tdb.First(b) // want *User\n}"},
		{"var group", "func f() {\n\tvar (\n\t\tu User\n\t\tps = []Post{}\n\t)\n\tdb.First(&u) // want *User\n\tdb.Find(&ps) // want *[]Post\n}"},
		{"var with a value", "func f() {\n\tvar u = &User{}\n\tdb.First(u) // want *User\n}"},
		{"short declaration", "func f() {\n\tu := User{ID: 1}\n\tdb.First(&u) // want *User\n}"},
		{"pointer", "func f() {\n\tu := &User{}\n\tdb.First(u) // want *User\n\tdb.First(*u) // want User\n}"},
		{"several at once", "func f() {\n\tu, p := User{}, &Post{}\n\tdb.Create(&u) // want *User\n\tdb.Create(p) // want *Post\n}"},
		{"make", "func f() {\n\tus := make([]User, 0, 3)\n\tdb.Find(&us) // want *[]User\n}"},
		{"index", "func f(us []User) {\n\tdb.Find(&us[0]) // want *User\n}"},
		{"range", "func f(us []*User) {\n\tfor _, u := range us {\n\t\tdb.Create(u) // want *User\n\t}\n}"},
		{"parameter", "func f(db *DB, u *User) {\n\tdb.Create(u) // want *User\n}"},
		{"variadic parameter", "func f(us ...User) {\n\tdb.Create(&us) // want *[]User\n}"},
		{"receiver", "func (u *User) Save() {\n\tdb.Create(u) // want *User\n}"},
		{"parameter of a literal", "func f() {\n\tg(func(u *User) error { return db.Create(u).Error }) // want *User\n}"},
		{"outer variable in a literal", "func f() {\n\tvar u User\n\tgo func() {\n\t\tdb.Create(&u) // want *User\n\t}()\n}"},
		{"list of any", "func f() {\n\tdb.AutoMigrate([]any{&User{}, &Post{}}...) // want *User, *Post\n}"},
		{"variable of a list of any", "func f() {\n\tms := []interface{}{\n\t\t&User{}, // want *User\n\t\tPost{},  // want Post\n\t}\n\tdb.AutoMigrate(ms...)\n}"},
		{"range over a list of any", "func f() {\n\tfor _, m := range []any{&User{}} { // want *User\n\t\tdb.AutoMigrate(m)\n\t}\n}"},
		{"variable of the package", "var f = func() {\n\tdb.Create(&User{}) // want *User\n}"},
		{"header of an if", "func f() {\n\tif err := db.Create(&User{}).Error; err != nil { // want *User\n\t}\n}"},

		{"function in a header", "func f() {\n\tif err := db.Transaction(func(tx *DB) error {\n\t\tu := User{}\n\t\tfor {\n\t\t}\n\t\treturn tx.Create(&u).Error // want *User\n\t}); err != nil {\n\t}\n}"},

		{"unknown variable", `func f() { db.Create(u) }`},
		{"result of a call", "func f() {\n\tu := load()\n\tdb.Create(u)\n}"},
		{"results of a call", "func f(u User) {\n\tif u, err := load(); err == nil {\n\t\tdb.Create(u)\n\t}\n}"},
		{"redeclared with an error", "func f() {\n\tu := User{}\n\tu, err := load()\n\tdb.Create(u) // want User\n}"},
		{"shadowed", "func f(u User) {\n\tfor _, u := range load() {\n\t\tdb.Create(u)\n\t}\n\tdb.Create(u) // want User\n}"},
		{"out of scope", "func f() {\n\t{\n\t\tu := User{}\n\t\t_ = u\n\t}\n\tdb.Create(u)\n}"},
		{"field of a variable", "func f(u User) {\n\tdb.Create(u.Post)\n}"},
		{"method of a literal", `func f() { db.Create(User{}.Post()) }`},
		{"field of a literal", `func f() { db.Create(User{}.Post) }`},
		{"conversion", `func f() { db.Create(User(x)) }`},
		{"other function", `func f() { db.Update(&User{}) }`},
		{"comment", "func f() {\n\t// db.Create(&User{})\n\t_ = `db.Create(&User{})`\n}"},
		{"index of a variable", "func f(i int) { fs.Find[i](x) }"},
		{"block behind a header", "func f() {\n\tswitch x := y {\n\tcase 1:\n\t\tdb.Create(x)\n\t}\n}"},
	}
	calls := []string{"AutoMigrate", "Create", "Find", "First", "Model", "G"}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			src := "package p\n\n" + test.src + "\n"
			file := Extract("/p/p.go", []byte(src), Wanted{Calls: calls})
			got := map[int][]string{} // by line
			for _, use := range file.Uses {
				line := strings.Count(src[:use.Span.Start], "\n")
				got[line] = append(got[line], typeText(src, use.Arg))
			}
			for i, line := range strings.Split(src, "\n") {
				_, want, _ := strings.Cut(line, "// want ")
				if text := strings.Join(got[i], ", "); text != want {
					t.Errorf("line %d: got uses of %q, want %q\n%s", i, text, want, src)
				}
			}
			if len(file.Defects) > 0 {
				t.Errorf("unexpected defects %v", file.Defects)
			}
		})
	}
}

// typeText is a type as Go writes it.
func typeText(src string, t facts.Expr) string {
	switch t.Kind {
	case facts.PointerExpr:
		return "*" + typeText(src, *t.Elem)
	case facts.SliceExpr:
		return "[]" + typeText(src, *t.Elem)
	}
	return src[t.Span.Start:t.Span.End]
}

// A call says which function it stands in, and what it was called by.
func TestUseNamesItsFunction(t *testing.T) {
	src := `package p

func TestX(t *testing.T) { db.Create(&A{}) }

func (s *Server) Run() { db.Find(&B{}) }

var Hook = func() { db.Find(&C{}) }
`
	var got []string
	for _, use := range Extract("/p/p.go", []byte(src), Wanted{Calls: []string{"Create", "Find"}}).Uses {
		got = append(got, use.Within+" "+use.Call+" "+src[use.Span.Start:use.Span.End])
	}
	want := []string{"TestX Create &A{}", "Server.Run Find &B{}", "Hook Find &C{}"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// A call counts whatever it is handed, and once.
func TestCallsOfUnknown(t *testing.T) {
	src := `package p

func f() {
	schema.Register("zip", zips.New())
	schema.Register("gob", gobs[0])
	db.Find(nil)
	Registers(1)
}
`
	got := Extract("/p/p.go", []byte(src), Wanted{Calls: []string{"Register", "Create", "Find"}}).Calls
	if want := []string{"Register", "Find"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// A text is told to what stands behind it; what nobody can tell the type of is obscure.
func TestTextsAndObscureCalls(t *testing.T) {
	src := `package p

func f(any []interface{}, one interface{}) {
	db.Create("x_", &A{}, "y_", &B{})
	db.Create(&C{})
	db.Find("x")
	db.First(one)
	db.Model(any...)
	db.Raw("x" + y)
}
`
	file := Extract("/p/p.go", []byte(src), Wanted{Calls: []string{"Create", "Find", "First", "Model", "Raw"}})
	var got []string
	for _, use := range file.Uses {
		got = append(got, use.Text+src[use.Span.Start:use.Span.End])
	}
	if want := []string{"x_&A{}", "y_&B{}", "&C{}", "one", "any..."}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	if want := []string{"First", "Model", "Raw"}; !slices.Equal(file.Obscure, want) {
		t.Errorf("got obscure %q, want %q", file.Obscure, want)
	}
}
