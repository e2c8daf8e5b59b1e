"""What is looked for, and what should be found: queries made of real statutes by fixed rules, and questions of our own.

Nothing of the statutes is kept here. Which headings, definitions and provisions are drawn is decided by the hash of
where they stand, so that the same library always gives the same queries.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

from tongwen.flow.opening import Library
from tongwen.nesting import KINDS
from tongwen.normalise import fold, normalise
from tongwen.search import grams
from tongwen.search.engine import Term
from tongwen.segment import segment
from tongwen.store import Reader

PARAPHRASES = Path(__file__).parent / "cases" / "ranking" / "paraphrases.tsv"

STATE = "中华人民共和国"
SHARED = 3  # a heading that more records bear names none of them
RARE = 300  # passages: a word that stands in more of them does not tell a provision
BEGINNING = 8  # characters by which two definitions of a term are the same

Place = tuple[str, int]
"""A document and a record's number in its nesting."""

Thing = TypeVar("Thing")


@dataclass(frozen=True, slots=True)
class Known:
    """``places``: every record that counts where it is found; ``docs``: all records of these do."""

    kind: str
    query: str
    places: frozenset[Place] = frozenset()
    docs: frozenset[str] = frozenset()

    def counts(self, doc: str, record: int) -> bool:
        return doc in self.docs or (doc, record) in self.places


def tuned_on(known: Known) -> bool:
    """Whether it is of the half on which ranking is tuned, by the hash of the key of what is asked."""
    return _hash(fold(known.query))[0] % 2 == 0


def around(store: Reader, doc: str, record: int) -> Iterator[Place]:
    """The item itself, what lies inside it, and the provision or article that it is a part of.

    A section around the item does not count: it would be no more than a chapter in which the answer is.
    """
    nesting = store.nesting(doc)
    yield from ((doc, inner) for inner in range(len(nesting.parents)) if record in nesting.upwards(inner))
    parent = nesting.parents[record]
    if parent >= 0 and KINDS[nesting.kinds[record]] == "provision":
        yield doc, parent


def drawn(things: Iterable[Thing], name: Callable[[Thing], str], count: int) -> list[Thing]:
    return sorted(things, key=lambda thing: _hash(name(thing)))[:count]


def _hash(name: str) -> bytes:
    return sha256(name.encode()).digest()


def bare(title: str) -> str:
    """The key of a title as people call it: 商标法."""
    return "".join(fold(title).split()).removeprefix(STATE)


