"""``manifest.toml``: what a folder says about its files, and the files themselves cannot."""

from __future__ import annotations

import datetime
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from math import isfinite
from pathlib import Path

from tongwen.decode.beside import read_beside
from tongwen.decode.codecs import encoding_of
from tongwen.decode.files import printable, relative
from tongwen.model import Json, Problem

NAME = "manifest.toml"
KEYS = ("title", "language", "date", "jurisdiction", "source", "licence", "translation_of", "encoding")
PASSED_OVER = "index"  # = false: the file is no document
DEEPEST = 100  # parts of a dotted key: what the standard library takes for them grows with their square
LANGUAGES = ("zh-Hans", "zh-Hant", "en", "und")


_DOTTED = re.compile(rf"(?<![\w\"'-])(?:[\w\"'-]++[ \t]*+\.[ \t]*+){{{DEEPEST}}}")


@dataclass(frozen=True, slots=True)
class Manifest:
    """``entries``: path below the folder (as ``relative`` writes it) to what is said of it."""

    entries: Mapping[str, Mapping[str, Json]] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    def about(self, path: Path, root: Path) -> Mapping[str, Json]:
        return self.entries.get(relative(path, root), {})


EMPTY = Manifest()


def load_manifest(folder: Path) -> Manifest:
    """The manifest of a folder, empty where there is none. What is wrong in it is told in ``problems``."""
    path = folder / NAME
    try:
        text = read_beside(path)
        if _DOTTED.search(text):
            raise ValueError(f"a key has more than {DEEPEST} parts")
        from tomllib import loads  # noqa: PLC0415  few folders have a manifest

        tables = loads(text)
    except (FileNotFoundError, NotADirectoryError):
        return EMPTY
    except (OSError, ValueError, RecursionError) as fault:
        message = f"{path} cannot be read: {fault or type(fault).__name__}."
        return Manifest({}, (Problem("manifest-unreadable", message, "Correct it; until then no entry counts."),))
    problems: list[Problem] = []
    entries = {_plain(name): _entry(folder, name, table, problems) for name, table in tables.items()}
    return Manifest({name: entry for name, entry in entries.items() if entry}, tuple(problems))


def _plain(name: str) -> str:
    """``./a//b.txt`` is a/b.txt, however its characters are composed."""
    return printable(os.path.normpath(name))


def _entry(folder: Path, name: str, table: object, problems: list[Problem]) -> dict[str, Json]:
    if not isinstance(table, dict):
        problems.append(_problem(name, "is not a table", f'Begin an entry with ["{name}"] on a line of its own.'))
        return {}
    place = _place(folder, name)
    if place is None:
        problems.append(_problem(name, "is no file of this folder", "Write the path below the folder."))
    elif place.is_dir():
        problems.append(_problem(name, "is a folder", "Give each file in it an entry of its own."))
    return {key: value for key, raw in table.items() if (value := _value(name, key, raw, problems)) is not None}


def _place(folder: Path, name: str) -> Path | None:
    """What is meant below ``folder``, however the characters of its name are composed; None where there is nothing."""
    if os.pardir in Path(name).parts or Path(name).is_absolute():
        return None
    place = folder
    try:
        for part in Path(name).parts:
            if not (place / part).exists():
                alike = (one for one in place.iterdir() if printable(one.name) == printable(part))
                place = next(alike, place / part)
            else:
                place /= part
        return place if place.exists() else None
    except (OSError, ValueError):  # such as a name that is too long for the system
        return None


def _value(name: str, key: str, raw: object, problems: list[Problem]) -> Json:
    """The value as JSON; None, with a problem, where it cannot be what ``key`` asks for."""
    value = raw.isoformat() if isinstance(raw, datetime.date | datetime.time) else raw
    if key in KEYS and not isinstance(value, str):
        problems.append(_problem(name, f"has a {key} that is no text", f'Write {key} = "…".'))
    elif key == PASSED_OVER and not isinstance(value, bool):
        problems.append(_problem(name, "has an index that is neither true nor false", "Write index = false."))
    elif key == "language" and value not in LANGUAGES:
        problems.append(_problem(name, f"has the language {value!r}", f"Write one of {', '.join(LANGUAGES)}."))
    elif key == "encoding" and encoding_of(str(value)) is None:
        problems.append(_problem(name, f"has the unknown encoding {value!r}", "Write utf-8, gb18030 or big5, say."))
    else:
        return _json(value)
    return None


def _json(value: object) -> Json:
    """TOML's values as JSON's: dates and times become text, and so do nan and inf."""
    if isinstance(value, dict):
        return {str(key): _json(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_json(item) for item in value]
    if isinstance(value, float) and not isfinite(value):
        return str(value)
    return value if isinstance(value, str | int | float | bool) else str(value)


def _problem(name: str, what: str, hint: str) -> Problem:
    return Problem("manifest-entry", f'{NAME}: the entry "{name}" {what}.', hint)
