"""Text → its search key, of the same length: every glyph variant of a character has one key.

Laws: ``len(fold(t)) == len(t)``, ``fold(fold(t)) == fold(t)``, ``fold(a) + fold(b) == fold(a + b)``. So a span of the
key is the same span of the original, and a piece of a text has the key that it has inside the text.

The fold goes character by character by ``lexicon/fold.tsv``, which ``scripts/build-fold`` makes from OpenCC's
dictionaries; it is loaded from ``fold_pairs.tsv``, the same without its sources. OpenCC's own conversion looks at the
words around a character, so it is not safe to slice: it serves the display alone, in ``convert``.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Literal

from tongwen import lexicon
from tongwen.model import Text

if TYPE_CHECKING:
    from opencc import OpenCC

Script = Literal["hans", "hant"]

# Never a configuration whose name ends in p: those change words (程序 into 進程) and with them the length. s2tw writes
# 為 and 裡, as Traditional texts do nearly everywhere, where s2t has 爲 and 裏.
CONFIGURATIONS: dict[Script, str] = {"hans": "t2s", "hant": "s2tw"}

# Half of a pair, as a broken file may hold it: it cannot be written in UTF-8, which OpenCC asks for.
LONE_SURROGATES = "([\ud800-\udfff]+)"


def normalise(text: str) -> Text:
    return Text(text, fold(text))


def fold(text: str) -> str:
    """The key of ``text``: Simplified, half width, lower case, without diacritics, dashes and quotes as in ASCII.

    Line breaks stay line breaks, other white space becomes a space; what stands for more than itself (㈠, ①, ﬁ) stays.
    """
    return text.translate(_table() if len(text) < _LONG or _beyond(text) else _list())


def convert(text: str, script: Script) -> str:
    """``text`` in the other script, for display only: spans of the original need not fit it.

    Word by word by OpenCC's standard configurations without regional vocabulary; both keep the length of ordinary
    text. What comes out is a reading aid, not a quotation: it must be marked as converted.
    """
    converter = _converter(CONFIGURATIONS[script])
    return "".join(
        piece if re.match(LONE_SURROGATES, piece) else converter.convert(piece)
        for piece in re.split(LONE_SURROGATES, text)
    )


_LONG = 1_000  # characters, from which it pays to make the list


def _beyond(text: str) -> bool:
    """Whether a character is not of the basic plane: it takes four bytes, and encoding is faster than looking."""
    return len(text.encode("utf-16-le", "surrogatepass")) > 2 * len(text)


@cache
def _list() -> list[int]:
    """The key of every character of the basic plane, at its place: looked up in half the time."""
    table = _table()
    return [table[code] for code in range(0x10000)]


class _Table(dict[int, int]):
    """Remembers what is its own key too, or ``str.translate`` would raise and catch an error at each such character."""

    def __missing__(self, code: int) -> int:
        self[code] = code
        return code


@cache
def _table() -> _Table:
    (characters, keys, _), (named, of_named, _) = lexicon.rows("fold_pairs.tsv")
    table = _Table(str.maketrans(characters, keys))
    table.update(zip(map(_code, named.split(" ")), map(_code, of_named.split(" ")), strict=True))
    return table


def _code(name: str) -> int:
    return int(name[2:], 16)


@cache
def _converter(configuration: str) -> OpenCC:
    from opencc import OpenCC  # noqa: PLC0415  loads its dictionaries: only who converts shall wait for that

    return OpenCC(configuration)
