"""A query in, hits out: ``search``. What is looked for and found is described in docs/search.md.

Each part is imported when it is asked for: who only needs to know an engine must not wait for what searches.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tongwen.search.hits import search
    from tongwen.search.library import Library
    from tongwen.search.results import Hit, Results

__all__ = ["Hit", "Library", "Results", "search"]

_HOMES = {"Hit": "results", "Library": "library", "Results": "results", "search": "hits"}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
