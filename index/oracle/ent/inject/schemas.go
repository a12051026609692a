package main

import (
	"bytes"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path"
	"path/filepath"
	"strings"

	"entgo.io/ent/entc/load"

	"github.com/rells-dev/rells/index/oracle/ask"
	"github.com/rells-dev/rells/index/oracle/ask/inject"
	"github.com/rells-dev/rells/index/oracle/ent/truth"
)

// entVersion is the ent that is asked: the one that rells follows, and whose entc/load this
// command has compiled in.
const entVersion = "entgo.io/ent@v0.14.5"

// schemas are the packages of a module with schemas of ent.
type schemas struct{ folders []string } // slash-separated, relative to the module

// Draw implements inject.Models.
func (s *schemas) Draw(m *inject.Module, n int, rnd *rand.Rand) ([]*inject.Mistake, error) {
	if err := s.find(m); err != nil {
		return nil, err
	}
	var found candidates
	for _, folder := range s.folders {
		files, err := filepath.Glob(filepath.Join(m.Dir, filepath.FromSlash(folder), "*.go"))
		if err != nil {
			return nil, err
		}
		for _, file := range files {
			src, err := os.ReadFile(file)
			if err != nil {
				return nil, err
			}
			if err := found.read(path.Join(folder, filepath.Base(file)), src); err != nil {
				return nil, err
			}
		}
	}
	found.keys()
	return inject.Draw(n, kinds, func(kind string, accept func(*inject.Mistake) bool) { found.try(kind, rnd, accept) }), nil
}

// find finds the packages of the module that import ent's package of edges.
func (s *schemas) find(m *inject.Module) error {
	seen := map[string]bool{}
	return filepath.WalkDir(m.Dir, func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || filepath.Ext(name) != ".go" || strings.HasSuffix(name, "_test.go") {
			return err
		}
		src, err := os.ReadFile(name)
		if err != nil || !bytes.Contains(src, []byte(`"entgo.io/ent/schema/edge"`)) || bytes.Contains(src, []byte("DO NOT EDIT")) {
			return err
		}
		folder, err := filepath.Rel(m.Dir, filepath.Dir(name))
		if folder = filepath.ToSlash(folder); err == nil && !seen[folder] {
			seen[folder] = true
			s.folders = append(s.folders, folder)
		}
		return err
	})
}

// Ask implements inject.Models: ent takes all schemas of a package, or none.
func (s *schemas) Ask(m *inject.Module, mistakes []*inject.Mistake) (map[*inject.Mistake]map[string]ask.Verdict, error) {
	home, err := os.Getwd()
	if err != nil {
		return nil, err
	}
	defer func() { _ = os.Chdir(home) }()
	if err := os.Chdir(m.Dir); err != nil { // entc/load asks the go command in the working directory
		return nil, err
	}
	for name, value := range map[string]string{"GOFLAGS": "-mod=mod", "GOWORK": "off"} {
		if err := os.Setenv(name, value); err != nil {
			return nil, err
		}
	}
	if err := m.Require(entVersion); err != nil {
		return nil, err
	}
	verdicts := map[*inject.Mistake]map[string]ask.Verdict{}
	for _, mistake := range mistakes {
		verdict, err := s.ask(m, mistake)
		if err != nil {
			return nil, err
		}
		if verdict != nil {
			verdicts[mistake] = verdict
		}
	}
	return verdicts, nil
}

// ask asks ent about the package of a mistake with the mistake in it; about all packages
// where there is none. The verdict is nil where the package does not compile.
func (s *schemas) ask(m *inject.Module, mistake *inject.Mistake) (map[string]ask.Verdict, error) {
	verdict := map[string]ask.Verdict{}
	if mistake == nil {
		for _, folder := range s.folders {
			model, err := judge(m, folder)
			if err != nil {
				return nil, fmt.Errorf("%s: %v", folder, err)
			}
			verdict[model.ID] = model
		}
		return verdict, nil
	}
	file := filepath.FromSlash(mistake.File)
	src, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	if err := os.WriteFile(file, mistake.Apply(src), 0o644); err != nil {
		return nil, err
	}
	model, refused := judge(m, mistake.Folder())
	if err := os.WriteFile(file, src, 0o644); err != nil {
		return nil, err
	}
	if refused != nil {
		fmt.Printf("%s: %.200v\n", mistake, refused)
		return nil, nil
	}
	verdict[model.ID] = model
	return verdict, nil
}

// judge asks ent about the schemas in a folder, which may not compile.
func judge(m *inject.Module, folder string) (ask.Verdict, error) {
	model := ask.Verdict{ID: path.Join(m.Path, folder)}
	spec, err := (&load.Config{Path: "./" + folder}).Load()
	switch {
	case err != nil && strings.Contains(err.Error(), "panics"): // a schema's own method
		model.OwnError = err.Error()
		return model, nil
	case err != nil:
		return model, err
	}
	if v := truth.On(spec.Schemas); v.Err != nil {
		model.OwnError = v.Err.Error()
	}
	return model, nil
}
