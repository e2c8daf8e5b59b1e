"""Numbers as Chinese legal texts print them: 十二, 一百二十三, 一○一, 廿一, 12, XII, (a), ①, 甲.

Works on search keys (Simplified, half-width), so 兩/两 and ２/2 need no rows of their own.
"""

from __future__ import annotations

import re

DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0, "O": 0, "两": 2, "0": 0}
UNITS = {"十": 10, "百": 100, "千": 1000}
TENS = {"廿": 20, "卅": 30, "卌": 40}
STEMS = "甲乙丙丁戊己庚辛壬癸"
BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
FORMAL = "壹贰叁肆伍陆柒捌玖拾参"
ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}
WORDS = {
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "eleven": 11,
    "twelve": 12,
    "thirteen": 13,
    "fourteen": 14,
    "fifteen": 15,
    "sixteen": 16,
    "seventeen": 17,
    "eighteen": 18,
    "nineteen": 19,
    "twenty": 20,
}

CHINESE = "〇零○一二三四五六七八九十百千两廿卅卌"
"""The characters a Chinese numeral is made of, for character classes."""

_FORMAL = str.maketrans(FORMAL, "一二三四五六七八九十三")
_CHINESE = re.compile(rf"[{CHINESE}]+")
_POSITIONAL = re.compile(r"[〇零○一二三四五六七八九]{2,}")


def chinese(text: str) -> int | None:
    """``一百零三`` → 103, ``一○三`` → 103, ``廿一`` → 21; None where it is no numeral."""
    if not _CHINESE.fullmatch(text):
        return None
    if _POSITIONAL.fullmatch(text):
        return int("".join(str(DIGITS[c]) for c in text))
    total, digit = 0, None
    for c in text:
        if c in UNITS:
            total += (1 if digit in (None, 0) else digit) * UNITS[c]
            digit = None
        elif c in TENS:
            total += TENS[c]
        else:
            digit = DIGITS[c]
    return total + (digit or 0)


def formal(text: str) -> int | None:
    """``拾贰`` → 12: the figures of documents that must not be altered; headings of administrative rules."""
    return chinese(text.translate(_FORMAL))


def roman(text: str) -> int | None:
    """``xii`` → 12; None where it is not in the normal form."""
    if not text or any(c not in ROMAN for c in text):
        return None
    values = [ROMAN[c] for c in text]
    total = sum(-v if v < following else v for v, following in zip(values, [*values[1:], 0], strict=True))
    return total if to_roman(total) == text else None


def number(text: str) -> int | None:
    """Arabic or Chinese digits; a Roman numeral is asked for by name, since ``i`` is also a letter."""
    if text.isascii() and text.isdigit():
        return int(text)
    return chinese(text)


def to_roman(value: int) -> str:
    """Lower-case Roman numeral of a positive number."""
    table = zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        ("m", "cm", "d", "cd", "c", "xc", "l", "xl", "x", "ix", "v", "iv", "i"),
        strict=True,
    )
    out = []
    for weight, letters in table:
        count, value = divmod(value, weight)
        out.append(letters * count)
    return "".join(out)


def to_chinese(value: int) -> str:
    """12 → 十二, 103 → 一百零三 (Simplified and Traditional print the same), 10000 → 10000."""
    if value > 9999:  # 万 is 萬 in Traditional
        return str(value)
    if value < 10:
        return "零一二三四五六七八九"[value]
    out, gap = "", False
    for weight, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, value = divmod(value, weight)
        if digit:
            out += ("零" if gap else "") + "一二三四五六七八九"[digit - 1] + unit
        gap = bool(out) and digit == 0 and value > 0
    return out[1:] if out.startswith("一十") else out
