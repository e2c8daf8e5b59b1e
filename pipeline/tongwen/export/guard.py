"""What keeps a text from being more than a text where it is opened."""

from __future__ import annotations

import re

# OWASP, CSV Injection: what a spreadsheet runs. White space and invisible characters before it are passed over by some.
_FORMULA = re.compile(r"[\t\r\n]|[\s\x00-\x20\x7f-\xa0\u200b-\u200f\u2060\ufeff]*[=+\-@＝＋－＠]")
_NUMBER = re.compile(r"-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?", re.ASCII)
_NOT_SHOWN_SO = re.compile(r"-?0[\d,]|-[0.]*$")  # 007 would be shown as 7, and -0.0 as 0.0
_PRECISE = 15  # digits
_UNWRITABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def is_number(text: str) -> bool:
    """Whether ``text`` is a plain number: digits, with a minus, commas between thousands and a point at most."""
    return _NUMBER.fullmatch(text) is not None


def holds_as_number(text: str) -> bool:
    """Whether a spreadsheet can hold ``text`` as a number and show it just so."""
    return is_number(text) and not _NOT_SHOWN_SO.match(text) and sum(map(str.isdigit, text)) <= _PRECISE


def is_formula(text: str) -> bool:
    """Whether a spreadsheet might run ``text``."""
    return _FORMULA.match(text) is not None and not is_number(text)


def inert(text: str) -> str:
    """``text`` for a CSV file: with an apostrophe before it where it would be run, else unchanged."""
    return f"'{text}" if is_formula(text) else text


def shielded(text: str) -> str:
    """``text`` for a CSV file that will be read back: as ``inert``, and ``unshielded`` gives it back exactly.

    So a text that has apostrophes of its own before what would be run gets one more.
    """
    return f"'{text}" if is_formula(text.lstrip("'")) else text


def unshielded(text: str) -> str:
    """What ``shielded`` was given."""
    return text[1:] if text.startswith("'") and is_formula(text.lstrip("'")) else text


def writable(text: str) -> str:
    """``text`` with U+FFFD for every character that XML 1.0 forbids or advises against, such as control characters."""
    return _UNWRITABLE.sub("\ufffd", text)
