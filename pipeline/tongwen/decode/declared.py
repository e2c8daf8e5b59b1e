"""The encoding that a file itself, or the manifest, declares."""

from __future__ import annotations

import re
from collections.abc import Mapping

from tongwen.model import Format, Json

_HEAD = 4096  # bytes: the standard looks at 1,024, but real pages put comments and scripts first
_PLACES: Mapping[Format, re.Pattern[bytes]] = {
    "html": re.compile(
        rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w:.-]+)|<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w:.-]+)", re.I
    ),
    "markdown": re.compile(rb"\A---[^\n]*\n(?:[^\n]+\n){0,50}?(?:encoding|charset):[ \t]*[\"']?([\w:.-]+)", re.I),
    "text": re.compile(rb"\A[^\n]*-\*-.*?coding:[ \t]*([\w:.-]+).*?-\*-", re.I),
}


def declared_encoding(data: bytes, form: Format, said: Mapping[str, Json]) -> str | None:
    """The name as declared, not yet looked up; the manifest's word goes before the file's own."""
    if "encoding" in said:
        return str(said["encoding"])
    match = _PLACES[form].search(data[:_HEAD])
    return next(group for group in match.groups() if group).decode("ascii", "replace") if match else None
