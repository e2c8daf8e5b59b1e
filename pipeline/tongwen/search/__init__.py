"""A query in, hits out: ``search``. What is looked for and found is described in docs/search.md."""

from __future__ import annotations

from tongwen.search.hits import Hit, Results, search
from tongwen.search.library import Library

__all__ = ["Hit", "Library", "Results", "search"]
