"""What importing Whoosh costs for nothing, avoided: import this module before it.

* ``whoosh.reading`` takes ``cached_property`` from a package of that name, which loads asyncio, some 40 ms that every
  search would wait for. The standard library has had the same descriptor since Python 3.8.
* ``whoosh.compat`` takes ``urlretrieve`` from ``urllib.request``, which nothing in it uses and which loads HTTP, e-mail
  and TLS: half of all that Whoosh loads. While it is imported there is another of that name.
"""

from __future__ import annotations

import functools
import sys
from types import ModuleType

REQUEST = "urllib.request"


def _stand_in(name: str, **content: object) -> ModuleType:
    module = ModuleType(name, __doc__)
    vars(module).update(content)
    return module


def _without_the_network() -> None:
    """Whoever asks for the real one afterwards gets it."""
    if "whoosh.compat" in sys.modules or REQUEST in sys.modules:
        return
    sys.modules[REQUEST] = _stand_in(REQUEST, urlretrieve=None)
    try:
        import whoosh.compat  # noqa: F401, PLC0415
    finally:
        del sys.modules[REQUEST]


if "cached_property" not in sys.modules:
    sys.modules["cached_property"] = _stand_in("cached_property", cached_property=functools.cached_property)
_without_the_network()
