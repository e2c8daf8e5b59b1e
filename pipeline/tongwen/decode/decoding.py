"""From one file to its ``Document``: the reader of its format, and what the manifest says of it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from types import MappingProxyType

from tongwen.decode.charset import Decoded, decode_bytes
from tongwen.decode.content import Content
from tongwen.decode.declared import declared_encoding
from tongwen.decode.files import document_id, format_of, printable, relative
from tongwen.decode.language import mark
from tongwen.decode.manifest import EMPTY, Manifest
from tongwen.decode.markdown import read_markdown
from tongwen.decode.plain import read_plain
from tongwen.decode.source import read_bytes
from tongwen.decode.title import tidy, title_of
from tongwen.errors import UnreadableFile
from tongwen.model import Document, Format, Json, Language, Problem


def _read_statute_json(data: bytes, name: str) -> Content:
    from tongwen.decode.statute_json import read_statute_json  # noqa: PLC0415  # only such files pay for its table

    return read_statute_json(data, name)


def _read_html(text: str) -> Content:
    from tongwen.decode.html import read_html  # noqa: PLC0415  # costs 80 ms, which plain texts need not pay

    return read_html(text)


_READERS: Mapping[Format, Callable[[str], Content]] = MappingProxyType(
    {"text": read_plain, "markdown": read_markdown, "html": _read_html}
)


# What helps where a file of the format holds no text.
_EMPTY: Mapping[Format, str] = MappingProxyType(
    {
        "html": "Where a script brings a page's text, save it as it is shown.",
        "pdf": "Where its pages are pictures or drawn letters, give it a text layer by OCR.",
        "docx": "Where its pages are pictures, give them a text by OCR.",
    }
)


def _read_docx(data: bytes, name: str) -> Content:
    from tongwen.decode.docx import read_docx  # noqa: PLC0415  # few folders hold any

    return read_docx(data, name)


def _read_pdf(data: bytes, name: str) -> Content:
    from tongwen.decode.pdf import read_pdf  # noqa: PLC0415  # few folders hold any

    return read_pdf(data, name)


# Formats that are no text: each reader gets the file's bytes and its printable name.
_BINARY: Mapping[Format, Callable[[bytes, str], Content]] = MappingProxyType(
    {"json": _read_statute_json, "docx": _read_docx, "pdf": _read_pdf}
)


def decode(path: Path, root: Path, manifest: Manifest = EMPTY, doc_id: str | None = None) -> Document:
    """Read one file. ``doc_id`` is given where several files would share an id (see ``document_ids``).

    ``metadata`` holds what the manifest and the file's own head say of it, and the encoding it was read in.

    :raises UnreadableFile: no text can be had from it; the sentence says why
    """
    data = read_bytes(path)
    said = manifest.about(path, root)
    form = format_of(path)
    content, decoded = _read(data, form, printable(str(path)), said)
    if not content.text.strip():
        raise UnreadableFile(f"{printable(str(path))} holds no text.", _EMPTY.get(form, "Put its text into it."))
    language, blocks = mark(content.text, content.blocks, _language(said))
    return Document(
        id=doc_id or document_id(path, root),
        path=relative(path, root),
        sha256=hashlib.sha256(data).hexdigest(),
        format=form,
        title=tidy(str(said.get("title", ""))) or title_of(content, printable(path.stem)),
        language=language,
        text=content.text,
        blocks=blocks,
        metadata=_metadata(content, decoded, said),
        problems=(*(_placed(form, decoded, content) if decoded else ()), *content.problems),
        marks=content.marks,
        pages=content.pages,
    )


def _read(data: bytes, form: Format, name: str, said: Mapping[str, Json]) -> tuple[Content, Decoded | None]:
    """What the file holds, and how its bytes were read as characters where that had to be found out."""
    if form in _BINARY:
        return _BINARY[form](data, name), None
    decoded = decode_bytes(data, name, declared_encoding(data, form, said))
    return _READERS[form](decoded.text), decoded


def _placed(form: Format, decoded: Decoded, content: Content) -> Iterable[Problem]:
    if form != "html" or not decoded.problems:
        return decoded.problems
    from tongwen.decode.html_problems import placed  # noqa: PLC0415  # as for reading the page

    return placed(decoded.problems, decoded.text, content.text)


def _language(said: Mapping[str, Json]) -> Language | None:
    return said.get("language")  # type: ignore[return-value]  # the manifest lets only a Language pass


def _metadata(content: Content, decoded: Decoded | None, said: Mapping[str, Json]) -> dict[str, Json]:
    known = {key: value for key, value in said.items() if key not in ("title", "language", "encoding")}
    return {**content.metadata, **known, **({"encoding": decoded.encoding} if decoded else {})}
