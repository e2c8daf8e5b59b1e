"""A generation: a table of contents, named by its number and its checksum (``17-5f3a9c2e``).

It is JSON: Whoosh's own is a pickle, which runs what it holds, and an index may be a gift.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from zlib import crc32

from tongwen.search.whoosh_engine.codec import NAME, Segment
from tongwen.search.whoosh_engine.sealed import damaged
from tongwen.settling import settle

CONTENTS = rf"_{NAME}_(\d+)\.toc"
OWN = rf"{NAME}_[0-9a-z]+\.(?:trm|pst)|_{NAME}_\d+\.toc.*"


def read(folder: Path, generation: str | None) -> list[Segment]:
    """Raises ``IndexDamaged``: the checksum is compared before a byte is interpreted."""
    if generation is None:
        return []
    file = _file(folder, generation)
    try:
        if file.exists() and not file.is_file():
            raise damaged(file, "it is no regular file")  # a pipe may never end
        content = file.read_bytes()
    except OSError as error:
        raise damaged(file, error.strerror or "it cannot be read") from error
    if f"{crc32(content):08x}" != generation.partition("-")[2]:
        raise damaged(file, "its content has changed")
    try:
        return [Segment.kept(row) for row in json.loads(content)]
    except (ValueError, TypeError, LookupError, AttributeError, OverflowError, RecursionError) as error:
        raise damaged(file, "it is no table of contents") from error


def write(folder: Path, segments: list[Segment]) -> str:
    """The new generation's name, when all of its files are on the disk to stay."""
    number = 1 + max(_numbers(folder), default=0)
    content = json.dumps([segment.row() for segment in segments], separators=(",", ":")).encode()
    file = folder / f"_{NAME}_{number}.toc"
    file.write_bytes(content)
    settle([file, folder, folder.parent])
    return f"{number}-{crc32(content):08x}"


def tidy(folder: Path, keep: str | None) -> None:
    """Deletes what ``keep`` does not use; what a damaged ``keep`` uses cannot be known, so then nothing goes."""
    used = {file for segment in read(folder, keep) for file in segment.files(folder).values()}
    if keep is not None:
        used.add(_file(folder, keep))
    for file in folder.iterdir() if folder.is_dir() else ():
        if re.fullmatch(OWN, file.name) and file not in used:
            file.unlink(missing_ok=True)


def _number(generation: str) -> int:
    number = generation.partition("-")[0]
    return int(number) if number.isdecimal() else 0


def _numbers(folder: Path) -> list[int]:
    found = (re.fullmatch(CONTENTS, file.name) for file in folder.iterdir())
    return [int(match[1]) for match in found if match]


def _file(folder: Path, generation: str) -> Path:
    return folder / f"_{NAME}_{_number(generation)}.toc"
