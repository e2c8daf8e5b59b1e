"""What is kept of phrases is what was found, is forgotten in order, and is bounded."""

from __future__ import annotations

from collections.abc import Sequence

from tongwen.search.engine import Found, Term
from tongwen.search.phrase_cache import PhraseCache


class Index:
    """Finds as many passages as a phrase has terms; ``asked``: for what it was."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def phrase(self, terms: Sequence[Term]) -> Found:
        self.asked.append("".join(term.token for term in terms))
        return Found(keys=range(len(terms)), counts=[1] * len(terms))


def _ask(cache: PhraseCache, *phrases: str) -> None:
    for phrase in phrases:
        assert len(cache(list(map(Term, phrase))).keys) == len(phrase)


def test_what_was_found_once_is_not_looked_up_again() -> None:
    index = Index()
    _ask(PhraseCache(index.phrase), "药物", "药", "药物", "药")
    assert index.asked == ["药物", "药"]


def test_a_part_of_a_word_is_another_term() -> None:
    index = Index()
    cache = PhraseCache(index.phrase)
    assert cache([Term("15", "suffix")]) is not cache([Term("15")])
    assert index.asked == ["15", "15"]


def test_the_longest_unused_is_forgotten_first() -> None:
    index = Index()
    cache = PhraseCache(index.phrase, most=9)  # each phrase counts one more than its passages
    _ask(cache, "甲乙", "丙丁", "戊己", "甲乙", "庚辛", "甲乙", "丙丁")
    assert index.asked == ["甲乙", "丙丁", "戊己", "庚辛", "丙丁"]


def test_what_is_more_than_may_be_kept_is_found_and_nothing_forgotten_for_it() -> None:
    index = Index()
    cache = PhraseCache(index.phrase, most=3)
    _ask(cache, "甲", "甲乙丙丁", "甲乙丙丁", "甲")
    assert index.asked == ["甲", "甲乙丙丁", "甲乙丙丁"]


def test_phrases_that_are_nowhere_take_room_too() -> None:
    cache = PhraseCache(lambda _: Found(), most=3)
    for token in "甲乙丙丁戊":
        cache([Term(token)])
    assert len(cache._found) == 3
