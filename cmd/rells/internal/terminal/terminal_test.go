package terminal

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
	"testing/synctest"
	"time"
)

func TestColorOn(t *testing.T) {
	for _, test := range []struct {
		color    Color
		terminal bool
		env      map[string]string
		want     bool
	}{
		{ColorAuto, true, nil, true},
		{ColorAuto, false, nil, false},
		{ColorAuto, true, map[string]string{"NO_COLOR": ""}, true},
		{ColorAuto, true, map[string]string{"NO_COLOR": "1"}, false},
		{ColorAuto, true, map[string]string{"TERM": "dumb"}, false},
		{ColorAlways, false, nil, true},
		{ColorAlways, true, map[string]string{"NO_COLOR": "1"}, true}, // the flag is the newer wish
		{ColorNever, true, nil, false},
	} {
		getenv := func(name string) string { return test.env[name] }
		if got := test.color.On(test.terminal, getenv); got != test.want {
			t.Errorf("%s, terminal %t, %v: %t, want %t", test.color, test.terminal, test.env, got, test.want)
		}
	}
}

func TestAFileIsNoTerminal(t *testing.T) {
	f, err := os.Create(filepath.Join(t.TempDir(), "out"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if Is(f) || Is(new(bytes.Buffer)) {
		t.Error("taken for a terminal")
	}
	if Width(f) != 0 || Width(new(bytes.Buffer)) != 0 {
		t.Error("has a width")
	}
}

func TestProgressIsPatientAndCleansUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var out bytes.Buffer
		p := newProgress(&out, "reading")
		p.Report(1, 9)
		if out.Len() != 0 {
			t.Errorf("short work was announced: %q", &out)
		}
		time.Sleep(patience)
		p.Report(2, 9)
		p.Report(3, 9) // within the beat
		time.Sleep(beat)
		p.Report(4, 9)
		p.End()
		time.Sleep(beat)
		p.Report(5, 9)
		if want := "\r\x1b[Kreading 2/9\r\x1b[Kreading 4/9\r\x1b[K"; out.String() != want {
			t.Errorf("wrote %q, want %q", &out, want)
		}
	})
}

func TestProgressIsSilentWithoutTerminal(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var out bytes.Buffer
		p := NewProgress(&out, "reading")
		time.Sleep(2 * patience)
		p.Report(1, 2)
		p.End()
		if out.Len() != 0 {
			t.Errorf("wrote %q", &out)
		}
	})
}
