"""Modules that are imported late: each is the real one as soon as something of it is used."""

from __future__ import annotations

import inspect
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongwen.cli.lean import _tidied
from tongwen.later import Later, standing_in

SPARED = "colorsys"  # a small module of the standard library that nothing else imports


@pytest.fixture(autouse=True)
def _unloaded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, SPARED, raising=False)


def test_what_is_imported_meanwhile_is_the_real_one_when_it_is_used() -> None:
    with standing_in({SPARED: {"known": 7}}):
        import colorsys as late  # noqa: PLC0415
        from colorsys import rgb_to_hsv as turned  # noqa: PLC0415

        assert late.known == 7
    assert SPARED not in sys.modules
    assert late.ONE_THIRD == 1 / 3
    assert turned(1.0, 1.0, 1.0) == (0.0, 0.0, 1.0)
    with pytest.raises(AttributeError):
        _ = late.absent


def test_what_is_called_meanwhile_is_the_real_one_at_once() -> None:
    with standing_in({SPARED: {}}):
        from colorsys import rgb_to_hsv as turned  # noqa: PLC0415

        assert isinstance(sys.modules[SPARED], Later)
        assert turned(1.0, 1.0, 1.0) == (0.0, 0.0, 1.0)
        assert not isinstance(sys.modules[SPARED], Later)
    assert SPARED in sys.modules


def test_what_is_loaded_already_is_left_alone() -> None:
    import colorsys  # noqa: PLC0415

    with standing_in({SPARED: {"rgb_to_hsv": None}}):
        assert sys.modules[SPARED] is colorsys
    assert sys.modules[SPARED] is colorsys
    assert colorsys.rgb_to_hsv


def test_an_import_that_fails_leaves_nothing_behind() -> None:
    with pytest.raises(ImportError), standing_in({SPARED: {}}):
        raise ImportError
    assert SPARED not in sys.modules


@given(st.text(st.sampled_from("ab \t\n")))
def test_what_is_said_of_an_option_is_tidied_as_click_does_it(text: str) -> None:
    assert _tidied(text) == inspect.cleandoc(text)


LIBRARIES = """
import tongwen.cli.boundary, tongwen.search.whoosh_engine
import io, pickle, queue, sys, uuid
from urllib.parse import urlsplit
import click
from click.testing import CliRunner
from whoosh.fields import ID, TEXT, Schema
from whoosh.filedb.filestore import RamStorage
from whoosh.qparser import QueryParser

assert click.UUID(str(uuid.NAMESPACE_URL)) == click.UUID(uuid.NAMESPACE_URL) == uuid.NAMESPACE_URL
assert urlsplit("http://[::1]:9200/name").hostname == "::1"
index = RamStorage().create_index(Schema(name=ID(stored=True), text=TEXT))
with index.writer() as writer:
    writer.add_document(name="a", text="first words")
with index.searcher() as searcher:
    assert [hit["name"] for hit in searcher.search(QueryParser("text", index.schema).parse("words"))] == ["a"]
"""


def test_libraries_work_for_others_in_the_same_process() -> None:
    subprocess.run([sys.executable, "-c", LIBRARIES], check=True)
