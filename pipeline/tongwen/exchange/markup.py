"""XML of other tools, read without trusting it, and our own, written so that it is the same on every machine.

Nothing outside the file is ever opened, and no entity is resolved: a file that declares some is refused. A file is
read entry by entry, so that memory is bounded by its largest entry; libxml2's own bounds on depth (256) and on the
length of one text (10 MB) hold.
"""

from __future__ import annotations

from codecs import BOM_UTF16_LE
from collections.abc import Collection, Iterator, Mapping
from io import BytesIO
from typing import Any

from tongwen.errors import UnreadableFile
from tongwen.exchange.separated import LARGEST
from tongwen.exchange.tidy import collapsed

Element = Any  # of lxml, which is published without types
LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def entries(data: bytes, name: str, roots: Collection[str], tags: Collection[str]) -> Iterator[Element]:
    """Each element with a local name in ``tags``, whatever its namespace; it is emptied when the next is asked for.

    :raises UnreadableFile: too large, no XML, with entities of its own, or with another root than one of ``roots``
    """
    from lxml import etree  # noqa: PLC0415

    if len(data) > LARGEST:
        raise UnreadableFile(f"{name} has more than {LARGEST >> 20} MB.", "Split it in several files.")
    safe = {"no_network": True, "load_dtd": False, "resolve_entities": False, "huge_tree": False}
    parsed = etree.iterparse(BytesIO(data), ("start", "end"), remove_comments=True, remove_pis=True, **safe)
    try:
        for _, root in parsed:
            _trusted(root, name, roots)
            break
        else:
            raise UnreadableFile(f"{name} has no element.", "Export it again.")
        for event, element in parsed:
            if event == "end" and local(element) in tags:
                yield element
                _forget(element)
    except etree.XMLSyntaxError as error:
        line, _ = error.position
        why = " ".join((error.msg or "").split())  # some are told in two lines
        if "XML_PARSE_HUGE" in why:
            told = f"{name}:{line}: is nested more than 256 deep, or has a text of more than 10 MB."
            raise UnreadableFile(told, "No termbase needs that: export it again.") from error
        raise UnreadableFile(f"{name}:{line}: is no well-formed XML: {why}.", "Export it again.") from error


def _trusted(root: Element, name: str, roots: Collection[str]) -> None:
    if local(root) not in roots:
        known = " or ".join(f"<{r}>" for r in sorted(roots))
        raise UnreadableFile(f"{name} begins with <{local(root)}>, not with {known}.", "It is of another format.")
    declared = root.getroottree().docinfo.internalDTD
    if declared is not None and any(True for _ in declared.iterentities()):
        raise UnreadableFile(f"{name} declares entities, which are not read.", "Write the texts out in full.")


def _forget(element: Element) -> None:
    element.clear()
    while element.getprevious() is not None:
        del element.getparent()[0]


def local(element: Element) -> str:
    """The name without its namespace; empty for an entity."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def children(element: Element) -> Iterator[Element]:
    """Without the references to entities that stand between them."""
    return (child for child in element if isinstance(child.tag, str))


def text(element: Element, without: Collection[str] = ()) -> str:
    """All the text in ``element`` in one line, but for what stands in children with the local names ``without``."""
    return collapsed("".join(_pieces(element, without)))


def _pieces(element: Element, without: Collection[str]) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if local(child) not in without:
            yield from _pieces(child, without)
        yield child.tail or ""


def language(element: Element) -> str:
    """The tag as it is written at ``element`` or at the nearest element around it; empty where there is none."""
    own = element.get(LANG) or element.get("lang")
    if own:
        return str(own)
    around = element.getparent()
    return "" if around is None else language(around)


def element(name: str, attributes: Mapping[str, str] | None = None, words: str | None = None) -> Element:
    """``lang`` among the attributes is ``xml:lang``."""
    from lxml import etree  # noqa: PLC0415

    made = etree.Element(name)
    for key, value in (attributes or {}).items():
        made.set(LANG if key == "lang" else key, value)
    made.text = words
    return made


def within(namespace: str, root: Element) -> Element:
    """The tree in ``namespace``, as its default one."""
    from lxml import etree  # noqa: PLC0415

    made = etree.Element(f"{{{namespace}}}{root.tag}", nsmap={None: namespace})
    made.attrib.update(root.attrib)
    made.extend(list(root))
    for inner in made.iterdescendants():
        inner.tag = f"{{{namespace}}}{inner.tag}"
    return made


def serialised(root: Element, encoding: str = "UTF-8") -> bytes:
    """Indented by two blanks; only elements without text are. ``UTF-16`` has its mark, and the small end first."""
    from lxml import etree  # noqa: PLC0415

    etree.indent(root)
    text = f'<?xml version="1.0" encoding="{encoding}"?>\n{etree.tostring(root, encoding="unicode")}\n'
    return BOM_UTF16_LE + text.encode("utf-16-le") if encoding == "UTF-16" else text.encode(encoding)
