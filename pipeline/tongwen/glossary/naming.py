"""What makes two writings one name, and which language a text of a jurisdiction is in."""

from __future__ import annotations

import re
from functools import cache

from tongwen.lexicon import rows
from tongwen.normalise import convert, fold

SHORTEST = 2  # characters of a name that is looked for: 毒 stands in every other word

_WIDE = r"[\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003ffff，。、；：（）“”]"
_HANZI = r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
_MADE = re.compile(r"t-[0-9a-f]{12}")
_BLANKS = re.compile(r"\s+")
_MARKS = " \t\n\u3000、，。；：,;:.*·•—"
_PAIRS = (("《", "》"), ("〈", "〉"), ("“", "”"), ("‘", "’"), ("「", "」"), ("『", "』"), ('"', '"'))


def name_key(text: str) -> str:
    """The key under which a name is known: both scripts, letter case and the blanks of print aside."""
    key = fold(text).strip()
    if not _BLANKS.search(key):
        return key
    return _BLANKS.sub(" ", key if key.isascii() else _layout().sub("", key))


@cache
def _layout() -> re.Pattern[str]:
    """Blanks beside a Chinese character, which are the print's. Made when it is needed: that takes milliseconds."""
    return re.compile(rf"(?<={_WIDE})\s+|\s+(?={_WIDE})")


def bare(printed: str) -> str:
    """A name without the marks that stand around it in a sentence: 《专利法》, “X”, 、X; empty where none is left."""
    name, before = printed.strip(_MARKS), ""
    while name != before:
        before = name
        for opening, closing in _PAIRS:
            name = _unpaired(name, opening, closing).strip(_MARKS)
    return name if sum(map(str.isalpha, name)) > 1 else ""


def _unpaired(name: str, opening: str, closing: str) -> str:
    if name.startswith(opening) and name.endswith(closing) and opening not in name[1:]:
        return name[1:-1]
    return name.strip(opening + closing) if (opening in name) != (closing in name) else name


def spoken(written: str, printed: str) -> bool:
    """Whether ``printed`` is how ``written`` is printed: WHO is no who, and ART no art."""
    return not capitals(written) or capitals(printed)


def capitals(text: str) -> bool:
    """Whether a name is written in capital letters, as acronyms are."""
    letters = [c for c in text if c.isascii() and c.isalpha()]
    return len(letters) > 1 and sum(c.isupper() for c in letters) * 2 > len(letters)


def same_writing(written: str, printed: str) -> bool:
    """Whether ``printed`` is the form ``written``, but for the case of Latin letters and the blanks of print."""
    alike = written.isascii() and spoken(written, printed) and name_key(written) == name_key(printed)
    return written == printed or alike


def written_in(text: str, language: str) -> str:
    """The language of a name in a text tagged ``language``: Latin letters alone are English, and Chinese in an English
    text is of the script in which it stays as it is."""
    if text.isascii():
        return "en"
    if language.startswith("zh") or not re.search(_HANZI, text):
        return language
    return "zh-Hans" if convert(text, "hans") == text else "zh-Hant"


def id_of(key: str) -> str:
    """The id of a concept that only texts know: the same for the same name, whatever else the library holds."""
    from hashlib import sha256  # noqa: PLC0415  loads OpenSSL, and a query needs no id

    return f"t-{sha256(key.encode('utf-8', 'surrogatepass')).hexdigest()[:12]}"


def is_made(concept: str) -> bool:
    """Whether an id is one that ``id_of`` makes."""
    return _MADE.fullmatch(concept) is not None


def regional(language: str, jurisdiction: str) -> str:
    """The language tag of a document's terms, by ``lexicon/jurisdictions.tsv``."""
    asked = fold(jurisdiction)
    return next((tag for of, pattern, tag in _regions() if of == language and pattern.search(asked)), language)


@cache
def _regions() -> list[tuple[str, re.Pattern[str], str]]:
    return [(of, re.compile(pattern), tag) for of, pattern, tag, _reason in rows("jurisdictions.tsv")]
