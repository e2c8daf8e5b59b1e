"""JSON that is no statute: folders hold much of it, and a walk passes it over like any other format."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from tongwen.decode.statute_fields import names

KIND = ".json without a statute"
"""What such files are called where they are counted."""

_HEAD = 1 << 16  # bytes: the name of a statute and its articles are fields that stand before all long ones
_ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be")


def is_foreign(path: Path) -> bool:
    """Whether a file in JSON names none of a statute's own fields in its head. One that cannot be read is not."""
    if path.suffix.lower() != ".json":
        return False
    try:
        if not path.is_file():
            return False
        with path.open("rb") as file:
            head = file.read(_HEAD).lower()
    except OSError:
        return False
    return not any(sign in head for sign in _signs())


@cache
def _signs() -> list[bytes]:
    fields = [*names("title"), *names("parts")]
    escaped = [json.dumps(field)[1:-1].lower().encode() for field in fields]
    return [field.encode(encoding) for field in fields for encoding in _ENCODINGS] + escaped
