"""The search engine's files with bytes changed: found out, or of no account.

The input is a list of changes, of eight bytes each: which file, where, what. Where the first byte of all is odd, the
checksums are made to fit, as who means harm would do: then it is told as damage, or something else is found.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any
from zlib import crc32

from fuzz import laws, places
from fuzz.target import Target
from tongwen.errors import IndexDamaged
from tongwen.search.engine import Home, Term
from tongwen.search.whoosh_engine import WhooshIndex
from tongwen.search.whoosh_engine.sealed import seals

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
    writer = WhooshIndex.writer(Home(folder), None)
    for key, text in enumerate(_TEXTS * 40, 1):
        writer.add(key, f"doc{key // 7}", 0, text)
    return folder, writer.commit()


def _asked(folder: Path, generation: str) -> Any:
    reader = WhooshIndex.reader(Home(folder), generation)
    try:
        phrases = map(reader.phrase, _TERMS)
        found = [{doc: phrase.rows(doc) for doc in phrase.docs} for phrase in phrases]
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
    for change in (data[at : at + 8] for at in range(1, len(data) - 7, 8)):
        _change(files[change[0] % len(files)], change)
    harm = bool(data) and data[0] % 2 == 1
    try:
        found = _asked(copy, _sealed(copy, generation) if harm else generation)
    except IndexDamaged as fault:
        return str(fault)
    laws.holds(harm or found == expected, "damage is not found out and changes what is found")
    return None


def _sealed(folder: Path, generation: str) -> str:
    """The generation's new name, when the checksums fit again; of what is no JSON any more, that of the file alone."""
    contents = next(folder.glob("*.toc"))
    try:
        told = json.loads(contents.read_bytes())
        for segment in told:
            files = {ext: next(folder.glob(f"*{ext}")) for ext in segment["seals"]}
            segment["seals"] = {ext: seals(file) for ext, file in files.items()}
        contents.write_text(json.dumps(told), "utf-8")
    except (ValueError, TypeError, LookupError, AttributeError, StopIteration):
        pass
    return f"{generation.partition('-')[0]}-{crc32(contents.read_bytes()):08x}"


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
        yield bytes((0, file, 0, 0, 0, 5, 2, 255, 0))
        yield bytes((1, file, 0, 0, 0, 90, 2, 255, 0))
        yield bytes((1, file, 0, 0, 3, 5, 2, 0, 0))
        yield bytes((0, file, 0, 0, 9, 5, 1, 0, 0))
        yield bytes((1, file, 0, 0, 1, 5, 0, 0, 0))


TARGETS = (Target("engine", _engine, _seeds, text=False),)
