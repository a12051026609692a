"""Tells what SQLAlchemy makes of packages of models.

The arguments are names of packages in the working folder, each with a module `models`
whose `Base` is the root of all its classes. One JSON object is printed for each.
"""
import importlib
import json
import sys
import warnings

import sqlalchemy
from sqlalchemy.orm import configure_mappers

warnings.simplefilter("ignore")


def attribute(base, column):
    """The id of the attribute that a column is, on the highest class that has it."""
    mappers = [m for m in base.registry.mappers if m.local_table is column.table]
    mappers.sort(key=lambda m: len(list(m.iterate_to_root())))
    for mapper in mappers:
        if column in mapper._columntoproperty:
            prop = mapper.get_property_by_column(column)
            return "%s.%s.%s" % (mapper.class_.__module__, mapper.class_.__name__, prop.key)
    return "%s.%s" % (column.table.name, column.name)


def name(mapper, key=None):
    base = "%s.%s" % (mapper.class_.__module__, mapper.class_.__name__)
    return base if key is None else "%s.%s" % (base, key)


def relations(base):
    made = set()
    for mapper in base.registry.mappers:
        for prop in mapper.relationships:
            if prop.parent is mapper and prop.backref:
                backref = prop.backref if isinstance(prop.backref, str) else prop.backref[0]
                made.add((prop.mapper, backref))
    out = []
    for mapper in base.registry.mappers:
        for prop in mapper.relationships:
            if prop.parent is not mapper:
                continue
            kind = {"MANYTOONE": "belongs-to", "MANYTOMANY": "many-to-many"}.get(prop.direction.name)
            if kind is None:
                kind = "has-many" if prop.uselist else "has-one"
            relation = {"id": name(mapper, prop.key), "kind": kind, "target": name(prop.mapper)}
            if prop.secondary is not None:
                relation["joinTable"] = prop.secondary.name
                pairs = prop.synchronize_pairs + prop.secondary_synchronize_pairs
                relation["joinKeys"] = [c.name + " -> " + attribute(base, r) for r, c in pairs]
            else:
                relation["keys"] = sorted(attribute(base, k) + " -> " + attribute(base, r) for r, k in prop.synchronize_pairs)
            inverses = sorted(name(p.parent, p.key) for p in prop._reverse_property)
            relation["inverses"] = inverses
            relation["made"] = (mapper, prop.key) in made
            out.append(relation)
    return out


for package in sys.argv[1:]:
    world = {"package": package, "version": sqlalchemy.__version__}
    base = None
    try:
        module = importlib.import_module(package + ".base")
        base = module.Base
        importlib.import_module(package + ".models")
        base.registry.configure()
        world["relations"] = relations(base)
    except Exception as e:  # whatever it is, it is what users would see
        world["error"] = "%s: %s" % (type(e).__name__, e)
    if base is not None:
        base.registry.dispose()
    print(json.dumps(world))
