"""The search engine's files with bytes changed: found out, or of no account.

The input is a list of changes, of eight bytes each: which file (and whether its seals are made to fit), where, what.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from fuzz import laws, places
from fuzz.target import Target
from tongwen.errors import IndexDamaged
from tongwen.search.engine import Term
from tongwen.search.whoosh_engine import WhooshIndex

_TEXTS = ("第一条 本法所称毒品 drug 12", "违反规定者罚款 drugs", "報告由管制局編寫 drug report 2016")
_TERMS = (
    [Term("毒"), Term("品")],
    [Term("drug")],
    [Term("dru", "prefix")],
    [Term("第"), Term("一"), Term("条")],
    [Term("x" * 9, "infix")],
)


@cache
def _made() -> tuple[Path, str]:
    folder = places.scratch() / "engine"
    writer = WhooshIndex.writer(folder, None)
    for key, text in enumerate(_TEXTS * 40, 1):
        writer.add(key, f"doc{key // 7}", "article", text)
    return folder, writer.commit()


def _asked(folder: Path, generation: str) -> Any:
    reader = WhooshIndex.reader(folder, generation)
    try:
        found = [reader.phrase(terms) for terms in _TERMS]
        words = [reader.vocabulary(Term("r", part)) for part in ("prefix", "suffix", "infix")]  # type: ignore[arg-type]
        return found, [reader.frequency(t) for t in _TERMS], words, reader.count, reader.size, reader.lengths("doc1")
    finally:
        reader.close()


@cache
def _sound() -> Any:
    return _asked(*_made())


def _engine(data: bytes) -> Any:
    folder, generation = _made()
    expected = _sound()
    copy = places.scratch() / "damaged"
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(folder, copy)
    files = sorted(copy.iterdir())
    for change in (data[at : at + 8] for at in range(0, len(data) - 7, 8)):
        _change(files[change[0] % len(files)], change)
    try:
        found = _asked(copy, generation)
    except IndexDamaged as fault:
        return str(fault)
    laws.holds(found == expected, "damage is not found out and changes what is found")
    return None


def _change(file: Path, change: bytes) -> None:
    content = bytearray(file.read_bytes())
    at = int.from_bytes(change[1:5], "big") % (len(content) + 1)
    if change[5] % 4 == 0:
        del content[at:]
    elif change[5] % 4 == 1:
        content.insert(at, change[6])
    elif at < len(content):
        content[at] = change[6]
    file.write_bytes(bytes(content))


def _seeds() -> Iterator[bytes]:
    for file in range(3):
        yield bytes((file, 0, 0, 0, 5, 2, 255, 0))
        yield bytes((file, 0, 0, 9, 5, 1, 0, 0))
        yield bytes((file, 0, 0, 1, 5, 0, 0, 0))


TARGETS = (Target("engine", _engine, _seeds, text=False),)
