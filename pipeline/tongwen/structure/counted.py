"""Bare figures at the start of a line: ``2   毒品依其成癮性…``.

Some print the places of paragraphs so that are counted without them; as a figure may be anything else, only the habit
of a whole text shows it. Behind an introduction figures that count up from 1 are items.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from tongwen.labels import Label
from tongwen.structure.articles import Article
from tongwen.structure.provisions import FIGURE, PARAGRAPH, Paragraph

_FIGURE = re.compile(r"(?P<n>\d{1,2}) +(?=[^\s\d])")

FEW = 3
"""Numbers that a text has at least."""


def number_paragraphs(articles: Sequence[Article]) -> None:
    """Gives the paragraphs their numbers, where they count up from 1, or from 2 behind one without, in each article."""
    if not any(p.key[0].isdecimal() and not p.readings for article in articles for p in article.body):
        return
    for article in articles:
        for i, label in _items(article.body).items():
            article.body[i] = article.body[i]._replace(readings=(label,))
    found = [_due(article.body) for article in articles]
    if sum(map(len, (due or {} for due in found))) < FEW or None in found:
        return
    for article, due in zip(articles, found, strict=True):
        for i, label in (due or {}).items():
            article.body[i] = article.body[i]._replace(readings=(label,))


def _items(body: Sequence[Paragraph]) -> dict[int, Label]:
    """The items of lists, of two at least, whose numbers are bare figures."""
    out: dict[int, Label] = {}
    run: dict[int, Label] = {}
    for i, paragraph in enumerate(body):
        match = None if paragraph.readings else _FIGURE.match(paragraph.key)
        value = int(match["n"]) if match else 0
        if match and (value == len(run) + 1 if run else value == 1 and i > 0 and body[i - 1].end == ":"):
            run[i] = Label(FIGURE, value, match.end("n"))
            out |= run if len(run) > 1 else {}
        elif match or not paragraph.readings:
            run = {}
    return out


def _due(body: Sequence[Paragraph]) -> dict[int, Label] | None:
    """The numbers of an article's paragraphs; None where figures stand that do not count them."""
    out: dict[int, Label] = {}
    last = 0
    for i, paragraph in enumerate(body):
        match = None if paragraph.readings else _FIGURE.match(paragraph.key)
        if match:
            value = int(match["n"])
            first = (value == 1 and i == 0) or (value == 2 and i > 0 and body[i - 1].end not in ":;")
            if not (value == last + 1 if last else first):
                return None
            out[i] = Label(PARAGRAPH, value, match.end("n"))
            last = value
    return out
