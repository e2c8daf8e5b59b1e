"""What may not be loaded by `tongwen search`, and by an `index` that finds nothing changed: nobody should wait for it.

Each name has a reason beside it. Nothing is timed here; `python -X importtime` says what a module costs.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from tongwen.cli.boundary import run

TEXT = "示範法\n第一條　本法管制精神藥物。\n第二條　復審以一次為限。\n"

NEVER = {
    "ast": "Python's parser, for `inspect`",
    "asyncio": "nothing waits for a network",
    "concurrent.futures": "nothing is done side by side",
    "csv": "only a termbase that has changed is read",
    "dataclasses": "makes each class with `exec`",
    "difflib": "only a wrong name is compared with those that there are",
    "dis": "Python's disassembler, for `inspect`",
    "email": "what the standard library's HTTP brings along",
    "gettext": "there is no catalogue of other words",
    "hashlib": "loads OpenSSL; Whoosh's terms are looked up by a small hash",
    "html": "nothing is marked up",
    "http": "nothing is fetched",
    "importlib.metadata": "what is installed matters to who reads files",
    "inspect": "click would have it tidy what is said of options",
    "ipaddress": "nothing is fetched",
    "locale": "all output is UTF-8",
    "logging": "a log is kept only where one is asked for",
    "multiprocessing": "worker processes read files",
    "pickle": "nothing is unpickled",
    "platform": "any machine will do",
    "queue": "nothing is done side by side",
    "random": "nothing is left to chance",
    "secrets": "only what writes needs random names",
    "shutil": "neither the terminal's width nor the room on a disk matters to a pipe",
    "subprocess": "only a writer starts another process, to copy pages",
    "tempfile": "nothing is written",
    "tokenize": "Python's, for `inspect`",
    "tomllib": "manifests are read with the files",
    "urllib.request": "nothing is fetched",
    "uuid": "no option is one",
    "xml": "mark-up is read with the files",
    "ahocorasick": "finds all names of a glossary in a text, for `glossary link`",
    "bs4": "reads web pages",
    "jieba": "only the tests compare with it",
    "lxml": "reads and checks mark-up",
    "opencc": "converts what is shown, where that is asked for",
    "openpyxl": "reads and writes spreadsheets",
    "orjson": "writes what is stored",
    "opensearchpy": "an address asks for it",
    "pypdfium2": "reads PDF",
    "rdflib": "writes SKOS",
    "rjieba": "cuts words only where a query is not found otherwise",
    "whoosh.analysis": "its analyzers do other work, and stem English",
    "whoosh.codec": "is of its own writer",
    "whoosh.fields": "is of its own writer, with all analyzers",
    "whoosh.index": "its own index, which ours is not",
    "whoosh.matching": "its own postings, which are not ours",
    "whoosh.reading": "its own reader, which unpickles",
    "tongwen.concept": "mostly nothing is named",
    "tongwen.decode": "reads files",
    "tongwen.export": "writes tables",
    "tongwen.flow.entries": "mostly nothing is named",
    "tongwen.flow.indexing": "reads files",
    "tongwen.opensearch.opening": "an address asks for it",
    "tongwen.orthography": "is for `check`",
    "tongwen.search.citation": "mostly no place is named",
    "tongwen.search.concordance": "is for `glossary show`",
    "tongwen.search.whoosh_engine.postings": "writes",
    "tongwen.search.whoosh_engine.writer": "writes",
    "tongwen.search.sqlite_engine.writer": "writes",
    "tongwen.segment": "cuts words only where a query is not found otherwise",
    "tongwen.store.digests": "are made when something is stored",
    "tongwen.store.kept_terms": "is of termbases, where there are any",
    "tongwen.store.pages": "checksums are made by who writes, and compared by `verify`",
    "tongwen.store.soundness": "is for who writes or proves",
    "tongwen.store.writer": "writes",
    "tongwen.structure": "reads files",
    "tongwen.terms": "reads files",
}
OF_ENGINE = {
    "sqlite": {"whoosh": "is the other engine"},
    "whoosh": {"tongwen.search.sqlite_engine": "is the other engine"},
}

UNREAD = {
    "importlib.metadata": "what the code is made of has been found out before",
    "multiprocessing": "there is nothing to share out",
    "tomllib": "there is no manifest",
    "tongwen.decode.decoding": "no file is read",
    "tongwen.search.hits": "nothing is searched for",
    "tongwen.structure": "no file is read",
    "whoosh.fields": "nothing is written",
}

CALL = """import sys
before = set(sys.modules)
from tongwen.cli.boundary import run
code = run(sys.argv[1:])
import json
print(json.dumps(sorted(set(sys.modules) - before)), file=sys.stderr)
sys.exit(code)
"""


class Loaded(NamedTuple):
    """An engine, what a search with it loads, and what an `index` when nothing has changed."""

    engine: str
    search: set[str]
    index: set[str]


@pytest.fixture(scope="module", params=list(OF_ENGINE))
def loaded(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    folder = tmp_path_factory.mktemp("library")
    (folder / "texts").mkdir()
    (folder / "texts" / "hant.txt").write_text(TEXT, "utf-8")
    os.utime(folder / "texts" / "hant.txt", (1, 1))
    where = ["--index", str(folder / "index")]
    assert run(["index", str(folder / "texts"), *where, "--engine", request.param, "--jobs", "1"]) == 0
    again = ["index", str(folder / "texts"), *where]
    _loaded(again, "unchanged 1")  # which may have another path to the code
    return Loaded(request.param, _loaded([*where, "search", "精神药物"], "精神藥物"), _loaded(again, "unchanged 1"))


def _loaded(arguments: list[str], told: str) -> set[str]:
    unmeasured = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")}
    call = [sys.executable, "-c", CALL, *arguments]
    ended = subprocess.run(call, capture_output=True, text=True, encoding="utf-8", check=True, env=unmeasured)
    assert told in ended.stdout
    return set(json.loads(ended.stderr))


def test_a_search_loads_nothing_that_it_does_not_need(loaded: Loaded) -> None:
    needless = NEVER | OF_ENGINE[loaded.engine]
    assert {name: needless[name] for name in needless.keys() & loaded.search} == {}


def test_an_index_loads_nothing_that_reads_where_nothing_has_changed(loaded: Loaded) -> None:
    other = {"sqlite": OF_ENGINE["sqlite"], "whoosh": {}}  # whether SQLite's engine has left something must be seen
    needless = UNREAD | other[loaded.engine]
    assert {name: needless[name] for name in needless.keys() & loaded.index} == {}


def test_what_is_named_here_exists(loaded: Loaded) -> None:
    """A module that has another name now would be forbidden in vain."""
    home = Path(__file__).resolve().parent.parent / "pipeline"
    ours = [home / name.replace(".", "/") for name in NEVER | UNREAD if name.startswith("tongwen.")]
    assert [place for place in ours if not place.is_dir() and not place.with_suffix(".py").is_file()] == []
    assert f"tongwen.search.{loaded[0]}_engine" in loaded.search & loaded.index
