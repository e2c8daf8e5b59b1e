"""What the README and the documentation print is what the command prints; ``scripts/accept`` brings them up to date.

A ``console`` block is a command after ``$`` and its output. Seconds are compared as ``# s``; a line ``...`` stands for
any number of lines, and is kept by ``scripts/accept`` as long as the block fits.
"""

from __future__ import annotations

import os
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest

from conftest import ROOT
from tongwen.cli.boundary import run
from tongwen.cli.glossary import Glossary as glossary
from tongwen.cli.group import COMMANDS

HELP = ROOT / "docs" / "commands.md"
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
ACCEPT = "ACCEPT" in os.environ

BLOCK = re.compile(r"(?<=```console\n)\$ (?P<command>[^\n]+)\n(?P<output>.*?)(?=```)", re.DOTALL)
LINK = re.compile(r"\]\(([^)#:]+)\)")
SCRIPT = re.compile(r"\b(?:scripts|\.ci)/[a-z-]+(?:\.[a-z]+)?")


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder as a new user has it, with the bundled corpus, indexed."""
    folder = tmp_path_factory.mktemp("checkout")
    (folder / "corpus").symlink_to(ROOT / "corpus")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.delenv("TONGWEN_INDEX", raising=False)
        assert run(["index", "corpus", "--index", str(folder / "index")]) == 0
        yield folder


def printed(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    capsys.readouterr()
    assert run(arguments) == 0, capsys.readouterr().err
    return str(capsys.readouterr().out).replace("\r\n", "\n")  # CSV ends its lines as RFC 4180 says


def plain(output: str) -> str:
    return re.sub(r"\d+(\.\d+)? s\b|(?<=\"seconds\": )[\d.]+", "# s", output)


def fits(shown: str, found: str) -> bool:
    lines = (r"(?:.*\n)*" if line == "...\n" else re.escape(line) for line in plain(shown).splitlines(keepends=True))
    return re.fullmatch("".join(lines), plain(found)) is not None


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_what_a_page_shows_is_what_is_printed(
    page: Path, library: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def output(block: re.Match[str]) -> str:
        name, *arguments = shlex.split(block["command"])
        assert name == "tongwen"
        if arguments[0] == "index":
            monkeypatch.setenv("TONGWEN_INDEX", str(library / "fresh"))  # as it prints for a new user
        found = printed(arguments, capsys)
        monkeypatch.delenv("TONGWEN_INDEX", raising=False)
        return block["output"] if fits(block["output"], found) else found

    text = page.read_text(encoding="utf-8")
    accepted = BLOCK.sub(lambda block: f"$ {block['command']}\n{output(block)}", text)
    if ACCEPT:
        page.write_text(accepted, encoding="utf-8")
    assert accepted == text or ACCEPT


def help_page(capsys: pytest.CaptureFixture[str]) -> str:
    parts = ["# Commands\n\nWhat `--help` prints.\n"]
    below = [("glossary", name) for name in glossary.commands_of]
    for names in ((), *((name,) for name in COMMANDS), *below):
        shown = printed([*names, "--help"], capsys)
        parts.append(f"## {' '.join(('tongwen', *names))}\n\n```text\n{shown}```\n")
    return "\n".join(parts)


def test_the_page_of_commands_is_what_help_prints(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    shown = help_page(capsys)
    if ACCEPT:
        HELP.write_text(shown, encoding="utf-8")
    assert HELP.read_text(encoding="utf-8") == shown


@pytest.mark.parametrize("page", [*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), ROOT / "index" / "README.md"], ids=str)
def test_what_a_page_points_at_exists(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    wanted = [page.parent / link for link in LINK.findall(text)] + [ROOT / script for script in SCRIPT.findall(text)]
    assert [path for path in wanted if not path.exists()] == []
