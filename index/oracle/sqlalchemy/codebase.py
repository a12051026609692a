"""Tells what SQLAlchemy makes of a code base as it is checked out.

usage: codebase.py DIR GLOB...

The modules below DIR that match a pattern and speak of relationships are imported, from the
folders around their packages; what they import in turn and is not installed is made up
(absent.py). One JSON object is printed: the relationships as rells tells of them (truth.py),
and all that they are configured to be (configured.py).
"""
import glob
import importlib
import json
import os
import re
import sys
import traceback
import warnings

import sqlalchemy
from sqlalchemy import exc
from sqlalchemy.orm.mapper import _all_registries

import configured
import truth
from absent import make_up

speaks = re.compile(rb"\brelation(ship)?\s*\(|\bbackref\s*\(", re.IGNORECASE)
revision = re.compile(rb"^down_revision\b", re.MULTILINE)  # of Alembic: no code of the program's


def module_of(path, root):
    """The folder from which the module of a file is imported, and its name: the one around
    the outermost package, whose inner ones may have no __init__.py."""
    around = folder = os.path.dirname(path)
    while len(folder) > len(root):
        if os.path.exists(os.path.join(folder, "__init__.py")):
            around = os.path.dirname(folder)
        folder = os.path.dirname(folder)
    names = os.path.relpath(path[: -len(".py")], around).split(os.sep)
    return around, ".".join(names[:-1] if names[-1] == "__init__" else names)


def modules(root, patterns):
    """The modules to import, by their paths, in order."""
    found = {}
    for pattern in patterns:
        for path in sorted(glob.glob(os.path.join(root, pattern), recursive=True)):
            if not path.endswith(".py"):
                continue
            with open(path, "rb") as file:
                text = file.read()
                if speaks.search(text) and not revision.search(text):
                    found[path] = module_of(path, root)
    return found


def load(found):
    """Imports modules, and tells of those that cannot be."""
    failed = {}
    for path, (_, module) in found.items():
        try:
            importlib.import_module(module)
        except (Exception, SystemExit) as e:  # whatever a module does when it is run
            failed[path] = "%s: %s" % (type(e).__name__, e)
            if os.environ.get("TRACE"):
                traceback.print_exc()
    return failed


def inside(relation, modules):
    """Whether all that a relation is about is declared by the code base."""
    return all(name.split(".")[0] in modules for name in (relation["id"], relation["target"]))


def configure(said, own):
    """Has all registries configured, and tells of each that is refused. Relations that lead
    to what is installed are left out: nobody who reads the code base alone can know them."""
    said["errors"], said["relationships"], said["relations"], said["models"] = [], {}, [], []
    for registry in list(_all_registries()):
        try:
            registry.configure()
            for mapper in list(registry.mappers):
                said["models"].append(truth.name(mapper))
            said["relations"].extend(r for r in truth.relations(registry.mappers) if inside(r, own))
            said["relationships"].update(configured.relationships(registry))
        except Exception as e:
            said["errors"].append("%s: %s" % (type(e).__name__, e))
            if os.environ.get("TRACE"):
                traceback.print_exc()


def main():
    out, sys.stdout = sys.stdout, sys.stderr  # of the modules' own words nothing is for us
    root = os.path.abspath(sys.argv[1])
    found = modules(root, sys.argv[2:])
    folders = list(dict.fromkeys(folder for folder, _ in found.values()))
    sys.path[:0] = folders
    own = {os.path.splitext(name)[0] for folder in folders for name in os.listdir(folder)}
    make_up(own)
    said = {"version": sqlalchemy.__version__}
    with warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always")
        failed = load(found)
        configure(said, own)
    said["imported"] = len(found) - len(failed)
    said["failed"] = {os.path.relpath(path, root): why for path, why in failed.items()}
    said["warnings"] = sorted({str(w.message) for w in warned if issubclass(w.category, exc.SAWarning)})
    json.dump(said, out, sort_keys=True, default=str)


if __name__ == "__main__":
    main()
