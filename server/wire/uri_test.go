package wire

import (
	"testing"

	"go.lsp.dev/uri"
)

// TestLocalPath has the spellings of clients on both kinds of systems.
func TestLocalPath(t *testing.T) {
	for _, test := range []struct {
		uri            string
		posix, windows string // "" for none
	}{
		{"file:///c%3A/src/me/a.go", "/c:/src/me/a.go", `C:\src\me\a.go`},
		{"file:///c:/src/me/a.go", "/c:/src/me/a.go", `C:\src\me\a.go`},
		{"file:///C:/src/me/a.go", "/c:/src/me/a.go", `C:\src\me\a.go`},
		{"file:///d%3A", "/d:", `D:\`},
		{"file:///d:/a%20b/%E4%B8%96(1).go", "/d:/a b/世(1).go", `D:\a b\世(1).go`},
		{"file://localhost/c:/x.go", "/c:/x.go", `C:\x.go`},
		{"file:///c:x.go", "/c:x.go", ""},
		{"file:///cd:/x.go", "/cd:/x.go", ""},
		{"file:///1:/x.go", "/1:/x.go", ""},
		{"file:///src/me/a.go", "/src/me/a.go", ""},
		{"file:///", "/", ""},
		{"file:///c:/a%00.go", "", ""},
	} {
		u, err := uri.ParseStrict(test.uri)
		if err != nil {
			t.Fatal(err)
		}
		for windows, want := range map[bool]string{false: test.posix, true: test.windows} {
			got, ok := localPath(u.Path(), windows)
			if got != want || ok != (want != "") {
				t.Errorf("%s on Windows %v: %q, %v; want %q", test.uri, windows, got, ok, want)
			}
		}
	}
}

// TestWindowsRoundTrip asserts that the path of a URI leads back to that URI.
func TestWindowsRoundTrip(t *testing.T) {
	for _, path := range []string{`C:\`, `C:\a.go`, `D:\a b\c#d%e.go`, `Z:\世\(x).go`} {
		u := uri.FileFor(uri.PlatformWindows, path)
		if got, ok := localPath(u.Path(), true); !ok || got != path {
			t.Errorf("%s is %s, which is %q, %v", path, u, got, ok)
		}
	}
}
