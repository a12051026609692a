package golang

import (
	"testing"

	"github.com/rells-dev/rells/index/facts"
)

func TestZero(t *testing.T) {
	tests := []struct {
		name string
		src  string
		want facts.ZeroResult
	}{
		{"nil", `func (x T) Value() (driver.Value, error) { return nil, nil }`, facts.ZeroNil},
		{"error", `func (x T) Value() (driver.Value, error) { return nil, errors.New("no") }`, facts.ZeroNil},
		{"string", `func (x T) Value() (driver.Value, error) { return string(x), nil }`, facts.ZeroString},
		{"string literal", `func (x T) Value() (driver.Value, error) { return "", nil }`, facts.ZeroString},
		{"formatted", `func (x T) Value() (driver.Value, error) { return fmt.Sprintf("%d", x.n), nil }`, facts.ZeroString},
		{"bytes", `func (x T) Value() (driver.Value, error) { return []byte(x), nil }`, facts.ZeroBytes},
		{"marshalled", `func (x T) Value() (driver.Value, error) { return json.Marshal(x) }`, facts.ZeroBytes},
		{"int", `func (x T) Value() (driver.Value, error) { return int64(x), nil }`, facts.ZeroInt},
		{"uint", `func (x T) Value() (driver.Value, error) { return uint32(x), nil }`, facts.ZeroUint},
		{"float", `func (x T) Value() (driver.Value, error) { return float64(x), nil }`, facts.ZeroFloat},
		{"bool", `func (x T) Value() (driver.Value, error) { return bool(x), nil }`, facts.ZeroBool},
		{"time", `func (x T) Value() (driver.Value, error) { return time.Time(x), nil }`, facts.ZeroTime},
		{"marshalled with check", `func (x T) Value() (driver.Value, error) {
	b, err := json.Marshal(x)
	if err != nil {
		return nil, err
	}
	return b, nil
}`, facts.ZeroBytes},
		{"marshalled to string", `func (x T) Value() (driver.Value, error) {
	b, err := json.Marshal(x)
	return string(b), err
}`, facts.ZeroString},
		{"nil guard", `func (x T) Value() (driver.Value, error) {
	if x == nil {
		return nil, nil
	}
	return json.Marshal(x)
}`, facts.ZeroNil},
		{"guard on length", `func (x T) Value() (driver.Value, error) {
	if len(x) == 0 {
		return nil, nil
	}
	return string(x), nil
}`, facts.ZeroNil},
		{"guard on length, of a pointer", `func (x *T) Value() (driver.Value, error) {
	if len(*x) == 0 {
		return nil, nil
	}
	return string(*x), nil
}`, facts.ZeroNil},
		{"guard on the pointer does not hold", `func (x *T) Value() (driver.Value, error) {
	if x == nil {
		return nil, nil
	}
	return json.Marshal(x)
}`, facts.ZeroBytes},
		{"guard on what a pointer points to", `func (x *T) Value() (driver.Value, error) {
	if *x == nil {
		return nil, nil
	}
	return json.Marshal(x)
}`, facts.ZeroNil},
		{"guard on a flag", `func (x T) Value() (driver.Value, error) {
	if !x.Valid {
		return nil, nil
	}
	return x.Time, nil
}`, facts.ZeroNil},
		{"guard on a field", `func (x T) Value() (driver.Value, error) {
	if x.Name == "" {
		return nil, nil
	}
	return x.Name, nil
}`, facts.ZeroNil},
		{"guard on a field of a pointer", `func (x *T) Value() (driver.Value, error) {
	if x.Name == "" {
		return nil, nil
	}
	return x.Name, nil
}`, facts.ZeroNil},
		{"guard that does not hold", `func (x T) Value() (driver.Value, error) {
	if x != nil {
		return nil, nil
	}
	return string(x), nil
}`, facts.ZeroString},
		{"two guards", `func (x *T) Value() (driver.Value, error) {
	if x == nil {
		return nil, nil
	}
	if len(*x) == 0 {
		return "[]", nil
	}
	return nil, nil
}`, facts.ZeroString},

		{"other call", `func (x T) Value() (driver.Value, error) { return encode(x) }`, facts.ZeroUnknown},
		{"field", `func (x T) Value() (driver.Value, error) { return x.n, nil }`, facts.ZeroUnknown},
		{"string of a conversion continued", `func (x T) Value() (driver.Value, error) { return string(x) + suffix, nil }`, facts.ZeroUnknown},
		{"result of a method on a conversion", `func (x T) Value() (driver.Value, error) { return time.Time(x).Unix(), nil }`, facts.ZeroUnknown},
		{"guard by a method", `func (x T) Value() (driver.Value, error) {
	if x.IsZero() {
		return nil, nil
	}
	return string(x), nil
}`, facts.ZeroUnknown},
		{"guard on something else", `func (x T) Value() (driver.Value, error) {
	if y == nil {
		return nil, nil
	}
	return string(x), nil
}`, facts.ZeroUnknown},
		{"guard with two conditions", `func (x T) Value() (driver.Value, error) {
	if x == nil || y {
		return nil, nil
	}
	return string(x), nil
}`, facts.ZeroUnknown},
		{"guard against a value", `func (x T) Value() (driver.Value, error) {
	if len(x) == 1 {
		return nil, nil
	}
	return string(x), nil
}`, facts.ZeroUnknown},
		{"else", `func (x T) Value() (driver.Value, error) {
	if x != nil {
		return nil, nil
	} else {
		x = other
	}
	return string(x), nil
}`, facts.ZeroUnknown},
		{"guard that does something else", `func (x T) Value() (driver.Value, error) {
	if x == nil {
		x = T{}
	}
	return string(x), nil
}`, facts.ZeroUnknown},
		{"error of another call", `func (x T) Value() (driver.Value, error) {
	b, err := encode(x)
	if err != nil {
		return nil, err
	}
	return string(b), nil
}`, facts.ZeroUnknown},
		{"switch", `func (x T) Value() (driver.Value, error) {
	switch x {
	case A:
		return "a", nil
	}
	return nil, nil
}`, facts.ZeroUnknown},
		{"not closed", `func (x T) Value() (driver.Value, error) { return string(x`, facts.ZeroUnknown},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			file := Extract("/p/p.go", []byte("package p\n\n"+test.src), Wanted{})
			if len(file.Methods) != 1 {
				t.Fatalf("got %d methods", len(file.Methods))
			}
			if got := file.Methods[0].Zero; got != test.want {
				t.Errorf("got %v, want %v", got, test.want)
			}
		})
	}
}

