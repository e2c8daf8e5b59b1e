"""What importing Whoosh costs for nothing, avoided: import this module before it.

``whoosh.reading`` takes ``cached_property`` from a package of that name, which loads asyncio, some 40 ms that every
search would wait for. The standard library has had the same descriptor since Python 3.8.

The modules of Whoosh that a search needs import others that a search does not use: two thirds of what they load.
"""

from __future__ import annotations

import functools
import sys
from types import ModuleType

from tongwen.later import standing_in

try:
    from _md5 import md5  # type: ignore[import-not-found]  # without OpenSSL, which takes longer to load than Whoosh
except ImportError:
    from hashlib import md5

UNUSED: dict[str, dict[str, object]] = {
    "hashlib": {"md5": md5},  # every term that is looked up
    "html": {},
    "pickle": {},
    "queue": {},
    "random": {},
    "urllib.request": {},
}


def _without_asyncio() -> None:
    stand_in = ModuleType("cached_property", __doc__)
    vars(stand_in)["cached_property"] = functools.cached_property
    sys.modules.setdefault("cached_property", stand_in)


_without_asyncio()
with standing_in(UNUSED):
    import whoosh.filedb.filetables
    import whoosh.filedb.structfile  # noqa: F401
