"""Bytes that change in what is stored."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

from tongwen.errors import TongwenError
from tongwen.flow import repair, verify
from tongwen.store import NAME, pages
from torture_ground import Ground, picture, stored
from torture_trial import Work, flip, trial

HALF = 0.5
MENDED = 20  # every so many flips, the index is mended too, which takes longer than to find them


class Flips:
    """In an index that a run has ended, and in one that a run was killed in, whose log is still there."""

    def __init__(self, here: Ground, engines: Sequence[str]) -> None:
        self._here, self._engines = here, engines

    def __call__(self, seed: int) -> tuple[str, str]:
        chance = random.Random(seed)
        engine = self._engines[seed % len(self._engines)]
        index, file = self._choice(engine, chance)
        name = file.suffix.lstrip(".") if file.parent != index else file.name
        back = flip(file, chance)
        try:
            told = self._told(index)
            assert told, f"a changed byte in {file.name} was not found"
        finally:
            back()
        if seed // len(self._engines) % MENDED == 0:
            self._mended(engine, seed)
        return f"{engine}: byte of {name}", "found"

    def _choice(self, engine: str, chance: random.Random) -> tuple[Path, Path]:
        """Of a stopped run what it wrote last: most else that is there counts no more."""
        if chance.random() < HALF:
            stopped = self._here.state(engine, "stopped") / "index"
            return stopped, stopped / chance.choice([f"{NAME}-wal", pages.NAME])
        index = self._here.state(engine, "new") / "index"
        return index, chance.choice(stored(index)) if chance.random() < HALF else index / NAME

    def _told(self, index: Path) -> str:
        try:
            return " ".join(fault.told for fault in verify(index).faults)
        except TongwenError as fault:
            return str(fault)

    def _mended(self, engine: str, seed: int) -> None:
        def prepare(folder: Path, chance: random.Random) -> None:
            flip(chance.choice(stored(folder / "index")), chance)

        with trial(self._here, Work(engine, "nothing", (), "new", prepare), seed) as (tried, _):
            done, after = repair(tried.index, verify(tried.index))
            assert not after.faults, (done, after.faults)
            assert picture(tried.index) == self._here.after, done
