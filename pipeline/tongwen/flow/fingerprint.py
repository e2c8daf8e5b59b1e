"""By what code, tables and libraries a file was read: when any of them changes, what they made is stale.

The source of the stages and of the types is part of it, so that nobody has to remember to count up a number, and so are
the tables that they name; the search engines are not, since what they keep is filled from the store and has a revision
of its own, nor the glossary, which is drawn together afterwards.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from tongwen import model

HOME = Path(model.__file__).parent
# What does not change how a file is read. All else does, so that a new stage is not forgotten.
BESIDE = {
    "cli",
    "flow",
    "search",
    "store",
    "export",
    "candidates",
    "exchange",
    "glossary",
    "concept.py",
    "settling.py",
    "segment.py",
    "errors.py",
    "__init__.py",
    "lexicon",
    "__pycache__",
    "py.typed",
}
ORDER = "flow/processing.py"  # of the stages
LIBRARIES = ("opencc", "jieba", "rjieba", "beautifulsoup4", "lxml", "pypdfium2")

Components = dict[str, str]


class Code(NamedTuple):
    """``state`` names the files of the code as they lie on the disk; the same state has the same components."""

    state: str
    components: Components

    @property
    def note(self) -> str:
        """What a later run need not find out again."""
        return json.dumps([self.state, stamp(self.components), self.components])


def code_of(note: str | None) -> Code:
    """The present code, from an earlier ``note`` where no file of it has changed since, as Python itself decides for
    what it has compiled: by size and time. A library that is put in or taken out changes the folder it lies in."""
    state = _state()
    try:
        noted, name, known = json.loads(note or "")
        if noted == state and name == stamp(known):
            return Code(state, known)
    except (ValueError, TypeError):
        pass  # there is none, or it is damaged
    return Code(state, components())


def _state() -> str:
    files = sorted((name, status.st_size, status.st_mtime_ns) for name, status in _looked_at(str(HOME)))
    libraries = [(place, os.stat(place).st_mtime_ns) for place in sys.path if os.path.isdir(place)]  # noqa: PTH112, PTH116
    return _short(repr((files, libraries)).encode())


def _looked_at(folder: str) -> Iterator[tuple[str, os.stat_result]]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir() and entry.name != "__pycache__":
                yield from _looked_at(entry.path)
            elif entry.name.endswith((".py", ".tsv")):
                yield entry.path, entry.stat()


def components() -> Components:
    """What the present code is made of: name to short hash or version."""
    stages = [*sorted(place.name for place in HOME.iterdir() if _is_stage(place)), ORDER]
    code = b"".join(source.read_bytes() for stage in stages for source in _sources(HOME / stage))
    read = [table for table in sorted(HOME.glob("lexicon/*.tsv")) if table.name.encode() in code]
    return {
        **{f"the code of {stage.removesuffix('.py')}": _hash(_sources(HOME / stage)) for stage in stages},
        **{f"the table {table.name}": _hash([table]) for table in read},
        **{library: _version(library) for library in LIBRARIES},
    }


def _is_stage(place: Path) -> bool:
    return place.name not in BESIDE and (place.suffix == ".py" or (place / "__init__.py").exists())


def code(*names: str) -> str:
    """A short name for what these modules and packages are now, of which something was made that is kept."""
    return _short("".join(_hash(_sources(HOME / name)) for name in names).encode())


def stamp(of: Components) -> str:
    """One short name for all components together."""
    return _short(json.dumps(of, sort_keys=True).encode())


def changes(before: Components, now: Components) -> list[str]:
    """One phrase for each component that differs, as a person would say it."""
    names = sorted(before.keys() | now.keys())
    return [_change(name, before.get(name), now.get(name)) for name in names if before.get(name) != now.get(name)]


def reasons(stamps: Iterable[str], meta: Callable[[str], str | None], now: Components) -> list[str]:
    """What differs between ``now`` and the code that ``stamps`` name, said once; ``meta`` knows their components."""
    said: dict[str, None] = {}
    for name in sorted(set(stamps) - {stamp(now)}):
        before = meta(f"fingerprint {name}")
        said |= dict.fromkeys(changes(json.loads(before), now) if before else ["it was read by unknown code"])
    return list(said)


def _change(name: str, before: str | None, now: str | None) -> str:
    if before is None:
        return f"{name} is new"
    if now is None:
        return f"{name} is gone"
    return f"{name} {before} became {now}" if name in LIBRARIES else f"{name} changed"


def _sources(place: Path) -> list[Path]:
    return sorted(place.rglob("*.py")) if place.is_dir() else [place]


def _hash(files: Iterable[Path]) -> str:
    return _short(b"\0".join(file.read_bytes() for file in files))


def _short(data: bytes) -> str:
    return sha256(data).hexdigest()[:16]


def _version(library: str) -> str:
    from importlib.metadata import PackageNotFoundError, version  # noqa: PLC0415  it reads mail, for which it is slow

    try:
        return version(library)
    except PackageNotFoundError:
        return "none"
