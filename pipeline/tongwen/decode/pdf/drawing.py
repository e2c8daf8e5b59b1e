"""What is drawn on a page: lines, areas, images."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from itertools import pairwise
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from tongwen.decode.pdf.shapes import Box, Drawn

MOST = 20_000
"""Drawn objects of a page that are looked at: a map or a plot has more, and no table."""

_DEEPEST = 8  # forms within forms
_THIN = 3.0  # points: what is thinner is a line
_SHORT = 4.0
_SEGMENTS = 400  # a path with more is a picture
_DOT = 8.0
_WHITE = 252  # of 255

Matrix = tuple[float, float, float, float, float, float]
_PLAIN: Matrix = (1, 0, 0, 1, 0, 0)


class _Object(NamedTuple):
    handle: Any
    matrix: Matrix  # of the form that holds it


def drawn_on(page: Any) -> Drawn:
    drawn = Drawn()
    for number, (kind, thing) in enumerate(_objects(page)):
        if number >= MOST:
            return Drawn(images=drawn.images)
        if kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            drawn.images.append(_bounds(thing))
        elif kind == pdfium.FPDF_PAGEOBJ_PATH:
            _sort(thing, drawn)
    return drawn


def _objects(page: Any) -> Iterator[tuple[int, _Object]]:
    for index in range(pdfium.FPDFPage_CountObjects(page)):
        yield from _within(_Object(pdfium.FPDFPage_GetObject(page, index), _PLAIN), 0)


def _within(thing: _Object, depth: int) -> Iterator[tuple[int, _Object]]:
    kind = pdfium.FPDFPageObj_GetType(thing.handle)
    if kind in (pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_IMAGE):
        yield kind, thing
    elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _DEEPEST:
        matrix = _times(_matrix(thing.handle), thing.matrix)
        for index in range(pdfium.FPDFFormObj_CountObjects(thing.handle)):
            yield from _within(_Object(pdfium.FPDFFormObj_GetObject(thing.handle, index), matrix), depth + 1)


def _matrix(handle: Any) -> Matrix:
    found = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(handle, found):
        return _PLAIN
    return found.a, found.b, found.c, found.d, found.e, found.f


def _times(first: Matrix, second: Matrix) -> Matrix:
    """Both applied, ``first`` before ``second``."""
    a, b, c, d, e, f = first
    p, q, r, s, t, u = second
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


def _at(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _bounds(thing: _Object) -> Box:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    pdfium.FPDFPageObj_GetBounds(thing.handle, left, bottom, right, top)
    return _box(_at(thing.matrix, left.value, bottom.value), _at(thing.matrix, right.value, top.value))


def _box(one: tuple[float, float], other: tuple[float, float]) -> Box:
    return Box(min(one[0], other[0]), min(one[1], other[1]), max(one[0], other[0]), max(one[1], other[1]))


def _sort(thing: _Object, drawn: Drawn) -> None:
    """Puts a path where it belongs."""
    bounds, filled, stroked = _bounds(thing), *_painted(thing.handle)
    if not (filled or stroked):
        return
    if _is_line(bounds):
        _add_line(bounds, drawn)
    elif bounds.width <= _DOT and bounds.height <= _DOT:
        if filled or bounds.width > 1:
            drawn.dots.append(bounds)
    elif pdfium.FPDFPath_CountSegments(thing.handle) <= _SEGMENTS:
        _sort_outline(thing, bounds, drawn, filled, stroked)


def _is_line(bounds: Box) -> bool:
    thin, long = sorted((bounds.width, bounds.height))
    return thin <= _THIN and long >= _SHORT and long > 2 * thin


def _add_line(bounds: Box, drawn: Drawn) -> None:
    (drawn.across if bounds.width > bounds.height else drawn.down).append(bounds)


def _sort_outline(thing: _Object, bounds: Box, drawn: Drawn, filled: bool, stroked: bool) -> None:
    """The straight parts of an outline are lines; what is one rectangle is an area too."""
    sides = list(_sides(thing))
    straight = [side for side in sides if _is_line(side)]
    if len(straight) == len(sides) <= 5 or (filled and sides):
        drawn.fills.append(bounds)
    if stroked or len(sides) > 5:
        for side in straight:
            _add_line(side, drawn)


def _sides(thing: _Object) -> Iterator[Box]:
    matrix = _times(_matrix(thing.handle), thing.matrix)
    points: list[tuple[float, float]] = []
    for index in range(pdfium.FPDFPath_CountSegments(thing.handle)):
        segment = pdfium.FPDFPath_GetPathSegment(thing.handle, index)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        x, y = ctypes.c_float(), ctypes.c_float()
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            yield from _legs(points)
            points = []
        points.append(_at(matrix, x.value, y.value))
        if pdfium.FPDFPathSegment_GetClose(segment):
            points.append(points[0])
    yield from _legs(points)


def _legs(points: list[tuple[float, float]]) -> Iterator[Box]:
    return (_box(one, other) for one, other in pairwise(points) if one != other)


def _painted(handle: Any) -> tuple[bool, bool]:
    """Whether it is filled, and stroked; a white or transparent fill does not show."""
    mode, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(handle, mode, stroke)
    filled = mode.value != pdfium.FPDF_FILLMODE_NONE and _shows(handle)
    return filled, bool(stroke.value)


def _shows(handle: Any) -> bool:
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if not pdfium.FPDFPageObj_GetFillColor(handle, red, green, blue, alpha):
        return True
    return alpha.value > 0 and min(red.value, green.value, blue.value) < _WHITE
