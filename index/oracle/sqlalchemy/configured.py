"""Tells in full what SQLAlchemy configures of packages of models.

The arguments are names of packages, each with a module `base` whose `Base` is the root of
the classes that its module `models` imports. One JSON object is printed for each: by the
names of relationships, all that they are configured to be.
"""
import importlib
import json
import sys
import warnings

import sqlalchemy


def of(mapper):
    return "%s.%s" % (mapper.class_.__module__, mapper.class_.__name__)


def columns(found):
    return sorted(str(c) for c in found)


def pairs(found):
    return sorted("%s -> %s" % pair for pair in found or ())


def order(prop):
    return [str(c) for c in prop.order_by] if prop.order_by else []


def condition(found):
    """A join, whose sides may be written in either order."""
    return sorted(str(found).split(" = ")) if found is not None else None


def told(prop):
    """All of a relationship that users can tell from another."""
    return {
        "target": of(prop.mapper),
        "direction": prop.direction.name,
        "uselist": prop.uselist,
        "secondary": str(prop.secondary) if prop.secondary is not None else None,
        "primaryjoin": condition(prop.primaryjoin),
        "secondaryjoin": condition(prop.secondaryjoin),
        "pairs": pairs(prop.local_remote_pairs),
        "copies": pairs(prop.synchronize_pairs),
        "secondary copies": pairs(prop.secondary_synchronize_pairs),
        "remote": columns(prop.remote_side),
        "reverse": sorted("%s.%s" % (of(p.parent), p.key) for p in prop._reverse_property),
        "cascade": sorted(prop.cascade),
        "lazy": prop.lazy,
        "order": order(prop),
        "collection": getattr(prop.collection_class, "__name__", None) if prop.collection_class not in (None, list) else None,
        "options": {
            name: str(getattr(prop, name))
            for name in (
                "viewonly", "post_update", "passive_deletes", "passive_updates", "single_parent",
                "join_depth", "load_on_pending", "enable_typechecks", "innerjoin", "distinct_target_key", "sync_backref",
            )
        },
    }


def relationships(registry):
    found = {}
    for mapper in registry.mappers:
        for prop in mapper.relationships:
            found["%s.%s" % (of(mapper), prop.key)] = dict(told(prop), inherited=prop.parent is not mapper)
    return found


def main():
    for package in sys.argv[1:]:
        said = {"package": package, "version": sqlalchemy.__version__}
        base = None
        with warnings.catch_warnings(record=True) as warned:
            warnings.simplefilter("always")
            try:
                base = importlib.import_module(package + ".base").Base
                importlib.import_module(package + ".models")
                base.registry.configure()
                said["relationships"] = relationships(base.registry)
            except Exception as e:  # whatever it is, it is what users would see
                said["error"] = "%s: %s" % (type(e).__name__, e)
        said["warnings"] = len(warned)
        if base is not None:
            base.registry.dispose()
        print(json.dumps(said, sort_keys=True))


if __name__ == "__main__":
    main()
