"""Numbers as Word prints them: ECMA-376 part 1, section 17.18.59 (ST_NumberFormat); rows of number_formats.tsv."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from types import MappingProxyType

from tongwen.lexicon import rows
from tongwen.numerals import to_chinese, to_roman

_CHINESE = "零一二三四五六七八九十百千"
_LARGEST = 9999  # beyond, and where a format has no figure, Word too prints Arabic digits
_LARGEST_ROMAN = 3999
_MOST_LETTERS = 30
_TEENS = range(10, 20)


def printed(value: int, form: str) -> str:
    """``value`` in a format by its name in the standard; in Arabic digits where the format or its figure is unknown."""
    way, figures = _formats().get(form, ("arabic", ""))
    return _WAYS[way](value, figures) or str(value)


@cache
def _formats() -> dict[str, tuple[str, str]]:
    return {form: (way, figures) for form, way, figures, _ in rows("number_formats.tsv")}


def _arabic(value: int, figures: str) -> str:
    """With digits of their own where the format has them."""
    return str(value).translate(str.maketrans("0123456789", figures)) if figures and value >= 0 else ""


def _listed(value: int, figures: str) -> str:
    """A figure of its own for each number; as many numbers as there are figures."""
    listed = figures.split()
    return listed[value - 1] if 0 < value <= len(listed) else ""


def _repeated(value: int, figures: str) -> str:
    """a … z, aa, bb …: Word does not count aa, ab."""
    times, place = divmod(value - 1, len(figures))
    return figures[place] * (times + 1) if 0 <= times < _MOST_LETTERS else ""


def _counted(value: int, figures: str) -> str:
    """一百零一; ``figures`` are zero to nine, ten, hundred and thousand."""
    return to_chinese(value).translate(str.maketrans(_CHINESE, figures)) if 0 <= value <= _LARGEST else ""


def _counted_below_hundred(value: int, figures: str) -> str:
    """九十九, and from then on digit by digit: 一〇〇."""
    return _counted(value, figures) if value < 100 else _arabic(value, figures[:10])


def _counted_in_full(value: int, figures: str) -> str:
    """壹拾贰, where the others have 十二."""
    return (figures[1] if value in _TEENS else "") + _counted(value, figures)


def _counted_barely(value: int, figures: str) -> str:
    """百一: no zero, and no one before ten, hundred and thousand."""
    full = to_chinese(value) if 0 < value <= _LARGEST else ""
    for unit in _CHINESE[10:]:
        full = full.replace(f"一{unit}", unit)
    return full.replace("零", "").translate(str.maketrans(_CHINESE, figures))


def _roman(value: int, figures: str) -> str:
    lower = to_roman(value) if 0 < value <= _LARGEST_ROMAN else ""
    return lower.upper() if figures == "I" else lower


def _padded(value: int, figures: str) -> str:
    return str(value).zfill(int(figures))


def _dashed(value: int, figures: str) -> str:
    return f"{figures} {value} {figures}"


def _cycled(value: int, figures: str) -> str:
    """甲子, 乙丑 …: one figure from each of two series."""
    stems, branches = figures.split()
    return stems[(value - 1) % len(stems)] + branches[(value - 1) % len(branches)] if value > 0 else ""


def _ordinal(value: int, _: str) -> str:
    teens = value % 100 // 10 == 1
    return f"{value}{'th' if teens else {1: 'st', 2: 'nd', 3: 'rd'}.get(value % 10, 'th')}"


_WAYS: Mapping[str, Callable[[int, str], str]] = MappingProxyType(
    {
        "arabic": _arabic,
        "listed": _listed,
        "repeated": _repeated,
        "counted": _counted,
        "counted-below-hundred": _counted_below_hundred,
        "counted-in-full": _counted_in_full,
        "counted-barely": _counted_barely,
        "roman": _roman,
        "padded": _padded,
        "dashed": _dashed,
        "cycled": _cycled,
        "ordinal": _ordinal,
    }
)
