"""The texts that all are measured on: plain ones as the simplest script would read them, and synthetic libraries.

A plain text is what a Markdown or text file holds, and of a statute as JSON the contents of its articles; one document
a file. A synthetic document is a title and articles drawn from those texts, so that its words and lengths are real.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

SEED = 20240607
IN_FOLDER = 1000  # files: no folder of a library grows without end
PLAIN = (".md", ".txt")
READ = (*PLAIN, ".json")

_ARTICLE = re.compile(r"^第[一二三四五六七八九十百千零〇\d]+[條条]", re.MULTILINE)
_CONTENT = "條文內容"
_STATUTE = "法規內容"


def files(folders: Sequence[Path]) -> list[Path]:
    """What all read, in a fixed order."""
    return [file for folder in folders for file in sorted(folder.rglob("*")) if file.suffix in READ and file.is_file()]


def plain(file: Path) -> str:
    """The text of a file; empty where JSON is no statute."""
    text = file.read_text(encoding="utf-8-sig")
    return text if file.suffix in PLAIN else "\n".join(_contents(text))


def _contents(text: str) -> Iterator[str]:
    statute = json.loads(text)
    if isinstance(statute, dict):
        yield from (part[_CONTENT] for part in statute.get(_STATUTE, ()) if part.get(_CONTENT))


def articles(folders: Sequence[Path]) -> list[str]:
    """The articles of the Markdown and text files, each with its number: ``第三条 …`` up to the next.

    :raises SystemExit: there is none
    """
    found = (piece for file in files(folders) if file.suffix in PLAIN for piece in _cut(plain(file)))
    drawn = list(dict.fromkeys(found))
    if not drawn:
        raise SystemExit(f"bench: there are no articles in {', '.join(map(str, folders))}")
    return drawn


def _cut(text: str) -> Iterator[str]:
    for start, end in pairwise([*(found.start() for found in _ARTICLE.finditer(text)), len(text)]):
        piece = text[start:end].partition("\n#")[0].strip()
        if 10 < len(piece) < 2000:
            yield piece


def body(article: str) -> str:
    """An article without its number."""
    return _ARTICLE.sub("", article, count=1).strip()


class Synthetic:
    """Documents of ``each`` articles, with a fixed seed: the n-th is the same in a library of any size."""

    def __init__(self, drawn: Sequence[str], each: int = 10) -> None:
        self._bodies = [body(article) for article in drawn]
        self._each = each

    def text(self, number: int) -> str:
        chosen = random.Random(SEED + number).choices(self._bodies, k=self._each)
        numbered = (f"第{at}条 {one}" for at, one in enumerate(chosen, 1))
        return "\n\n".join((f"# 第{number}号综合规定", *numbered)) + "\n"

    def write(self, folder: Path, numbers: range) -> int:
        """How many characters were written."""
        return sum(self._write(self.path(folder, number), self.text(number)) for number in numbers)

    def path(self, folder: Path, number: int) -> Path:
        return folder / f"{number // IN_FOLDER:04}" / f"{number:07}.md"

    def _write(self, file: Path, text: str) -> int:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        return len(text)
