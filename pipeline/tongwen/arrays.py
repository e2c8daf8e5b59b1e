"""Arrays of numbers as they are kept: little-endian, so that an index can move between machines."""

from __future__ import annotations

import sys
from array import array


def packed(numbers: array[int]) -> bytes:
    return _little(numbers).tobytes()


def unpacked(typecode: str, *contents: bytes | memoryview) -> array[int]:
    """Of several one after the other. Raises ``ValueError`` where one ends within a number."""
    numbers = array(typecode)
    for content in contents:
        numbers.frombytes(content)
    return _little(numbers)


def _little(numbers: array[int]) -> array[int]:
    """Between this machine's order of bytes and the one that is kept."""
    if sys.byteorder == "big":
        numbers = numbers[:]
        numbers.byteswap()
    return numbers
