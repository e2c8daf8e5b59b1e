"""The words of a text: its laws, the project's own words, and jieba as the reference."""

from __future__ import annotations

import logging
import re
import subprocess
import sys
from itertools import islice
from pathlib import Path

import jieba
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tongwen import lexicon
from tongwen.model import Span, Text
from tongwen.normalise import convert, fold, normalise
from tongwen.segment import edges, segment, vocabulary

CASES = Path(__file__).parent / "cases" / "segment"

ANY_TEXT = st.text(st.characters(exclude_categories=()))

# Where rjieba and jieba part runs of Latin letters and digits otherwise.
LATIN = re.compile(r"[0-9a-z+#&._%-]+")


def words(text: str) -> list[str]:
    return [token.word for token in segment(normalise(text))]


@given(ANY_TEXT)
def test_the_tokens_tile_the_text(text: str) -> None:
    tokens = segment(normalise(text))
    assert "".join(token.word for token in tokens) == fold(text)
    assert [token.span.start for token in tokens] == [0, *(token.span.end for token in tokens)][: len(tokens)]
    assert all(len(token.span) == len(token.word) > 0 for token in tokens)


def test_astral_characters_count_as_one() -> None:
    assert segment(normalise("😀去罪化"))[1].span == Span(1, 4)


def cases() -> list[list[str]]:
    lines = (CASES / "sentences.tsv").read_text("utf-8").splitlines()
    return [line.split("\t") for line in lines if not line.startswith("#")]


@pytest.mark.parametrize(("hans", "hant", "expected"), cases())
def test_both_scripts_give_the_same_words_at_the_same_places(hans: str, hant: str, expected: str) -> None:
    assert "/".join(words(hans)) == expected
    assert segment(normalise(hant)) == segment(normalise(hans))


@pytest.mark.parametrize("table", ["words.tsv", "folded_words.tsv"])
def test_words_are_keys(table: str) -> None:
    assert [word for word, *_ in lexicon.rows(table) if fold(word) != word] == []


@pytest.mark.parametrize("word", [word for word, *_ in lexicon.rows("words.tsv")])
def test_a_word_of_the_lexicon_comes_out_whole(word: str) -> None:
    assert words(word) == [word]
    assert words(convert(word, "hant")) == [word]


def test_a_corpus_may_bring_words_along() -> None:
    text = normalise("附命完成戒癮治療處分金")
    whole = fold("附命完成戒癮治療處分金")
    assert [token.word for token in segment(text, (whole,))] == [whole]
    assert [token.word for token in segment(text)] != [whole]


@pytest.fixture(scope="module")
def reference() -> jieba.Tokenizer:
    """jieba with the words of the project. It would add a word that it knew already to its total a second time."""
    jieba.setLogLevel(logging.ERROR)
    tokenizer = jieba.Tokenizer()
    tokenizer.initialize()
    for word, frequency in vocabulary():
        known = tokenizer.FREQ.get(word, 0)
        tokenizer.add_word(word, frequency)
        tokenizer.total -= known
    return tokenizer


def disagreements(key: str, reference: jieba.Tokenizer) -> list[str]:
    latin = {at for run in LATIN.finditer(key) for at in range(run.start() + 1, run.end())}
    ours = {token.span.end for token in segment(normalise(key))}
    theirs = {end for _, _, end in reference.tokenize(key)}
    return [key[max(0, at - 8) : at] + "|" + key[at : at + 8] for at in sorted((ours ^ theirs) - latin)]


def test_the_words_are_those_of_jieba(reference: jieba.Tokenizer) -> None:
    for hans, hant, _ in cases():
        assert disagreements(fold(hans + hant), reference) == []


@pytest.mark.parametrize("pattern", ["corpus/*/*.txt", "data/prc/行政法/*.md", "data/tw/zh/[A-K]*1.json"])
def test_the_words_of_real_texts_are_those_of_jieba(shared: Path, pattern: str, reference: jieba.Tokenizer) -> None:
    files = list(islice(sorted(shared.glob(pattern)), 12))
    assert files
    for path in files:
        assert disagreements(fold(path.read_text("utf-8")[:8000]), reference) == [], path.name


def test_importing_does_not_load_a_dictionary() -> None:
    code = "import sys; import tongwen.segment; sys.exit('rjieba' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@settings(deadline=None)
@given(st.text(alphabet="机器运转处理毒品犯罪，。abc 12", max_size=40))
def test_edges_are_where_tokens_begin_and_end(text: str) -> None:
    key = fold(text)
    tokens = segment(Text(key, key))
    assert edges(key) == {0, *(token.span.end for token in tokens)}
