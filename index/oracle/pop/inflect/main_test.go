package main

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
)

// The words that rells has are those of the flect that the oracle requires.
func TestWords(t *testing.T) {
	want, err := os.ReadFile(filepath.Join("..", "..", "..", "dialect", "pop", "flect.txt"))
	if err != nil {
		t.Fatal(err)
	}
	var got bytes.Buffer
	if err := write(&got); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got.Bytes(), want) {
		t.Error("flect has other words: go run ./inflect > ../../dialect/pop/flect.txt")
	}
}
