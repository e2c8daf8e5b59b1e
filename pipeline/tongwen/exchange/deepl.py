"""A glossary as CSV for DeepL: two columns without a header, for one direction.

Its limits: 10 MiB; 1,024 bytes of UTF-8 for a side; no source twice, no empty side, no blanks at the ends, no control
characters or line ends. It is made with the root code ``zh``, which serves both scripts: make one for each script.
"""

from __future__ import annotations

from collections.abc import Sequence

from tongwen.concept import Concept
from tongwen.exchange.pairs import everywhere, harmless, one_target, pairs, to_use, without_pair
from tongwen.exchange.separated import table_text
from tongwen.exchange.table_losses import lost
from tongwen.exchange.writing import Written

LARGEST = 10 << 20  # bytes
SIDE = 1_024  # bytes
_REFUSED = "\ufffd"  # what control characters have become by now


def write_deepl(concepts: Sequence[Concept], source: str, target: str) -> Written:
    usable, deprecated = to_use(pairs(concepts, source, target))
    general, scoped = everywhere(usable)
    kept, unsafe = harmless(general)
    chosen, ambiguous = one_target(kept)
    sides = [(text, pair.target.text) for text, pair in chosen.items()]
    rows = [row for row in sides if all(map(_accepted, row))]
    data, written = _within(rows)
    losses = (
        *without_pair(concepts, source, target),
        *deprecated,
        *scoped,
        *unsafe,
        *ambiguous,
        *lost(
            len(sides) - len(rows), "pair", "Left out, because a side is too long or has characters that are refused"
        ),
        *lost(len(rows) - written, "pair", "Left out, because the file would be larger than 10 MiB"),
    )
    return Written(data, losses)


def _accepted(text: str) -> bool:
    return _REFUSED not in text and len(text.encode()) <= SIDE


def _within(rows: Sequence[tuple[str, str]]) -> tuple[bytes, int]:
    """As many rows as fit, and how many that are."""
    data = bytearray()
    for number, row in enumerate(rows):
        line = table_text([row]).encode()
        if len(data) + len(line) > LARGEST:
            return bytes(data), number
        data += line
    return bytes(data), len(rows)
