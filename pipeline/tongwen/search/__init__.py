"""A query in, hits out: ``search``. What is looked for and found is described in docs/search.md."""

from __future__ import annotations

from tongwen.search.hits import search
from tongwen.search.library import Library
from tongwen.search.results import Hit, Results

__all__ = ["Hit", "Library", "Results", "search"]
