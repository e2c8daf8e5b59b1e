"""How a document drafts and cites its provisions, learnt from the document itself.

項 and 款 swap their meaning between Taiwan and the Mainland and between older and newer treaties, so nothing is
taken from the script alone. The names of the levels are rows of lexicon/conventions.tsv.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from unicodedata import normalize

from tongwen.lexicon import rows
from tongwen.model import Document, Language
from tongwen.numerals import CHINESE, to_chinese
from tongwen.structure.articles import Article
from tongwen.structure.ordinances import ordinance
from tongwen.structure.provisions import DIVISION, PARAGRAPH, Paragraph
from tongwen.structure.regions import treaty_title

_N = rf"(?:[0-9]+|[{CHINESE}]+)"
_XIANG_FIRST = re.compile(rf"条第 ?{_N} ?项|[前本]项|第 ?{_N} ?项第 ?{_N} ?款")
_KUAN_FIRST = re.compile(rf"条第 ?{_N} ?款|[前本]款|第 ?{_N} ?款第 ?\(?{_N}\)? ?项")
_XIANG = re.compile(rf"第 ?{_N} ?项")
_KUAN = re.compile(rf"第 ?{_N} ?款")
_FIGURE_KUAN = re.compile(r"第 ?[0-9]+ ?款")

# Where paragraphs are counted, 第九条第三项 may be an item of an article's only paragraph: it proves nothing.
_ABOVE = re.compile(rf"前[一二三]?([项款])|第 ?{_N} ?(?:(项)(?=第 ?{_N} ?款)|(款)(?=第 ?\(?{_N}\)? ?项))")
_OFTEN = 0.5
"""Share of a style's numbers that stand under another's before it is taken for the level below."""

_PRIOR = 3
"""References that it takes to doubt that a text in one script follows the practice of where that script is used."""


_SPELLED = re.compile("[⑴-⒇⒈-⒛㈠-㈩]")


@dataclass(frozen=True, slots=True)
class Convention:
    """``name`` is the key in conventions.tsv; ``numbered``: paragraphs carry numbers, others introduce or close."""

    name: str
    numbered: bool


def drafting(articles: Sequence[Article], title: str) -> bool:
    """Whether paragraphs are numbered: articles that have numbers begin with one.

    Only the first text counts: a Mainland article with items begins with the text that introduces them. A treaty
    numbers its paragraphs, unless a good part of its articles have several and none has a number.
    """
    bodies = [body for a in articles if (body := [p for p in a.body if not p.quoted])]
    direct = [_numbered(body[0]) for body in bodies]
    listed = [first or any(map(_numbered, body[1:])) for first, body in zip(direct, bodies, strict=True)]
    if ordinance(title) and first_level(articles) == "ar-paren":
        return True
    if treaty_title(title):
        several = [sum(p.end not in ":;" and not p.readings for p in body) > 1 for body in bodies]
        unnumbered = sum(more and not numbered for numbered, more in zip(listed, several, strict=True))
        return unnumbered <= 0.3 * len(bodies)
    return any(listed) and sum(direct) >= 0.5 * sum(listed)


def learn(articles: Sequence[Article], numbered: bool, key: str, document: Document) -> Convention:
    """The row of conventions.tsv that names this document's levels: by its own references above all."""
    language = document.language
    if language == "en":
        return Convention("en-numbered" if numbered else "en-counted", numbered)
    if numbered and ordinance(document.title) and first_level(articles) == "ar-paren":
        return Convention("hongkong", True)
    if numbered:
        return Convention(_treaty(articles, key, language), True)
    above = Counter(match[match.lastindex or 0] for match in _ABOVE.finditer(key))
    prior = _PRIOR if language == "zh-Hant" else -_PRIOR if language == "zh-Hans" else 0
    return Convention("taiwan" if above["项"] - above["款"] + prior > 0 else "mainland", False)


