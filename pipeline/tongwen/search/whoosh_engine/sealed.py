"""A file that is read only as it was written: no byte is given out whose block does not have the checksum it had.

Blocks are checked when they are first touched, so opening a large file costs nothing. The checksums are kept in the
generation's table of contents, and that file's own checksum is in the generation's name.
"""

from __future__ import annotations

import mmap
import struct
from array import array
from collections.abc import Callable, Sequence
from functools import wraps
from pathlib import Path
from typing import ParamSpec, TypeVar
from zlib import crc32

from whoosh.filedb.filetables import FileFormatError

from tongwen.errors import IndexDamaged
from tongwen.search.whoosh_engine.codec import Plain

Given = ParamSpec("Given")
Value = TypeVar("Value")

BLOCK = 1 << 16
REBUILD = "Rebuild it with `tongwen index --full`; your texts are not touched."


def damaged(file: Path, why: str) -> IndexDamaged:
    return IndexDamaged(f"The search index file {file} is damaged ({why}).", REBUILD)


_FAULTS = (ValueError, TypeError, LookupError, AttributeError, ArithmeticError, RecursionError, AssertionError)


def interpreting(function: Callable[Given, Value]) -> Callable[Given, Value]:
    """For what takes an engine's files apart: checksums that fit do not say that Tongwen wrote them."""

    @wraps(function)
    def interpreted(*given: Given.args, **named: Given.kwargs) -> Value:
        try:
            return function(*given, **named)
        except (*_FAULTS, struct.error, FileFormatError) as error:
            message = f"The search index is damaged ({type(error).__name__}: {error})."
            raise IndexDamaged(message, REBUILD) from error

    return interpreted


def seals(file: Path) -> list[int]:
    """The size of the file, then the checksum of each of its blocks."""
    with file.open("rb") as opened:
        return [file.stat().st_size, *(crc32(block) for block in iter(lambda: opened.read(BLOCK), b""))]


class Sealed(Plain):
    """What Whoosh's readers expect of a file, over a memory map. Raises ``IndexDamaged``."""

    def __init__(self, file: Path, expected: Sequence[int]) -> None:
        self._file = file
        self._size, self._expected = expected[0], array("L", expected[1:])
        self._sound = bytearray(len(self._expected))
        self._map = self._mapped()
        self._at = 0
        super().__init__(self, name=file.name)

    def _mapped(self) -> mmap.mmap | bytes:
        try:
            if self._file.exists() and not self._file.is_file():
                raise damaged(self._file, "it is no regular file")  # a pipe may never end
            with self._file.open("rb") as opened:
                size = self._file.stat().st_size
                if size != self._size:
                    raise damaged(self._file, f"it has {size} bytes instead of {self._size}")
                return mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ) if size else b""
        except OSError as error:
            raise damaged(self._file, error.strerror or "it cannot be read") from error

    def get(self, position: int, length: int) -> bytes:
        with self.view(position, position + length) as view:
            return view.tobytes()

    def view(self, position: int, end: int) -> memoryview:
        """The bytes where they lie; it must be released before ``close``."""
        if not 0 <= position <= end <= self._size:
            raise damaged(self._file, "an entry points outside of it")
        first, last = position // BLOCK, (end - 1) // BLOCK + 1
        if not all(self._sound[first:last]):
            self._check(first, last)
        with memoryview(self._map) as view:
            return view[position:end]

    def check(self) -> None:
        """The same for all blocks at once."""
        self._check(0, len(self._expected))

    def _check(self, first: int, last: int) -> None:
        for block in range(first, last):
            if not self._sound[block]:
                with memoryview(self._map) as view, view[block * BLOCK : (block + 1) * BLOCK] as content:
                    if crc32(content) != self._expected[block]:
                        raise damaged(self._file, f"block {block} has changed")
                self._sound[block] = 1

    def read(self, length: int = -1) -> bytes:
        left = self._size - self._at
        content = self.get(self._at, left if length < 0 else min(length, left))
        self._at += len(content)
        return content

    def readline(self) -> bytes:
        end = self._map.find(b"\n", self._at) + 1
        return self.read((end or self._size) - self._at)

    def seek(self, offset: int, whence: int = 0) -> None:
        self._at = offset + (0, self._at, self._size)[whence]

    def tell(self) -> int:
        return self._at

    def close(self) -> None:
        self.is_closed = True
        if isinstance(self._map, mmap.mmap):
            self._map.close()
