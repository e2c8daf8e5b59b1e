"""From bytes to text, whatever the encoding."""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from functools import cache

from tongwen.model import Problem


@dataclass(frozen=True, slots=True)
class Decoded:
    text: str
    encoding: str
    problems: tuple[Problem, ...] = ()


@cache
def codec_of(label: str) -> str | None:
    try:
        return codecs.lookup(label).name
    except LookupError:
        return None


def decode_bytes(data: bytes, name: str, declared: str | None = None) -> Decoded:
    return Decoded(data.decode("utf-8-sig", "replace"), "utf-8")
