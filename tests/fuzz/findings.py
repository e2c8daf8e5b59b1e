"""What was found: by what it looks like, so that one fault is told once, with its smallest input."""

from __future__ import annotations

import hashlib
import re
import traceback
from collections.abc import Callable
from pathlib import Path

from fuzz.target import Broken, Target, check

TRIES = 400
"""How often a smaller input is tried before what there is is kept."""


def fault(target: Target, data: bytes, again: bool = True) -> BaseException | None:
    """What an input makes the target raise beside what it may."""
    try:
        check(target, data, again)
    except KeyboardInterrupt:
        raise
    except BaseException as raised:
        return raised
    return None


def looks(raised: BaseException) -> str:
    """The law that is broken, or the kind of failure and the innermost place of the project's own code.

    It is the same for the same fault.
    """
    frames = traceback.extract_tb(raised.__traceback__)
    own = [frame for frame in frames if "/tongwen/" in frame.filename]
    if type(raised).__name__ == "TooSlow":
        own = own[:6]  # where time runs out is chance; on whose way it does is not
    place = own[-1] if own else frames[-1]
    if isinstance(raised, Broken):
        return re.sub(r"[\W\d_]+", "-", f"Broken {raised}".partition(":")[0])[:60]
    return f"{type(raised).__name__}-{Path(place.filename).stem}-{place.name.strip('<>')}"


def keep(folder: Path, target: Target, data: bytes, raised: BaseException) -> bool:
    """Whether the fault is new; a smaller input takes the place of a larger one."""
    name = looks(raised)
    place = folder / target.name / name
    known = next(iter(place.glob("input-*")), None)
    if known is not None and known.stat().st_size <= len(data):
        return False
    place.mkdir(parents=True, exist_ok=True)
    told = "".join(traceback.format_exception(raised))
    (place / "fault.txt").write_text(told, encoding="utf-8", errors="backslashreplace")
    (place / f"input-{hashlib.sha256(data).hexdigest()[:12]}").write_bytes(data)
    if known is not None:
        known.unlink()
    return known is None


def smallest(target: Target, data: bytes, tries: int = TRIES) -> bytes:
    """A smaller input with the same fault: pieces are taken out, large ones first."""
    raised = fault(target, data)
    if raised is None:
        return data
    name = looks(raised)

    def same(other: bytes) -> bool:
        found = fault(target, other)
        return found is not None and looks(found) == name

    return _without(data, same, tries)


def _without(data: bytes, same: Callable[[bytes], bool], tries: int) -> bytes:
    size = max(len(data) // 2, 1)
    while size and tries > 0:
        at = 0
        while at < len(data) and tries > 0:
            tries -= 1
            shorter = data[:at] + data[at + size :]
            if shorter and same(shorter):
                data = shorter
            else:
                at += size
        size //= 2
    return data
