"""The examples of the page on operations: every option exists, every event and field is documented, and units parse."""

from __future__ import annotations

import configparser
import re
import shlex
from collections.abc import Iterator
from dataclasses import fields

import click
import pytest

from conftest import ROOT
from tongwen.cli.group import tongwen
from tongwen.flow import Status
from tongwen.flow.runs import Run

PAGE = (ROOT / "docs" / "operations.md").read_text("utf-8")
BLOCK = re.compile(r"```(ini|sh|dockerfile)\n(.*?)```", re.DOTALL)
EVENT = re.compile(r'(?<!\.)\b_?tell\(\s*"([a-z_]+)"')


def blocks(language: str) -> list[str]:
    return [content for name, content in BLOCK.findall(PAGE) if name == language]


def calls() -> Iterator[list[str]]:
    """Every call of the command in the examples, as arguments."""
    for block in (*blocks("sh"), *blocks("ini"), *blocks("dockerfile")):
        for line in block.replace("\\\n", " ").splitlines():
            words = shlex.split(re.sub(r"[\[\],]", " ", line.split("=", 1)[-1] if line.startswith("Exec") else line))
            if line.startswith("CMD"):
                yield words[1:]
            for at, word in enumerate(words):
                if word.rpartition("/")[2] == "tongwen" and words[at + 1 : at + 2] and "podman" not in words[:at][-1:]:
                    yield words[at + 1 :]


CALLS = [call for call in calls() if call[0] in {"index", "status", "tongwen"} or call[0].startswith("--")]


def test_there_are_examples_of_both_commands() -> None:
    assert len(CALLS) >= 7
    assert {"index", "status"} <= {word for call in CALLS for word in call}


@pytest.mark.parametrize("call", CALLS, ids=" ".join)
def test_every_option_of_an_example_exists(call: list[str]) -> None:
    words = call[1:] if call[0] == "tongwen" else call
    if ">" in words:
        words = words[: words.index(">")]
    at = next(number for number, word in enumerate(words) if word in {"index", "status"})
    context = tongwen.make_context("tongwen", words[: at + 1])  # which raises for an option that is none
    command = tongwen.get_command(context, words[at])
    assert command and command.make_context(words[at], words[at + 1 :], parent=context)


@pytest.mark.parametrize("unit", blocks("ini"))
def test_units_have_known_sections(unit: str) -> None:
    parser = configparser.ConfigParser(interpolation=None, delimiters=("=",))
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read_string(unit)
    assert set(parser.sections()) <= {"Unit", "Service", "Timer", "Install"}


def test_every_event_is_documented() -> None:
    sources = [file.read_text("utf-8") for file in (ROOT / "pipeline").rglob("*.py")]
    told = {event for source in sources for event in EVENT.findall(source)}
    assert told == set(re.findall(r"^\| `([a-z_]+)` \| (?:info|warning|error)", PAGE, re.MULTILINE))


def test_every_field_of_the_status_is_documented() -> None:
    names = {field.name for kind in (Status, Run) for field in fields(kind)}
    assert {name for name in names if f"`{name}`" not in PAGE} == set()


def test_an_option_that_is_none_would_be_seen() -> None:
    with pytest.raises(click.NoSuchOption):
        tongwen.make_context("tongwen", ["--nothing"])
