"""What a document says of itself: its title, its author, the day it was made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from xml.etree.ElementTree import Element

from tongwen.decode.docx.elements import name
from tongwen.decode.docx.story import Story, paragraphs
from tongwen.model import Json

_CORE = {"title": "title", "creator": "author", "created": "created"}
_TOP = 8  # blocks in which a title may stand; a head that is printed later is a chapter's


def metadata_of(core: Iterable[Element]) -> dict[str, Json]:
    """The fields of the core properties (ECMA-376 part 2, section 11) that say something of the text."""
    said = {_CORE[name(element)]: (element.text or "").strip() for element in core if name(element) in _CORE}
    return {key: text for key, text in said.items() if text}


def head_lines(header: Iterable[Element]) -> Iterator[str]:
    """The lines of a page's head."""
    for element in header:
        yield from ("".join(t.text or "" for t in p.iter() if name(t) == "t") for p in _paragraphs(element))


def titles_of(story: Story, metadata: Mapping[str, Json], heads: Iterable[str]) -> Iterator[str]:
    """The title style first; then what the properties or a page's head say, where the first page prints it too, as the
    properties often name the template or another document; then the only heading of the first level."""
    yield from story.titles[:1]
    text = story.writer.text()
    top = {_bare(block.span.of(text)) for block in story.writer.blocks[:_TOP]}
    yield from (said for said in (str(metadata.get("title", "")), *heads) if _bare(said) in top - {""})
    if len(story.tops) == 1:
        yield story.tops[0]


def _bare(text: str) -> str:
    return "".join(text.split())


def _paragraphs(element: Element) -> Iterable[Element]:
    return [element] if name(element) == "p" else paragraphs(element)
