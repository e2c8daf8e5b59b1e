"""The targets by their names; a module has those of one stage, and is imported when one of them is asked for."""

from __future__ import annotations

from importlib import import_module

from fuzz.target import Target

MODULES = {
    "plain": "decode",
    "markdown": "decode",
    "html": "decode",
    "json": "decode",
    "docx": "decode",
    "docx-parts": "decode",
    "pdf": "pdf",
    "manifest": "beside",
    "words": "beside",
    "structure": "structure",
    "tables": "tables",
    "query": "query",
    "search": "search",
    "csv": "exchange",
    "tbx": "exchange",
    "tmx": "exchange",
    "xlsx": "exchange",
    "xlsx-parts": "exchange",
    "export": "export",
    "columns": "columns",
    "engine": "engine",
}


def target(name: str) -> Target:
    found: dict[str, Target] = {t.name: t for t in import_module(f"fuzz.targets.{MODULES[name]}").TARGETS}
    return found[name]
