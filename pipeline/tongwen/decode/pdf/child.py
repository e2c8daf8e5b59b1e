"""The process that reads one PDF, so that a fault of the C library or a hostile file costs that file alone.

It gets the file on stdin after a line with its bounds, and writes the outcome to stdout. ``__init__`` starts it.
"""

from __future__ import annotations

import gc
import pickle
import sys
from contextlib import suppress

from tongwen.decode.content import Content
from tongwen.decode.pdf.document import read_sheets
from tongwen.decode.pdf.library import Broken, Locked, named, open_document, sheets

Outcome = Content | str
"""What was read, or why it was not: ``locked``, ``broken``, ``empty`` or ``pages N``."""


def read(data: bytes, most_pages: int) -> Outcome:
    try:
        document = open_document(data)
    except Locked:
        return "locked"
    except Broken:
        return "broken"
    if len(document) > most_pages:
        return f"pages {len(document)}"
    return read_sheets(sheets(document), named(document))


def bound(megabytes: int, seconds: int) -> None:
    """Bounds this process's memory and time, where the system can."""
    with suppress(ImportError):
        import resource  # noqa: PLC0415  # POSIX has it, Windows has not

        resource.setrlimit(resource.RLIMIT_AS, (megabytes * 2**20, megabytes * 2**20))
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main() -> None:
    megabytes, seconds, most_pages = map(int, sys.stdin.buffer.readline().split())
    bound(megabytes, seconds)
    gc.disable()  # millions of small objects without a cycle: looking for one takes a third of the time
    outcome = read(sys.stdin.buffer.read(), most_pages)
    sys.stdout.buffer.write(pickle.dumps(outcome))


if __name__ == "__main__":
    main()
