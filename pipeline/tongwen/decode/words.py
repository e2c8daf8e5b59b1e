"""``lexicon.tsv``: the words of a folder's own, which the segmenter shall not take apart."""

from __future__ import annotations

from pathlib import Path

from tongwen.decode.beside import read_beside

NAME = "lexicon.tsv"


def load_words(folder: Path) -> tuple[str, ...]:
    """The first column of the folder's table, as written; empty where there is none. ``#`` begins a comment.

    :raises OSError, UnicodeError: the table is there and cannot be read as UTF-8
    """
    try:
        lines = read_beside(folder / NAME).splitlines()
    except (FileNotFoundError, NotADirectoryError):
        return ()
    words = (line.split("\t")[0].strip() for line in lines if not line.startswith("#"))
    return tuple(dict.fromkeys(word for word in words if word))
