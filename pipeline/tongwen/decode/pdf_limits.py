"""What a PDF may need; two of the limits are set in the environment, and looked at before any file is read."""

from __future__ import annotations

import os

from tongwen.errors import UsageError

PAGES, SECONDS, MEGABYTES = 10_000, 240, 2048
"""Pages; seconds; mebibytes of memory (on POSIX). Settings change the first two."""

PAGES_SETTING, SECONDS_SETTING = "TONGWEN_MAX_PDF_PAGES", "TONGWEN_MAX_PDF_SECONDS"


def pages_and_seconds() -> tuple[int, int]:
    """:raises UsageError: one is set to something else than a positive number"""
    return _setting(PAGES_SETTING, PAGES), _setting(SECONDS_SETTING, SECONDS)


def _setting(name: str, default: int) -> int:
    value = os.environ.get(name, "")
    if value and (not value.isdecimal() or int(value) == 0):
        raise UsageError(f"{name} is {value!r}, not a positive number.", f"Set it to {default}, say.")
    return int(value or default)
