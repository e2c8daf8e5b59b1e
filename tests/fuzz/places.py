"""Where seeds come from: the cases of the tests, and the real data where there is some."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from functools import cache
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

from fuzz.target import LARGEST

ROOT = Path(__file__).resolve().parents[2]
CASES = ROOT / "tests" / "cases"
KEPT = CASES / "fuzz"
"""Findings, each an input in the folder of its target."""

DATA = Path(os.environ.get("TONGWEN_DATA", ROOT.parent / "shared"))


def files(*patterns: str, most: int = 40) -> Iterator[bytes]:
    """The beginnings of files of the project, spread over what there are; a pattern is a path below its root."""
    return _some(ROOT, patterns, most)


def real(*patterns: str, most: int = 40) -> Iterator[bytes]:
    return _some(DATA, patterns, most)


def _some(folder: Path, patterns: tuple[str, ...], most: int) -> Iterator[bytes]:
    for pattern in patterns:
        found = [path for path in sorted(folder.glob(pattern)) if path.is_file()]
        for path in islice(found, 0, None, max(len(found) // most, 1)):
            yield path.read_bytes()[:LARGEST]


@cache
def scratch() -> Path:
    """A folder of this process's own that goes with it."""
    folder = TemporaryDirectory(prefix="tongwen-fuzz-")
    _kept.append(folder)
    return Path(folder.name)


_kept: list[TemporaryDirectory[str]] = []


def words(*tables: str) -> Iterator[str]:
    """What stands in the first two columns of tables of the lexicon: what the rules look for."""
    from tongwen.lexicon import rows  # noqa: PLC0415  an instrumented import must come first

    for table in tables:
        for row in rows(table):
            yield from (cell for cell in row[:2] if 0 < len(cell) < 40)


_ESCAPED = {"\\n": "\n", "\\t": "\t", "\\r": "\r", "\\e": "\x1b", "\\c": "\x9b", "\\u": "\u2028", "\\\\": "\\"}


def dictionary(*names: str) -> Iterator[str]:
    """What is worth to be put into an input of a format: the lines of ``words/NAME.txt``."""
    for name in names:
        for line in (Path(__file__).parent / "words" / f"{name}.txt").read_text("utf-8").split("\n")[:-1]:
            yield re.sub(r"\\.", lambda match: _ESCAPED[match[0]], line)
