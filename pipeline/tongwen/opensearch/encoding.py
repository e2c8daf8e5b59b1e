"""Between rows as the store packs them and what JSON can hold, both ways without loss."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterable, Sequence
from hashlib import sha256
from itertools import pairwise
from typing import Any

from tongwen.search import grams

BYTES = "b64"
ESCAPE = "\\"
JOINT = "\x02"  # between the tokens of a pair: a token that holds it is it alone
HALF = re.compile("[\ud800-\udfff]")  # half of a surrogate pair, which no UTF-8 can hold


def to_json(row: Iterable[Any]) -> list[Any]:
    """Bytes become ``{"b64": …}``; a row holds nothing else that JSON cannot."""
    return [{BYTES: to_text(cell)} if isinstance(cell, bytes) else cell for cell in row]


def from_json(row: Iterable[Any]) -> tuple[Any, ...]:
    return tuple(to_bytes(cell[BYTES]) if isinstance(cell, dict) else cell for cell in row)


def to_text(content: bytes) -> str:
    return base64.b64encode(content).decode("ascii")


def to_bytes(text: str) -> bytes:
    return base64.b64decode(text)


def keyword(text: str) -> str:
    """``text`` as a field can hold it: itself, but where it has half a surrogate pair or begins like an escape."""
    if HALF.search(text) or text.startswith(ESCAPE):
        return ESCAPE + json.dumps(text)
    return text


def unkeyword(kept: str) -> str:
    return str(json.loads(kept[1:])) if kept.startswith(ESCAPE) else kept


def identity(doc: str) -> str:
    """Under what a document is kept: an id of any length, from any file system."""
    return sha256(doc.encode("utf-8", "surrogatepass")).hexdigest()[:40]


def token(token: str) -> str:
    """Half of a surrogate pair as a token that no text can have: of several characters, the first a control."""
    return HALF.sub(lambda half: f"\x01{ord(half[0]):x}", token)


def pairs(row: Sequence[str]) -> list[str]:
    """A row of tokens as terms that stand one after the other: a token alone, or every pair of neighbours."""
    row = list(map(token, row))
    return [left + JOINT + right for left, right in pairwise(row)] or row


def passage(key_text: str) -> dict[str, Any]:
    """What is indexed of a passage: its tokens, between spaces, their number, and the words and numbers among them."""
    tokens = grams.tokens(key_text)
    words = sorted({one for one in tokens if grams.is_word(one)})
    return {"tokens": token(" ".join(tokens)), "length": len(tokens), "words": words}
