package oracle

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"
)

// headers stand before each module of a package, by whether it is written as since 2.0.
var headers = map[bool]string{
	false: "from sqlalchemy import Column, ForeignKey, ForeignKeyConstraint, Integer, String, Table\n" +
		"from sqlalchemy.orm import backref, declared_attr, foreign, relationship, remote\n" +
		"from .base import Base\n",
	true: "from typing import Iterable, List, Optional, Sequence, Set, Union\n" +
		"from sqlalchemy import Column, ForeignKey, Table\n" +
		"from sqlalchemy.orm import DynamicMapped, Mapped, WriteOnlyMapped, mapped_column, relationship\n" +
		"from .base import Base\n",
}

// roots are the modules with the root of the classes.
var roots = map[bool]string{
	false: "from sqlalchemy.orm import declarative_base\n\nBase = declarative_base()\n",
	true:  "from sqlalchemy.orm import DeclarativeBase\n\n\nclass Base(DeclarativeBase):\n    pass\n",
}

// statement is one package of a file of testdata, and what its first line says SQLAlchemy
// makes of it: "taken", "refused" or "warned", the last two with words of the message; and
// "refused unheard" where rells does not say so.
type statement struct {
	verdict, words string
	unheard        bool
}

// TestRules holds rells against SQLAlchemy on each statement of what is known of its rules:
// packages of testdata/*.txtar, of which SQLAlchemy must say what their first line does.
func TestRules(t *testing.T) {
	python, version := python(t)
	rules := rowRules(t)
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal("no testdata", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			modern := strings.Contains(string(archive.Comment), "since SQLAlchemy 2.0")
			if modern && strings.HasPrefix(version, "1.") {
				t.Skipf("SQLAlchemy %s knows nothing of it", version)
			}
			dir := t.TempDir()
			statements, packages, err := unpack(archive, dir, modern)
			if err != nil {
				t.Fatal(err)
			}
			truths, err := askSQLAlchemy(python, dir, packages)
			if err != nil {
				t.Fatal(err)
			}
			said, err := askRells(rells, dir)
			if err != nil {
				t.Fatal(err)
			}
			for _, truth := range truths {
				hold(t, statements[truth.Package], &truth, said[truth.Package], rules)
			}
			fmt.Printf("SQLAlchemy %s: %d packages of %s\n", version, len(truths), filepath.Base(file))
		})
	}
}

// hold compares what a file says, what SQLAlchemy says and what rells says of a package.
func hold(t *testing.T, s statement, truth *truth, of *said, rules map[string][]string) {
	verdict, message := "taken", ""
	switch {
	case truth.Error != "":
		verdict, message = "refused", truth.Error
	case len(truth.Warnings) > 0:
		verdict, message = "warned", strings.Join(truth.Warnings, "\n")
	}
	if verdict != s.verdict || !strings.Contains(message, s.words) {
		t.Errorf("%s is %s %s, want %s %s", truth.Package, verdict, message, s.verdict, s.words)
	}
	switch heard := verdict == "refused" && rulesOf(message, rules) != nil; {
	case s.unheard && (heard || of != nil && len(of.problems) > 0):
		t.Errorf("%s: rells tells of it: %v", truth.Package, messages(of.problems))
	case !s.unheard && !heard && verdict == "refused":
		t.Errorf("%s: no rule stands for %s", truth.Package, message)
	}
	for _, d := range differences(truth, of, rules) {
		t.Errorf("%s: %s", truth.Package, d)
	}
}

// unpack writes the packages of an archive to a folder.
func unpack(archive *txtar.Archive, dir string, modern bool) (map[string]statement, []string, error) {
	statements, packages := map[string]statement{}, []string{}
	for _, f := range archive.Files {
		name, module, _ := strings.Cut(f.Name, "/")
		if _, known := statements[name]; !known {
			first, _, _ := strings.Cut(string(f.Data), "\n")
			verdict, words, _ := strings.Cut(strings.TrimPrefix(first, "# "), ": ")
			verdict, unheard := strings.CutSuffix(verdict, " unheard")
			statements[name], packages = statement{verdict, words, unheard}, append(packages, name)
			if err := writePackage(filepath.Join(dir, name), map[string]string{"__init__.py": "", "base.py": roots[modern]}); err != nil {
				return nil, nil, err
			}
		}
		source, header := string(f.Data), headers[modern]
		if rest, later := strings.CutPrefix(body(source), "from __future__ import annotations\n"); later {
			source, header = rest, "from __future__ import annotations\n"+header
		}
		if err := os.WriteFile(filepath.Join(dir, name, module), []byte(header+source), 0o600); err != nil {
			return nil, nil, err
		}
	}
	return statements, packages, nil
}

// body is what follows the first line, where that is a comment.
func body(source string) string {
	if strings.HasPrefix(source, "# ") {
		_, source, _ = strings.Cut(source, "\n")
	}
	return source
}
