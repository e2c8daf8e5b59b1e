"""What importing Whoosh costs for nothing, avoided: import this module before it.

``whoosh.reading`` takes ``cached_property`` from a package of that name, which loads asyncio, some 40 ms that every
search would wait for. The standard library has had the same descriptor since Python 3.8.
"""

from __future__ import annotations

import functools
import sys
from types import ModuleType

if "cached_property" not in sys.modules:
    stand_in = ModuleType("cached_property", __doc__)
    stand_in.cached_property = functools.cached_property  # type: ignore[attr-defined]
    sys.modules["cached_property"] = stand_in
