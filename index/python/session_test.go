package python

import (
	"os"
	"path"
	"slices"
	"strings"
	"testing"

	"github.com/rells-dev/rells/index/facts"
)

// memory is a file system below /w.
type memory map[string]string

func (m memory) ReadFile(path string) ([]byte, error) {
	if src, ok := m[path]; ok {
		return []byte(src), nil
	}
	return nil, os.ErrNotExist
}

func (m memory) ReadDir(dir string) ([]string, error) {
	var names []string
	for file := range m {
		if rest, ok := strings.CutPrefix(file, dir+"/"); ok {
			name, _, _ := strings.Cut(rest, "/")
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return slices.Compact(names), nil
}

var shop = memory{
	"/w/pyproject.toml":              "",
	"/w/src/shop/__init__.py":        "from .db import Base as Root\n",
	"/w/src/shop/db.py":              "import sqlalchemy as sa\nfrom sqlalchemy.orm import declarative_base\nfrom sqlalchemy import *\nBase = declarative_base()\nclass Mixin:\n  class Meta: pass\n",
	"/w/src/shop/all.py":             "from far.away import *\nfrom .db import *\nfrom os.path import *\nfrom . import user\n",
	"/w/src/shop/user/__init__.py":   "from .models import *\n",
	"/w/src/shop/user/models.py":     "import shop.db\nimport shop.post.models as posts\nfrom shop.db import Base\nfrom ..db import Mixin\nfrom .. import Root, db, nothing\nfrom ...far import Far\nclass User(Base, Mixin): pass\n",
	"/w/src/shop/post/models.py":     "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n  from shop.user import User as Author\nclass Post(db.Base): pass\n",
	"/w/scripts/run.py":              "import models\nfrom shop.user import User\n",
	"/w/scripts/models.py":           "from loop import X\nclass User: pass\nX = User\n",
	"/w/scripts/loop.py":             "from models import X, loop\nfrom loop import Y\n",
	"/w/lib/pyproject.toml":          "[tool.setuptools.packages.find]\nwhere = [\"python\"]\n",
	"/w/lib/python/kit/__init__.py":  "",
	"/w/lib/python/kit/db.py":        "class Kit: pass\n",
	"/w/lib/tests/conftest.py":       "from kit.db import Kit\nfrom helpers import Helper\n",
	"/w/lib/tests/helpers.py":        "try:\n  from nowhere.at import all\nexcept ImportError:\n  class Helper: pass\n",
	"/w/old/setup.cfg":               "[options]\npackage_dir =\n    = code\n",
	"/w/old/code/app/models.py":      "class User: pass\n",
	"/w/old/run.py":                  "from app.models import User\n",
	"/w/plugin/setup.py":             "",
	"/w/plugin/plugin/space/deep.py": "class Deep: pass\n",
	"/w/plugin/plugin/a.py":          "import plugin.space.deep\nfrom plugin import space\nfrom plugin.space import deep as d\n",
}

// TestLookup resolves names as Python would.
func TestLookup(t *testing.T) {
	for _, test := range []struct{ file, name, want string }{
		{"src/shop/user/models.py", "User", "shop.user.models.User"},
		{"src/shop/user/models.py", "Base", "shop.db.Base"},
		{"src/shop/user/models.py", "Mixin", "shop.db.Mixin"},
		{"src/shop/user/models.py", "Mixin.Meta", "shop.db.Mixin.Meta"},
		{"src/shop/user/models.py", "Root", "shop.db.Base"},
		{"src/shop/user/models.py", "db.sa.Column", "sqlalchemy.Column"},
		{"src/shop/user/models.py", "db.declarative_base", "sqlalchemy.orm.declarative_base"},
		{"src/shop/user/models.py", "shop.db.Base", "shop.db.Base"},
		{"src/shop/user/models.py", "posts.Post", "shop.post.models.Post"},
		{"src/shop/user/models.py", "posts.Author", "shop.user.models.User"},
		{"src/shop/user/models.py", "Base.metadata", ""},
		{"src/shop/user/models.py", "nothing", ""},
		{"src/shop/user/models.py", "Far", ""},
		{"src/shop/user/models.py", "db", ""},
		{"src/shop/all.py", "Base", "shop.db.Base"},
		{"src/shop/all.py", "relationship", "os.path.relationship"},
		{"src/shop/all.py", "declarative_base", "sqlalchemy.orm.declarative_base"},
		{"src/shop/all.py", "int", ""},
		{"src/shop/all.py", "_private", ""},
		{"src/shop/db.py", "Column", "sqlalchemy.Column"},
		{"scripts/run.py", "models.User", "scripts.models.User"},
		{"scripts/run.py", "User", "shop.user.models.User"},
		{"scripts/loop.py", "X", "scripts.models.X"},
		{"scripts/loop.py", "loop", ""},
		{"scripts/loop.py", "Y", ""},
		{"lib/tests/conftest.py", "Kit", "lib/kit.db.Kit"},
		{"lib/tests/conftest.py", "Helper", "lib/tests.helpers.Helper"},
		{"old/run.py", "User", "old/app.models.User"},
		{"plugin/plugin/a.py", "plugin.space.deep.Deep", "plugin/plugin.space.deep.Deep"},
		{"plugin/plugin/a.py", "space.deep.Deep", "plugin/plugin.space.deep.Deep"},
		{"plugin/plugin/a.py", "d.Deep", "plugin/plugin.space.deep.Deep"},
	} {
		p := NewProgram(shop, []string{"/w"})
		file := path.Join("/w", test.file)
		p.Put(file, Extract(file, []byte(shop[file])))
		got := ""
		if typ, ok := p.Session().Lookup(p.File(file), test.name); ok {
			got = typ.Ref().String()
		}
		if got != test.want {
			t.Errorf("%s in %s is %q, want %q", test.name, test.file, got, test.want)
		}
	}
}

// TestBases follows the bases of a class.
func TestBases(t *testing.T) {
	p := NewProgram(shop, []string{"/w"})
	const file = "/w/src/shop/user/models.py"
	p.Put(file, Extract(file, []byte(shop[file])))
	s := p.Session()
	user, ok := s.Type(facts.Ref{Package: "shop.user.models", Name: "User"})
	if !ok {
		t.Fatal("there is no User")
	}
	var got []string
	for _, f := range user.Fields() {
		got = append(got, f.Type.Ref().String())
	}
	if want := []string{"shop.db.Base", "shop.db.Mixin"}; !slices.Equal(got, want) {
		t.Errorf("the bases are %v, want %v", got, want)
	}
	if user.Shape() != facts.Struct || user.Fields()[0].Type.Shape() != facts.Unknown {
		t.Error("a class is not a struct, or a variable is one")
	}
	if again := s.Declared(p.File(file)); len(again) != 1 || again[0] != user {
		t.Errorf("the file declares %v", again)
	}
}

// TestPutTellsWhatChanged tells changes of meaning from those of places.
func TestPutTellsWhatChanged(t *testing.T) {
	p := NewProgram(memory{}, []string{"/w"})
	for _, step := range []struct {
		src     string
		changed bool
	}{
		{"class A: x = f('a')", true},
		{"# comment\nclass A:\n\n  x = f( 'a' )", false},
		{"class A: x = f('b')", true},
		{"class A:\n  x = f('b')\n  def g(self): return 1", true},
		{"class A:\n  x = f('b')\n  def g(self): return 2", false},
	} {
		if got := p.Put("/w/a.py", Extract("/w/a.py", []byte(step.src))); got != step.changed {
			t.Errorf("%q: changed is %v", step.src, got)
		}
	}
	if !p.Put("/w/a.py", nil) || p.Put("/w/a.py", nil) {
		t.Error("a file that goes away changes what there is, once")
	}
	if p.Size() != 0 || p.Holds("/w/a.py") {
		t.Error("a file that is gone is still held")
	}
}

// TestSources reads where a project says that its packages lie.
func TestSources(t *testing.T) {
	for _, test := range []struct{ name, file, text, want string }{
		{"none", "pyproject.toml", "", "src"},
		{"setuptools finds", "pyproject.toml", "[tool.setuptools.packages.find]\nwhere = ['lib', '.']", "lib src"},
		{"setuptools lists", "pyproject.toml", "[tool.setuptools]\npackages = ['a']\npackage-dir = {'' = 'code'}", "code src"},
		{"Poetry", "pyproject.toml", "[tool.poetry]\npackages = [{include = 'a', from = 'python/lib'}]", "python/lib src"},
		{"PDM", "pyproject.toml", "[tool.pdm.build]\npackage-dir = 'backend'", "backend src"},
		{"Hatch", "pyproject.toml", "[tool.hatch.build.targets.wheel]\npackages = ['app/a', 'b']", "app src"},
		{"broken", "pyproject.toml", "[tool.pdm.build]\npackage-dir = 'x'\n[[[", "src x"},
		{"outside", "pyproject.toml", "[tool.pdm.build]\npackage-dir = '../x'", "src"},
		{"setup.cfg finds", "setup.cfg", "[options.packages.find]\n# here\nwhere = lib\n", "lib src"},
		{"setup.cfg maps", "setup.cfg", "[options]\npackage_dir =\n    a = b\n    =code\nname = x", "code src"},
	} {
		t.Run(test.name, func(t *testing.T) {
			l := newLayout(memory{"/w/" + test.file: test.text}, []string{"/w"})
			if got := strings.Join(l.projectOf("/w").sources, " "); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}
