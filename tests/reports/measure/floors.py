"""Pinned floors: what was reached once on exactly this set, and may not fall without somebody saying so.

``floors.toml`` holds the counts and the hash of the set, and precision and recall of each kind in each dialect.
"""

from __future__ import annotations

import hashlib
import math
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from reports.measure.tally import Tally

FILE = Path(__file__).resolve().parent.parent / "floors.toml"

Figures = Mapping[str, Mapping[str, Tally]]

_HEAD = """\
# Written by `scripts/measure-reports --pin`. A figure below its floor fails tests/test_reports.py.
# Floors rise by pinning again; one falls only by `--pin --lower "why"`, and the reason is kept here.
"""


def read() -> dict[str, Any]:
    return tomllib.loads(FILE.read_text("utf-8")) if FILE.exists() else {"set": {}, "floors": {}, "lowered": []}


def identity(folder: Path) -> dict[str, Any]:
    """The set by its counts and by one hash over the names and bytes of its files and truths."""
    files = sorted(f for part in ("files", "truth") for f in (folder / part).iterdir())
    digest = hashlib.sha256()
    for file in files:
        digest.update(f"{file.name}\0{file.stat().st_size}\0".encode() + file.read_bytes())
    reports = {f.name.partition(".")[0] for f in files}
    return {"reports": len(reports), "files": len(files) - len(reports), "sha256": digest.hexdigest()}


def fallen(figures: Figures, pinned: Mapping[str, Any]) -> Iterator[str]:
    """Each figure that is below its floor, or is not measured any more."""
    for dialect, kinds in pinned.items():
        for kind, floors in kinds.items():
            tally = figures.get(dialect, {}).get(kind)
            if tally is None:
                yield f"{dialect} {kind}: not measured any more"
                continue
            for name, value, floor in zip(("precision", "recall"), _pair(tally), floors, strict=True):
                if value < floor:
                    yield f"{dialect} {kind}: {name} {value:.3f}, the floor is {floor:.3f}"


def pin(figures: Figures, folder: Path, why: str | None) -> list[str]:
    """Writes the floors, unless one would fall and no reason is given: those are returned."""
    before = read()
    lower = list(fallen(figures, before["floors"]))
    if lower and why is None:
        return lower
    reasons = [*before.get("lowered", []), *(f"{row}: {why}" for row in lower)]
    FILE.write_text("\n".join(_lines(figures, identity(folder), reasons)), "utf-8")
    return []


def _pair(tally: Tally) -> tuple[float, float]:
    """Rounded down, so that a floor is never above what was reached."""
    return math.floor(tally.precision * 1000) / 1000, math.floor(tally.recall * 1000) / 1000


def _lines(figures: Figures, known: Mapping[str, Any], reasons: list[str]) -> Iterator[str]:
    yield _HEAD + "lowered = [" + "".join(f"\n  {_quoted(reason)}," for reason in reasons) + "]\n"
    yield f'[set]\nreports = {known["reports"]}\nfiles = {known["files"]}\nsha256 = "{known["sha256"]}"\n'
    for dialect, kinds in sorted(figures.items()):
        yield f'[floors."{dialect}"]'
        for kind, tally in kinds.items():
            precision, recall = _pair(tally)
            yield f'"{kind}" = [{precision}, {recall}]  # of {tally.expected}'
        yield ""


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
