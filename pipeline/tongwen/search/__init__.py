"""A query in, hits out: ``search``. What is looked for and found is described in docs/search.md.

Each part is imported when it is asked for: who only needs to know an engine must not wait for what searches.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tongwen.later import attributes

if TYPE_CHECKING:
    from tongwen.search.hits import search
    from tongwen.search.library import Library
    from tongwen.search.results import Hit, Results

__all__ = ["Hit", "Library", "Results", "search"]

__getattr__ = attributes(__name__, {"Hit": "results", "Library": "library", "Results": "results", "search": "hits"})
