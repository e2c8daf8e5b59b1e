"""Termbases of other tools: what is read of them can be written again in every format, and read again."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from fuzz import laws, places
from fuzz.bundle import archived, bundled
from fuzz.target import Target
from tongwen.concept import Concept, Definition, Link, Term
from tongwen.exchange.formats import HEAD, WRITERS, reader_of

BACK = {"csv": "csv", "tbx": "tbx", "tmx": "tmx"}


def _read(extension: str, data: bytes) -> Any:
    name = f"input.{extension}"
    found = reader_of(places.scratch() / name, data[:HEAD])(data, name)
    laws.holds(all(fault and "\n" not in fault for fault in found.faults), f"a fault in two lines: {found.faults[:3]}")
    ids = [concept.id for concept in found.concepts]
    laws.holds(len(ids) == len(set(ids)), "two concepts of one id")
    if extension in BACK and found.concepts:
        _again(extension, found.concepts)
    return found


def _again(extension: str, concepts: tuple[Concept, ...]) -> None:
    """Whatever was read can be written in the same format, and what was written can be read."""
    written = WRITERS[extension].write(concepts, "title")
    again = reader_of(places.scratch() / f"again.{extension}", written.data[:HEAD])(written.data, "again")
    laws.holds(len(again.concepts) <= len(concepts) and bool(again.concepts), "what was written reads otherwise")


def _parts(data: bytes) -> Any:
    return _read("xlsx", archived(data))


def concepts() -> tuple[Concept, ...]:
    terms = (Term("毒品", "zh-Hans"), Term("drug", "en", status="admitted"), Term("毒品", "zh-Hant", note="=1+1"))
    said = (Definition("管制的物质", "zh-Hans", "刑法"),)
    return (
        Concept("drug", terms, "法律", said, ("a note", "b"), (Link("broader", "thing", "因为"),)),
        Concept("thing", (Term("物", "zh-Hans"),)),
    )


def _written(name: str) -> bytes:
    return WRITERS[name].write(concepts(), "title").data


def _tables() -> Iterator[bytes]:
    yield _written("csv")
    yield from places.files("corpus/termbase/*.csv", "tests/cases/drafts/termbase/*.csv")
    yield "中文；英文\n毒品;drug; narcotic\n".encode()
    yield "sep=;\nTerm;Deutsch\na;b\n".encode("utf-16")


TARGETS = (
    Target("csv", partial(_read, "csv"), _tables, partial(places.dictionary, "csv")),
    Target(
        "tbx",
        partial(_read, "tbx"),
        lambda: [_written("tbx"), _written("tbx2"), *places.real("data/schemas/**/*.tbx", most=10)],
        partial(places.dictionary, "xml"),
    ),
    Target("tmx", partial(_read, "tmx"), lambda: [_written("tmx")], partial(places.dictionary, "xml")),
    Target("xlsx", partial(_read, "xlsx"), lambda: [_written("xlsx")], text=False),
    Target("xlsx-parts", _parts, lambda: [bundled(_written("xlsx"))], partial(places.dictionary, "xlsx", "xml")),
)
