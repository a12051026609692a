"""Tells what SQLAlchemy makes of packages of models.

The arguments are names of packages in the working folder, each with a module `base`, in which
`registries` are those of its classes, or `Base` is their root, and modules of classes. One
JSON object is printed for each.
"""
import importlib
import json
import os
import sys
import warnings

import sqlalchemy
from sqlalchemy import exc


def attribute(mappers, column):
    """The id of the attribute that a column is, on the highest class that has it."""
    mappers = [m for m in mappers if m.local_table is column.table]
    mappers.sort(key=lambda m: len(list(m.iterate_to_root())))
    for mapper in mappers:
        if column in mapper._columntoproperty:
            prop = mapper.get_property_by_column(column)
            if prop.parent is mapper and prop.key in mapper.class_.__dict__:
                return "%s.%s.%s" % (mapper.class_.__module__, mapper.class_.__name__, prop.key)
    return "%s.%s" % (column.table.name, column.name)


def name(mapper, key=None):
    base = "%s.%s" % (mapper.class_.__module__, mapper.class_.__name__)
    return base if key is None else "%s.%s" % (base, key)


def written(prop):
    return prop.synchronize_pairs + prop.secondary_synchronize_pairs


def relations(mappers):
    made = set()
    for mapper in mappers:
        for prop in mapper.relationships:
            if prop.parent is mapper and prop.backref:
                backref = prop.backref if isinstance(prop.backref, str) else prop.backref[0]
                made.add((prop.mapper, backref))
    out = []
    for mapper in mappers:
        for prop in mapper.relationships:
            if prop.parent is not mapper:
                continue
            kind = {"MANYTOONE": "belongs-to", "MANYTOMANY": "many-to-many"}.get(prop.direction.name)
            if kind is None:
                kind = "has-many" if prop.uselist else "has-one"
            relation = {"id": name(mapper, prop.key), "kind": kind, "target": name(prop.mapper)}
            if prop.secondary is not None:
                relation["joinTable"] = prop.secondary.name
                relation["joinKeys"] = [c.name + " -> " + attribute(mappers, r) for r, c in written(prop)]
            else:
                relation["keys"] = sorted(attribute(mappers, k) + " -> " + attribute(mappers, r) for r, k in prop.synchronize_pairs)
            relation["inverses"] = sorted(name(p.parent, p.key) for p in prop._reverse_property)
            relation["made"] = (mapper, prop.key) in made
            relation["oneSided"] = one_sided(prop)
            others = [p for p in prop._reverse_property if apart(prop, p)]
            relation["apart"] = sorted(name(p.parent, p.key) for p in others if mutual(prop, p) and not prop.viewonly and not p.viewonly)
            relation["strayed"] = bool(others)
            out.append(relation)
    return out


def one_sided(prop):
    """Whether the relationship names another one that does not name it back."""
    if not prop.back_populates or prop.viewonly:
        return False
    other = prop.mapper.get_property(prop.back_populates)
    same = "MANYTOMANY" in (prop.direction.name, other.direction.name) and prop.direction is not other.direction
    return not other.viewonly and not other.back_populates and not same


def mutual(prop, other):
    """Whether two relationships name each other."""
    return prop.back_populates == other.key and other.back_populates == prop.key


def apart(prop, other):
    """Whether the two sides of a pair are kept in different places."""
    return set(written(prop)) != set(written(other))


def load(package):
    """Runs the modules of a package, and configures what they map."""
    base = importlib.import_module(package + ".base")
    registries = getattr(base, "registries", None) or [base.Base.registry]
    try:
        for file in sorted(os.listdir(package)):
            if file.endswith(".py") and file not in ("__init__.py", "base.py"):
                importlib.import_module(package + "." + file[:-3])
        for registry in registries:
            registry.configure(cascade=True)
        for registry in registries:
            for table in registry.metadata.tables.values():
                for key in table.foreign_keys:
                    key.column
        mappers = [mapper for registry in registries for mapper in registry.mappers]
        if getattr(base, "instances", False):
            for mapper in mappers:
                mapper.class_()
        return relations(mappers)
    finally:
        for registry in registries:
            registry.dispose(cascade=True)


def main():
    for package in sys.argv[1:]:
        world = {"package": package, "version": sqlalchemy.__version__}
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            try:
                world["relations"] = load(package)
            except Exception as e:  # whatever it is, it is what users would see
                world["error"] = "%s: %s" % (type(e).__name__, e)
        world["warnings"] = [str(w.message) for w in caught if issubclass(w.category, exc.SAWarning)]
        print(json.dumps(world))


if __name__ == "__main__":
    main()