class Items:
    """``scale``: how many of the queries that the whole library gives are drawn."""

    def __init__(self, library: Library, scale: float = 1.0) -> None:
        self._library, self._store, self._scale = library, library.store, scale
        self._titled: dict[str, set[str]] = defaultdict(set)
        for row in self._store.records("documents"):
            if row["language"] != "und":
                self._titled[bare(str(row["title"]))].add(str(row["doc"]))
        self._titles = dict(self._store.titles())

    def all(self) -> list[Known]:
        made = (self.titles, self.sections, self.articles, self.definitions, self.words, self.citations)
        return [*(known for make in made for known in make()), *self.paraphrases()]

    def titles(self) -> Iterator[Known]:
        """Of documents, every second without the name of the state, as it is called."""
        keys = [key for key in self._titled if len(key) > 2]
        for key in drawn(keys, str, self._count(100)):
            title = self._titles[min(self._titled[key])]
            called = title[len(STATE) :] if title.startswith(STATE) and _hash(key)[1] % 2 else title
            yield Known("title", called, docs=frozenset(self._titled[key]))

    def sections(self) -> Iterator[Known]:
        """Headings of chapters that few bear, without their numbers."""
        yield from self._headings("sections", "title", 100)

    def articles(self) -> Iterator[Known]:
        yield from self._headings("articles", "heading", 40)

    def _headings(self, kind: str, field: str, count: int) -> Iterator[Known]:
        bearers: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for row in self._store.records(kind):
            if len(str(row[field] or "")) > 3:
                bearers[_key(str(row[field]))].append(row)
        few = [rows for rows in bearers.values() if len(rows) <= SHARED]
        for rows in drawn(few, lambda rows: str(rows[0]["doc"]) + str(rows[0]["id"]), self._count(count)):
            heading = str(rows[0][field]).strip("()（） ").replace("\n", "")
            yield Known("heading", heading, self._places((str(row["doc"]), str(row["id"])) for row in rows))

    def definitions(self) -> Iterator[Known]:
        """A term and one to three words of the beginning of what defines it; the item is where it is defined."""
        said: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
        for row in self._store.records("definitions"):
            term = _key(str(row["term"]))
            if 1 < len(term) < 40 and "、" not in term and row["parent"]:
                said[term, _key(str(row["definition"]))[:BEGINNING]].append(row)
        for rows in drawn(said.values(), lambda rows: f"{rows[0]['doc']}{rows[0]['id']}", self._count(170)):
            term, definition = str(rows[0]["term"]), str(rows[0]["definition"])
            beginning = [word for word in _words(definition) if _key(word) not in _key(term)]
            words = beginning[: 1 + _hash(term)[2] % 3]
            yield Known(
                "definition",
                " ".join([term.replace("\n", ""), *words]),
                self._places((str(row["doc"]), str(row["parent"])) for row in rows),
            )

    def words(self) -> Iterator[Known]:
        """Two or three of the rarest words of one provision, which no other passage holds together."""
        long = ((doc, id_, text) for doc, id_, text in self._provisions() if len(text) > 20)
        told = (self._told(*one) for one in drawn(long, lambda one: one[0] + one[1], 20 * self._count(70)))
        yield from islice((known for known in told if known), self._count(70))

    def _told(self, doc: str, id_: str, text: str) -> Known | None:
        telling = self._telling(text, 2 + _hash(id_ + doc)[3] % 2)
        alone = telling and self._alone(telling)
        return Known("words", " ".join(telling), self._places([(doc, id_)])) if alone else None

    def _provisions(self) -> Iterator[tuple[str, str, str]]:
        """Document, id and text of each."""
        for row in self._store.records("articles"):
            said: Any = row["provisions"]
            yield from ((str(row["doc"]), str(one["id"]), str(one["text"])) for one in said if one["role"] == "body")

    def _telling(self, text: str, count: int) -> list[str]:
        words = {word: self._often(word) for word in _words(text)}
        rare = sorted((often, word) for word, often in words.items() if often <= RARE)
        chosen = {word for _, word in rare[:count]}
        return [word for word in words if word in chosen] if len(chosen) == count else []

    def _often(self, word: str) -> int:
        """At most."""
        return self._library.engine.frequency(_row(word))

    def _alone(self, words: Iterable[str]) -> bool:
        """Whether only one article holds all of them."""
        found = (self._library.engine.phrase(_row(word)) for word in words)
        holders = [{place for doc in one.docs for place in self._tops(doc, one.of(doc))} for one in found]
        return len(set.intersection(*holders)) == 1

    def _tops(self, doc: str, keys: Iterable[int]) -> Iterator[Place]:
        nesting = self._store.nesting(doc)
        for key in keys:
            records = list(nesting.upwards(nesting.owner(key)))
            articles = [record for record in records if KINDS[nesting.kinds[record]] == "article"]
            yield doc, (articles or records)[0]

    def citations(self) -> Iterator[Known]:
        """A title as it is called with the number of an article, as that document prints it."""
        articles = [row for row in self._store.records("articles") if self._language(str(row["doc"])) == "zh"]
        for row in drawn(articles, lambda row: f"cited {row['doc']}{row['id']}", self._count(40)):
            title, id_ = self._titles[str(row["doc"])].removeprefix(STATE), str(row["id"])
            wanted = [(doc, id_) for doc in self._titled[bare(title)] if self._store.seq(doc, id_) is not None]
            yield Known("citation", title + "".join(str(row["label"]).split()), self._places(wanted))

    def _language(self, doc: str) -> str:
        return "zh" if any("\u4e00" <= sign <= "\u9fff" for sign in self._titles[doc]) else "en"

    def paraphrases(self) -> Iterator[Known]:
        """Those whose answers the library has."""
        asked: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for line in PARAPHRASES.read_text(encoding="utf-8").splitlines():
            if not line.startswith("#"):
                query, title, article = line.split("\t")
                asked[query] += [(doc, f"art_{article}") for doc in sorted(self._titled.get(bare(title), ()))]
        for query, wanted in asked.items():
            places = self._places((doc, id_) for doc, id_ in wanted if self._store.seq(doc, id_) is not None)
            if places:
                yield Known("paraphrase", query, places)

    def _places(self, records: Iterable[tuple[str, str]]) -> frozenset[Place]:
        seqs = ((doc, self._store.seq(doc, id_)) for doc, id_ in records)
        return frozenset(place for doc, seq in seqs if seq is not None for place in around(self._store, doc, seq))

    def _count(self, whole: int) -> int:
        return max(1, round(whole * self._scale))


def _key(text: str) -> str:
    return "".join(fold(text).split())


def _row(word: str) -> list[Term]:
    return [Term(token) for token in grams.tokens(fold(word))]


def _words(text: str) -> list[str]:
    """The words of a text that say something, in its own glyphs, each once."""
    found = (token.span.of(text) for token in segment(normalise(text)))
    return list(dict.fromkeys(word for word in found if len(word) > 1 and word.isalpha() and not _small(word)))


def _small(word: str) -> bool:
    """Whether it is a short word of English, as most of those that say nothing are."""
    return word.isascii() and len(word) < 4
