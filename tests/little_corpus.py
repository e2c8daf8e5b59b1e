"""A folder of small texts, what an index of it holds, and the command as a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from tongwen.flow import library
from tongwen.search.engine import Term

STATUTE = "{title}\n\n第一條　本法所稱毒品，指精神藥物{n}。\n\n第二條　違反前條規定者，處罰鍰。\n"
SLOW = """
import sys, time
from tongwen.flow import reading
process = reading.process
def slow(*arguments):
    print("at it", flush=True)
    time.sleep(0.1)
    return process(*arguments)
reading.process = slow
from tongwen.cli import main
main()
"""
LONG_AGO = 1_000_000_000  # seconds: a file of that time is settled, so that size and time are believed


def write(folder: Path, names: Mapping[str, str] | list[str], when: int = LONG_AGO) -> Path:
    """Files with these texts, or each with a small statute of its own."""
    texts = names if isinstance(names, Mapping) else {name: statute(name) for name in names}
    for name, text in texts.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
        os.utime(file, (when, when))
    return folder


def statute(name: str) -> str:
    return STATUTE.format(title=f"{Path(name).stem}法", n=Path(name).stem)


def texts(index: Path) -> dict[str, str]:
    """Every document's text by its id; the engine is at the same state as the store, or this fails."""
    with library(index) as (store, engine, _):
        assert engine.count == store.counts()["passages"]
        for doc in store.document_ids():
            keys = store.nesting(doc).keys()
            assert set(engine.lengths(doc)) == set(keys)
            assert {found.doc for found in store.passages(keys)} <= {doc}
        return {doc: store.text(doc) for doc in store.document_ids()}


def docs_with(index: Path, characters: str) -> set[str]:
    """The documents in which the engine finds these characters side by side."""
    with library(index) as (_, engine, _):
        return set(engine.phrase([Term(character) for character in characters]).docs)


def command(*arguments: object, folder: Path | None = None) -> list[str]:
    return [sys.executable, "-c", "from tongwen.cli import main; main()", *map(str, arguments)]


def run(*arguments: object, **options: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command(*arguments), capture_output=True, text=True, check=False, timeout=120, **options)  # type: ignore[call-overload,no-any-return]
