"""What is wrong with a document's structure: told with evidence, never repaired."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from tongwen.labels import article_label
from tongwen.lexicon import rows
from tongwen.model import Document, Problem, Span
from tongwen.numerals import CHINESE
from tongwen.structure.articles import Article
from tongwen.structure.naming import Naming, dotted
from tongwen.structure.provisions import Node
from tongwen.structure.reading import Reading

_GLOSSED = re.compile(
    rf"第 ?(?:[0-9]+|[{CHINESE}]+) ?[条條](?:之[{CHINESE}]+)? ?[(（](?P<gloss>[^()（）]{{2,40}})[)）]"
)


def check(document: Document, reading: Reading, naming: Naming) -> Iterator[Problem]:
    """Every problem of the articles, in the order of the kinds below."""
    articles = reading.articles
    for article in articles:
        yield from article.problems
        yield from _heading(article, naming)
        yield from _closings(article.root, reading.key)
    yield from _sequence(articles)
    yield from _glosses(document, reading, naming)


def _heading(article: Article, naming: Naming) -> Iterator[Problem]:
    if article.inferred:
        start = article.title or article.body[0].lines[0].span
        number = dotted(article.number)
        message = f"The heading of article {number} is missing: the numbers leave it out and {article.evidence}."
        yield Problem("heading-missing", message, f"{naming.article(article)} probably began here.", start)
    if article.misprinted and article.label:
        message = f"The number of article {dotted(article.number)} is misprinted: {naming.printed(article.label)}."
        yield Problem("number-misprinted", message, f"{dotted(article.number)} was read.", article.label)


def _sequence(articles: list[Article]) -> Iterator[Problem]:
    first = articles[0]
    if first.number[0] > 1 and first.label:
        lost = "Article 1 is" if first.number[0] == 2 else f"Articles 1 to {first.number[0] - 1} are"
        message = f"The text begins at article {dotted(first.number)}."
        yield Problem("article-missing", message, f"{lost} not in the text, or the heading is lost.", first.label)
    for before, after in pairwise(articles):
        gap, last = before.number[0] + 1, after.number[0] - 1
        if gap > last and after.number > before.number:
            continue
        span = after.label or after.body[0].lines[0].span
        message = f"Article {dotted(after.number)} follows article {dotted(before.number)}."
        if gap <= last:
            lost = f"Article {gap} is" if gap == last else f"Articles {gap} to {last} are"
            yield Problem("article-missing", message, f"{lost} not in the text, or the heading is lost.", span)
        elif after.number <= before.number and after.number != (1,):
            yield Problem("article-repeated", message, "The number is probably misprinted.", span)


@cache
def _resumptions() -> re.Pattern[str]:
    return re.compile("|".join(pattern for pattern, _reason in rows("closings.tsv")))


def _closings(node: Node, key: str) -> Iterator[Problem]:
    """The closing text of a list, run on into its last item: the items before it have no main clause."""
    if not node.children:
        return
    items = [child for child in node.children if child.style]
    for child in node.children:
        if child.children:
            yield from _closings(child, key)
    if len(items) < 2 or items[-1].children or not _open_introduction(node, key):
        return
    span = items[-1].span()
    match = _resumptions().search(key, span.start, span.end)
    if match and not any(_resumptions().search(key, i.span().start, i.span().end) for i in items[:-1]):
        message = "The closing text of the list seems to be run on into its last item."
        yield Problem("closing-merged", message, "It belongs to all items.", Span(match.start(), span.end))


def _open_introduction(node: Node, key: str) -> bool:
    """The text before the list is no sentence of its own."""
    first = node.contents[0]
    return isinstance(first, list) and key[first[-1].end - 1] not in "。.!?"


def _glosses(document: Document, reading: Reading, naming: Naming) -> Iterator[Problem]:
    """第十一條(禁止及限制輸出與輸入): the title in brackets is the heading of another article."""
    glossed = [*_GLOSSED.finditer(document.text)]
    if not glossed:
        return
    titles = {a.number: t for a in reading.articles if (t := naming.heading(a))}
    by_title = {title: number for number, title in titles.items()}
    for match in glossed:
        gloss = "".join(match["gloss"].split())
        label = article_label(match[0].replace("條", "条"))
        if label and gloss in by_title and by_title[gloss] != label.number:
            meant = dotted(by_title[gloss])
            message = f"The title in brackets is that of article {meant}, not of article {dotted(label.number)}."
            yield Problem("gloss-mismatch", message, f"Article {meant} was probably meant.", Span(*match.span()))
