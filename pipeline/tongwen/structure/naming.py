"""How a place in a document is called: the label that the document itself would cite, and the headings above."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from tongwen.model import Document, Span
from tongwen.numerals import to_chinese
from tongwen.structure.articles import Article, Number
from tongwen.structure.convention import Convention, cited, forms, levels
from tongwen.structure.provisions import Node

_FIGURE = re.compile(r"\d")
_BLANKS = re.compile(r"\s+")
_TWO_LANGUAGES = re.compile(r"(?<=[^\x00-\x7f])\s*\n\s*(?=[A-Za-z])")
_BETWEEN_HANZI = re.compile(r"(?<=[^\x00-\x7f])\s+|\s+(?=[^\x00-\x7f])")


def unspaced(text: str) -> str:
    """A heading as it is read: ``用 語`` → ``用語``; spaces between Latin words stay, one each. English on a line of
    its own stands apart from the Chinese above."""
    words = text.split()
    if len(words) < 2:
        return words[0] if words else ""
    if _TWO_LANGUAGES.search(text):
        return " ".join(filter(None, map(unspaced, _TWO_LANGUAGES.split(text))))
    return _BLANKS.sub(" ", _BETWEEN_HANZI.sub("", text.strip()))


@lru_cache(maxsize=1 << 12)
def dotted(number: Number) -> str:
    """(15, 1) → ``15-1``. Remembered, since all texts count their articles alike."""
    return "-".join(map(str, number))


@dataclass(frozen=True, slots=True)
class Naming:
    """Names of articles and provisions of one document."""

    document: Document
    forms: Mapping[int, str]
    level_of: Mapping[str, int]
    arabic: bool

    @classmethod
    def of(cls, document: Document, convention: Convention, articles: Sequence[Article]) -> Naming:
        printed = [a.label.of(document.text) for a in articles if a.label]
        arabic = sum(map(bool, map(_FIGURE.search, printed))) * 2 > len(printed)
        return cls(document, forms(convention.name, document.language), levels(articles), arabic)

    def printed(self, span: Span | None) -> str:
        return span.of(self.document.text).strip() if span is not None else ""

    def article(self, article: Article) -> str:
        """As printed without inner spaces; one whose heading is missing is named as its neighbours are, and one that is
        headed by a bare number as it is cited."""
        printed = unspaced(self.printed(article.label))
        bare = printed.rstrip(".")
        if bare.isalnum() and bare.isascii():
            sign = "條" if self.document.language == "zh-Hant" else "条"
            return f"Section {bare}" if self.document.language == "en" else f"第{bare}{sign}"
        if printed:
            return printed
        main, *subs = article.number
        if self.document.language == "en":
            return f"Article {main}"
        sign = "條" if self.document.language == "zh-Hant" else "条"
        name = f"第{main if self.arabic else to_chinese(main)}{sign}"
        return name + "".join(f"之{to_chinese(sub)}" for sub in subs)

    def heading_line(self, mark: str, title: str) -> str:
        """``第一章 总则``, ``一、总体要求``: the number, a space unless it ends in a mark, and the title."""
        return f"{mark} {title}" if mark and title and mark[-1].isalnum() else mark + title

    def heading(self, article: Article) -> str | None:
        return unspaced(self.printed(article.title)) if article.title else None

    def level(self, node: Node, depth: int, printed: str) -> str:
        """``第一項``, ``(二)款``: one level of a provision under the name the document gives it."""
        form = self.forms.get(self.level_of.get(node.style, depth), "{printed}")
        return cited(form, node.value, node.path[-1], printed)

    def provision(self, article: str, place: str) -> str:
        """``第二十二條 第一項(二)款``: the article's name, a space, and the levels down to the provision; in English
        without the stop that parts a number from its title: Article 1, paragraph 2."""
        return f"{article.rstrip('.')}{place}" if place[:1] in ("", ",", " ") else f"{article} {place}"