def _treaty(articles: Sequence[Article], key: str, language: Language) -> str:
    """Whether the first level is 項 or 款, by references to it, to any such level, and then by its numbers and where
    they are used; and whether 款 are counted in Chinese."""
    top = first_level(articles) or _main_style(articles)
    for xiang, kuan in ((_XIANG_FIRST, _KUAN_FIRST), (_XIANG, _KUAN)):
        lead = len(xiang.findall(key)) - len(kuan.findall(key))
        if lead and top != DIVISION:
            break
    else:
        lead = 1 if top == "cn-dun" and language == "zh-Hant" else -1
    if lead > 0:
        return "treaty-xiang"
    all_, figures = len(_KUAN.findall(key)), len(_FIGURE_KUAN.findall(key))
    chinese = 2 * figures < all_ if all_ else top.startswith("cn-")
    return "treaty-kuan-cn" if chinese else "treaty-kuan"


def _numbered(paragraph: Paragraph) -> bool:
    """A bare figure says where a paragraph stands that would be counted without it as well."""
    return any(not label.counts and label.style != PARAGRAPH for label in paragraph.readings)


def first_level(articles: Sequence[Article]) -> str:
    """The style with which most articles number their paragraphs: 一、 rather than (一)."""
    styles = Counter(a.body[0].readings[0].style for a in articles if a.body and a.body[0].readings)
    return max(styles, key=lambda style: styles[style], default="")


def _main_style(articles: Sequence[Article]) -> str:
    """Where a title or an introduction comes first, what most of the other paragraphs have."""
    styles = Counter(p.readings[0].style for a in articles for p in a.body if p.readings)
    return max(styles, key=lambda style: styles[style], default="")


def levels(articles: Sequence[Article]) -> dict[str, int]:
    """The level of each style of number: the depth at which it is met most ("" for paragraphs without a number)."""
    met: dict[tuple[str, int], int] = {}
    layer, depth = [child for article in articles for child in article.root.children], 0
    while layer:
        met |= {(style, depth): times for style, times in Counter([node.style for node in layer]).items()}
        layer, depth = [child for node in layer for child in node.children], depth + 1
    best: dict[str, int] = {}
    for (style, level), _times in sorted(met.items(), key=lambda item: (item[1], -item[0][1])):
        best[style] = level
    for style, above in _above(articles).items():
        best[style] = max(best[style], best[above] + 1)
    top = first_level(articles)
    if best.get(top) == 0 and not _bracketed(top):
        best |= {style: 1 for style, level in best.items() if level == 0 and _bracketed(style)}
    return best


def _bracketed(style: str) -> bool:
    """(一) right under an article is called as it is under 一、, though it stands nowhere below one."""
    return style.endswith(("-paren", "-half"))


def _above(articles: Sequence[Article]) -> dict[str, str]:
    """Numbered styles that stand under another often, never the other way: (a) under 1., though (a) may also stand
    right under an article. Styles further up come first."""
    pairs: Counter[tuple[str, str]] = Counter()
    met: Counter[str] = Counter()
    layer = [child for article in articles for child in article.root.children]
    while layer:
        met.update(node.style for node in layer)
        pairs.update((node.style, child.style) for node in layer for child in node.children if node.style)
        layer = [child for node in layer for child in node.children]
    often = [(up, down) for (up, down), n in pairs.items() if n >= _OFTEN * met[down] and (down, up) not in pairs]
    return {down: up for up, down in often}


@cache
def forms(convention: str, language: Language) -> Mapping[int, str]:
    """How a convention cites each of its levels: 第{cn}項, ({core})款, paragraph {ar}."""
    hant = language == "zh-Hant"
    named = (row for row in rows("conventions.tsv") if row[0] == convention)
    return {int(level): traditional if hant else simplified for _, level, simplified, traditional, _reason in named}


def _spelled(printed: str) -> str:
    """㈠, ⑴ and ⒈ are cited (一), (1) and 1; a circle ① is kept."""
    return _SPELLED.sub(lambda match: normalize("NFKC", match[0]), printed)


@lru_cache(maxsize=1 << 12)
def cited(form: str, number: int, place: str, printed: str) -> str:
    """How the document would cite one level of a provision: 第二項, (一)款, 第（三）项, paragraph 2.

    Remembered, since the same few numbers come again in every article.
    """
    core = re.sub(r"[()（）\s、.．]", "", _spelled(printed)) or str(number)
    value = number or int(place)
    return form.format(cn=to_chinese(value), ar=value, core=core, printed=printed)
