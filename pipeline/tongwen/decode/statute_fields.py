"""The fields of a statute in the Ministry of Justice's JSON, by their use (lexicon/statute_json.tsv)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache

from tongwen.errors import UnreadableFile
from tongwen.lexicon import rows
from tongwen.model import Json

_DAY = re.compile(r"(\d{4})(\d\d)(\d\d)")

Fields = Mapping[str, Json]


def statute(text: str, name: str) -> Fields:
    """The statute that a file holds; ``name`` is the file's.

    :raises UnreadableFile: no JSON, JSON of another shape, or several statutes
    """
    found = _parsed(text, name)
    if isinstance(found, list) and len(found) > 1 and all(map(_is_statute, found)):
        raise UnreadableFile(f"{name} holds {len(found)} statutes.", "Save each as a file of its own.")
    if not isinstance(found, dict) or not _is_statute(found):
        message = f"{name} is JSON, but not a statute as the Ministry of Justice publishes it."
        raise UnreadableFile(message, "Save its text as TXT, Markdown or HTML.")
    return found


def _parsed(text: str, name: str) -> Json:
    hint = "Get the file again, or save its text as TXT."
    try:
        return json.loads(text)  # type: ignore[no-any-return]
    except json.JSONDecodeError as fault:
        place = f"line {fault.lineno}, column {fault.colno}"
        raise UnreadableFile(f"{name} is not valid JSON: {fault.msg} ({place}).", hint) from fault
    except (RecursionError, ValueError) as fault:
        raise UnreadableFile(f"{name} is JSON that is nested too deep or holds too large a number.", hint) from fault


def _is_statute(found: Json) -> bool:
    if not isinstance(found, dict):
        return False
    listed = _list(found, "parts")
    return bool(title_of(found)) and listed is not None and all(isinstance(part, dict) for part in listed)


@cache
def names(use: str) -> Mapping[str, str]:
    """The fields of one use, in the table's order, each with the name that it has in this project."""
    return {listed: name for what, listed, name, _ in rows("statute_json.tsv") if what == use}


def text_of(fields: Fields, use: str) -> str:
    """The first field of that use that holds text, "" without one."""
    for name in names(use):
        if isinstance(printed := fields.get(name), str) and printed and not printed.isspace():
            return printed
    return ""


def title_of(law: Fields) -> str:
    return " ".join(text_of(law, "title").split())


def parts_of(law: Fields, use: str = "parts") -> list[Fields]:
    return [part for part in _list(law, use) or () if isinstance(part, dict)]


def _list(law: Fields, use: str) -> list[Json] | None:
    return next((found for name in names(use) if isinstance(found := law.get(name), list)), None)


def metadata_of(law: Fields) -> dict[str, Json]:
    """What describes the statute and is no part of its text; dates as YYYY-MM-DD."""
    always: dict[str, Json] = {name: value for value, name in names("always").items()}
    said = always | dict(_said(law))
    files: list[Json] = [text_of(file, "file") for file in parts_of(law, "files")]
    return {**said, "attachments": files} if files else said


def _said(law: Fields) -> Iterator[tuple[str, str]]:
    for listed, name in names("metadata").items():
        value = law.get(listed)
        printed = " ".join(value.split()) if isinstance(value, str) else ""
        if printed and printed != title_of(law):
            yield name, "-".join(match.groups()) if (match := _DAY.fullmatch(printed)) else printed
