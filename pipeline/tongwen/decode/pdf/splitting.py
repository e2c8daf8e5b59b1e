"""Pieces of lines that hang together only because two cells of a table stand close, cut where a column begins."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from tongwen.decode.pdf.shapes import Chunk

_NEAR = 0.35  # ems
_OFTEN = 3  # lines with something that begins there, one of them by itself


def split_strips(strips: Sequence[Sequence[Chunk]], em: float) -> list[list[Chunk]]:
    starts = _starts(strips, em)

    def begins(_end: float, start: float) -> bool:
        return any(abs(start - other) <= _NEAR * em for other in starts)

    return [[piece for chunk in strip for piece in _parts(chunk, begins)] for strip in strips]


def split_at(strip: Sequence[Chunk], borders: Sequence[float]) -> list[Chunk]:
    """Cut where a border lies in white."""
    return [piece for chunk in strip for piece in _parts(chunk, lambda end, start: _lies_in(borders, end, start))]


def _starts(strips: Sequence[Sequence[Chunk]], em: float) -> list[float]:
    """Where columns begin: a piece begins there, and in several lines a piece or what stands after white."""
    alone = [chunk.box.x0 for strip in strips for chunk in strip]
    after = [start for strip in strips for chunk in strip for _, _, start in chunk.breaks]
    return [
        start for start in set(alone) if sum(abs(start - other) <= _NEAR * em for other in (*alone, *after)) >= _OFTEN
    ]


def _lies_in(borders: Sequence[float], end: float, start: float) -> bool:
    return any(end - 1 <= border <= start + 1 for border in borders)


def _parts(chunk: Chunk, is_border: Callable[[float, float], bool]) -> Iterator[Chunk]:
    """``is_border`` is asked where white ends and begins."""
    begun, left = 0, chunk.box.x0
    for offset, end, start in chunk.breaks:
        if is_border(end, start):
            yield _part(chunk, (begun, offset), (left, end))
            begun, left = offset, start
    yield _part(chunk, (begun, len(chunk.text)), (left, chunk.box.x1)) if begun else chunk


def _part(chunk: Chunk, offsets: tuple[int, int], sides: tuple[float, float]) -> Chunk:
    start, end = offsets
    raised = tuple((first - start, last - start) for first, last in chunk.raised if start <= first and last <= end)
    box = chunk.box._replace(x0=sides[0], x1=sides[1])
    return replace(chunk, text=chunk.text[start:end].rstrip(), box=box, raised=raised, breaks=())