func TestReturnedString(t *testing.T) {
	const constants = `
const plain = "users"
const typed string = ` + "`posts`" + `
const (
	_     = iota
	first = "a"
	sum   = "a" + "b"
	next  = first
)
var variable = "v"
`
	tests := []struct{ name, body, want string }{
		{"literal", `{ return "books" }`, "books"},
		{"on lines of their own", "{\n\t// the table\n\treturn \"books\"\n}", "books"},
		{"raw", "{ return `books` }", "books"},
		{"escaped", `{ return "b\u006foks" }`, "books"},
		{"constant", `{ return plain }`, "users"},
		{"typed constant", `{ return typed }`, "posts"},
		{"constant of a group", `{ return first }`, "a"},
		{"sum", `{ return sum }`, ""},
		{"constant of a constant", `{ return next }`, ""},
		{"variable", `{ return variable }`, ""},
		{"sum of literals", `{ return "a" + "b" }`, ""},
		{"two statements", `{ x(); return "a" }`, ""},
		{"condition", `{ if x { return "a" }; return "b" }`, ""},
		{"call", `{ return plain() }`, ""},
		{"not closed", `{ return "books`, ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			src := "package p\n" + constants + "func (T) TableName() string " + test.body + "\n"
			m := Extract("/p/p.go", []byte(src), Wanted{}).Methods[0]
			if m.Literal.Text != test.want {
				t.Fatalf("got %q, want %q", m.Literal.Text, test.want)
			}
			if at := src[m.Literal.Span.Start:m.Literal.Span.End]; test.name != "escaped" && at != test.want {
				t.Errorf("literal stands at %q, want %q", at, test.want)
			}
		})
	}
}
