"""Whatever a path may hold, it stays on the line where it is told."""

from __future__ import annotations


def one_line(text: str) -> str:
    """``text`` with line breaks and control characters written as escapes."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)
