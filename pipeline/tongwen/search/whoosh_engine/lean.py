"""What importing Whoosh costs for nothing, avoided: import this module before it.

``whoosh.reading`` takes ``cached_property`` from a package of that name, which loads asyncio, some 40 ms that every
search would wait for. The standard library has had the same descriptor since Python 3.8.

The three modules of Whoosh that a search needs import others that a search does not call, and these are two thirds of
what they load. While the three load, a ``_Later`` stands in for each of these.
"""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable
from importlib import import_module
from types import ModuleType
from typing import Any

try:
    from _md5 import md5  # type: ignore[import-not-found]  # without OpenSSL, which takes as long to load as all three
except ImportError:
    from hashlib import md5

NEEDED = ("whoosh.compat", "whoosh.filedb.structfile", "whoosh.filedb.filetables")
UNCALLED = ("hashlib", "html", "pickle", "queue", "random", "urllib.request")


class _Later(ModuleType):
    """What is called of it is the real module's, which is imported then."""

    def __getattr__(self, name: str) -> Callable[..., Any]:
        def called(*given: object, **named: object) -> Any:
            return getattr(import_module(self.__name__), name)(*given, **named)

        return called


def _import_needed() -> None:
    """Whoever else asks for the real ones gets them."""
    absent = [name for name in UNCALLED if name not in sys.modules]
    sys.modules.update({name: _Later(name) for name in absent})
    try:
        *_, tables = map(import_module, NEEDED)
    finally:
        for name in absent:
            del sys.modules[name]
    vars(tables)["md5"] = md5  # every term that is looked up


def _without_asyncio() -> None:
    stand_in = ModuleType("cached_property", __doc__)
    vars(stand_in)["cached_property"] = functools.cached_property
    sys.modules.setdefault("cached_property", stand_in)


_without_asyncio()
_import_needed()
