package golang

import (
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/rells-dev/rells/index/facts"
)

// TestKnownReads reads every package of the table without a defect.
func TestKnownReads(t *testing.T) {
	files := txtar.Parse(known).Files
	if len(files) < 40 {
		t.Fatalf("only %d packages", len(files))
	}
	for _, f := range files {
		if defects := Extract("", f.Data, Wanted{}).Defects; len(defects) > 0 {
			t.Errorf("%s: %v", f.Name, defects)
		}
	}
}

// TestKnownTypes resolves types of the table in a workspace without any source of
// theirs.
func TestKnownTypes(t *testing.T) {
	m := memory{"/w/go.mod": []byte("module example.com/shop\n"), "/w/shop.go": []byte("package shop\n")}
	tests := []struct {
		ref  facts.Ref
		want string
		zero facts.ZeroResult // of Value; its absence is ZeroUnknown
	}{
		{facts.Ref{Package: "time", Name: "Time"}, "time.Time struct", facts.ZeroUnknown},
		{facts.Ref{Package: "time", Name: "Duration"}, "time.Duration int64", facts.ZeroUnknown},
		{facts.Ref{Package: "database/sql", Name: "NullString"}, "database/sql.NullString struct", facts.ZeroNil},
		{facts.Ref{Package: "database/sql", Name: "Null[time.Time]"}, "database/sql.Null[time.Time] struct", facts.ZeroNil},
		{facts.Ref{Package: "encoding/json", Name: "RawMessage"}, "encoding/json.RawMessage slice of uint8", facts.ZeroUnknown},
		{facts.Ref{Package: "net", Name: "IP"}, "net.IP slice of uint8", facts.ZeroUnknown},
		{facts.Ref{Package: "math/big", Name: "Int"}, "math/big.Int struct", facts.ZeroUnknown},
		{facts.Ref{Package: "gorm.io/gorm", Name: "Model"}, "gorm.io/gorm.Model struct", facts.ZeroUnknown},
		{facts.Ref{Package: "gorm.io/gorm", Name: "DeletedAt"}, "gorm.io/gorm.DeletedAt struct", facts.ZeroNil},
		{facts.Ref{Package: "github.com/google/uuid", Name: "UUID"}, "github.com/google/uuid.UUID array of uint8", facts.ZeroString},
		{facts.Ref{Package: "github.com/lib/pq", Name: "StringArray"}, "github.com/lib/pq.StringArray slice of string", facts.ZeroNil},
		{facts.Ref{Package: "github.com/oklog/ulid/v2", Name: "ULID"}, "github.com/oklog/ulid/v2.ULID array of uint8", facts.ZeroBytes},
		{facts.Ref{Package: "gorm.io/datatypes", Name: "Date"}, "gorm.io/datatypes.Date struct", facts.ZeroTime},
		{facts.Ref{Package: "github.com/guregu/null", Name: "String"}, "github.com/guregu/null.String struct", facts.ZeroNil},
	}
	s := m.program().Session()
	for _, test := range tests {
		typ, ok := s.Type(test.ref)
		if !ok {
			t.Errorf("%s is not known", test.ref)
			continue
		}
		if got := chain(typ); got != test.want {
			t.Errorf("%s is %s, want %s", test.ref, got, test.want)
		}
		if f, d := typ.Decl(); f != nil || d != nil {
			t.Errorf("%s claims to be declared in readable source", test.ref)
		}
		if m, _ := typ.Method("Value"); m.Zero != test.zero {
			t.Errorf("%s.Value gives %d on the zero value, want %d", test.ref, m.Zero, test.zero)
		}
	}
}

// TestKnownModel finds the fields that every model with gorm.Model has.
func TestKnownModel(t *testing.T) {
	s := memory{"/w/go.mod": []byte("module example.com/shop\n")}.program().Session()
	model, ok := s.Type(facts.Ref{Package: "gorm.io/gorm", Name: "Model"})
	if !ok {
		t.Fatal("gorm.Model is not known")
	}
	want := []string{"ID uint", "CreatedAt time.Time struct", "UpdatedAt time.Time struct", "DeletedAt gorm.io/gorm.DeletedAt struct"}
	fields := model.Fields()
	if len(fields) != len(want) {
		t.Fatalf("%d fields, want %d", len(fields), len(want))
	}
	for i, f := range fields {
		if got := f.Name.Text + " " + chain(f.Type); got != want[i] {
			t.Errorf("field %d is %s, want %s", i, got, want[i])
		}
	}
	if tag, ok := fields[0].Tag("gorm"); !ok || tag.Value.Text != "primarykey" {
		t.Errorf("the tag of ID is %q", tag.Value.Text)
	}
}
