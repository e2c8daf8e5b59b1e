"""Reading one encoding with a mark at each place that cannot be read.

``MARK`` is a lone surrogate: no valid text holds one, so what it marks cannot be confused with a U+FFFD in the file.
"""

from __future__ import annotations

import codecs
from functools import cache

from tongwen.lexicon import rows

MARK = "\udc80"
_HANDLER = "tongwen-mark"


@cache
def _labels() -> dict[str, tuple[str, str]]:
    return {label: (name, codec) for name, codec, labels, _ in rows("encodings.tsv") for label in labels.split()}


def encoding_of(label: str) -> str | None:
    """The encoding's name in the standard for a name found in a file; None where it is unknown or not to be read."""
    name, codec = _labels().get(label.strip().lower(), ("", "-"))
    return None if codec == "-" else name


def codec_of(encoding: str) -> str:
    """The codec for a name that ``encoding_of`` has given."""
    return _labels()[encoding][1]


def read_marked(data: bytes, codec: str) -> str:
    """``data`` as text, with a ``MARK`` for each ill-formed sequence. For any codec of Python's own."""
    return data.decode(codec, _HANDLER)


def _mark(fault: UnicodeError) -> tuple[str, int]:
    """Where to go on: after the whole ill-formed sequence in Unicode, after one byte elsewhere."""
    if not isinstance(fault, UnicodeDecodeError):
        raise fault
    if not fault.encoding.lower().replace("_", "-").startswith("utf"):
        return MARK, fault.start + 1
    surrogate = fault.encoding.endswith("8") and fault.object[fault.start] == 0xED
    if surrogate and len(fault.object) > fault.start + 2 and 0xA0 <= fault.object[fault.start + 1] <= 0xBF:
        return MARK, fault.start + 3  # a lone surrogate, written as three bytes
    return MARK, fault.end


codecs.register_error(_HANDLER, _mark)
