"""Makes up the modules that are not installed, so that a code base can be imported.

Nothing that SQLAlchemy is told by a code base itself is touched. What comes from a module
that is made up is an `Absent`: it can be called, asked for anything, decorated with, and
inherited from, which adds nothing to a class. Where it stands for the type of a column, the
column gets a type that nothing is known of.
"""
import importlib.abc
import importlib.machinery
import sys
import types

import sqlalchemy
from sqlalchemy.orm.decl_api import DeclarativeMeta
from sqlalchemy.sql import sqltypes, type_api


class Opaque(type_api.UserDefinedType):
    """A type of columns that an absent module declares."""

    cache_ok = True

    def get_col_spec(self, **options):
        return "OPAQUE"


class Absent:
    """Whatever an absent module holds."""

    __path__ = []  # it may be a module

    def __init__(self, name):
        self.__name__ = self.__qualname__ = name
        self.__module__ = "absent"

    def __getattr__(self, name):
        # Python and SQLAlchemy ask by such names what a thing is able to.
        if name.startswith("__") and not name.startswith("__pydantic_") or name.startswith("_sa_") or name.startswith("_is_") or name == "_set_parent":
            raise AttributeError(name)
        if name == "_sqla_type":
            return True  # see opaque
        value = Absent(name)
        self.__dict__[name] = value
        return value

    def __call__(self, *args, **options):
        if len(args) == 3 and isinstance(args[1], tuple) and isinstance(args[2], dict):
            return type(*args)  # it is a metaclass
        if len(args) == 1 and not options and isinstance(args[0], (types.FunctionType, type, property, classmethod)):
            return args[0]  # it is a decorator
        return Absent(self.__name__)

    def __mro_entries__(self, bases):
        return (Heir,) if Heir not in bases and all(type(base) is type for base in bases if base is not self) else ()

    def __instancecheck__(self, value):
        return False

    def __subclasscheck__(self, value):
        return False

    def __getitem__(self, key):
        return self

    def __setitem__(self, key, value):
        pass

    def __iter__(self):
        return iter(())

    def __contains__(self, item):
        return False

    def __len__(self):
        return 0

    def __bool__(self):
        return True

    def __int__(self):
        return 1

    __index__ = __int__

    def __float__(self):
        return 1.0

    def __str__(self):
        return "1:1"  # that of a setting, too, which is taken apart

    def __fspath__(self):
        return "/"

    def __enter__(self):
        return self

    def __exit__(self, *error):
        return False

    def __lt__(self, other):
        return False

    __gt__ = __le__ = __ge__ = __lt__

    def __or__(self, other):
        return self

    __ror__ = __and__ = __rand__ = __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __or__
    __truediv__ = __rtruediv__ = __mod__ = __rmod__ = __lshift__ = __rshift__ = __pow__ = __or__

    def __neg__(self):
        return self

    __invert__ = __neg__


class Inherited(DeclarativeMeta):
    """The class of classes that inherit from an absent one, which are mapped or not, by
    whichever of SQLAlchemy's bases."""

    def __init__(cls, name, bases, members, **options):
        mapped = any(type(c) is DeclarativeMeta for c in cls.__mro__)
        (DeclarativeMeta if mapped else type).__init__(cls, name, bases, members)

    def __getattr__(cls, name):
        if name.startswith("__") and not name.startswith("__pydantic_") or name.startswith("_sa_") or any("_sa_registry" in c.__dict__ for c in cls.__mro__):
            raise AttributeError(name)
        return Absent(name)


class Heir(metaclass=Inherited):
    """What classes inherit that inherit from an absent one."""

    def __init_subclass__(cls, **options):
        pass

    def __init__(self, *args, **options):
        pass

    def __getattr__(self, name):
        if name.startswith("_"):
            raise AttributeError(name)
        return Absent(name)


class Module(types.ModuleType):
    """A module that is not installed."""

    __path__ = []

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        value = Absent(name)
        setattr(self, name, value)
        return value


class Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Finds what nothing else does, outside of a code base and Python itself."""

    def __init__(self, own):
        self.known = set(own) | set(sys.stdlib_module_names) | {"sqlalchemy"}

    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in self.known:
            return None
        return importlib.machinery.ModuleSpec(name, self, is_package=True)

    def create_module(self, spec):
        return Module(spec.name)

    def exec_module(self, module):
        pass


def make_up(own):
    """From now on, modules that are not found are made up, but for the packages own."""
    sys.meta_path.append(Finder(own))
    instance_of = type_api.to_instance

    def opaque(kind, *args, **options):
        return Opaque() if isinstance(kind, Absent) else instance_of(kind, *args, **options)

    type_api.to_instance = opaque
    for module in (sqltypes, sys.modules["sqlalchemy.sql.schema"]):
        if hasattr(module, "to_instance"):
            module.to_instance = opaque
    # There is no driver of a database, and nothing is to be connected to.
    for module, name in ((sqlalchemy, "create_engine"), (sqlalchemy.engine, "create_engine"), (sqlalchemy.engine.url, "make_url")):
        setattr(module, name, Absent(name))
