"""Brackets around words that belong together → the same query without brackets, as choices that must all hold.

OR binds closer than the space, so a query without brackets is a row of choices. Every other one can be written so:
``(甲 AND 乙) OR 丙`` is ``甲 OR 丙 AND 乙 OR 丙`` (its conjunctive normal form). What may not stand in a hit cannot be
one of several choices; such a query is left as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain, product
from math import prod

from tongwen.errors import QueryError

BRACKETS = 100  # each may stand in the one before
MOST = 64  # choices: those of several brackets side by side multiply

OR, AND, NOT = frozenset({"OR", "|"}), frozenset({"AND"}), frozenset({"NOT"})
OPERATORS = OR | AND | NOT
QUOTED = '"[^"]+"|“[^”]+”|「[^」]+」|『[^』]+』'
# A bracket inside a word, as in 第(二)款, is a part of it.
_PART = re.compile(
    rf"\s*(?P<minus>-(?=[^\s-]))?(?P<word>(?:{QUOTED})(?=[\s|)）]|$)|[(（]|[)）](?=[\s)）|]|$)|\||[^\s|()（）]+(?=[\s|)）]|$))"
)
_OPENING, _CLOSING = frozenset("(（"), frozenset(")）")

Choices = list[tuple[str, ...]]
"""One of each must be there."""


class _Unreadable(Exception):
    """What is typed is no expression of words, operators and brackets."""


def spread(typed: str) -> str | None:
    """None where no brackets stand around words, or where what is typed cannot be written without them.

    Raises ``QueryError`` where it would be more than ``MOST`` choices.
    """
    try:
        parts = list(_parts(typed))
        if not 0 < sum(part in _OPENING for part in parts) <= BRACKETS or not OPERATORS & set(parts):
            return None
        choices, excluded, rest = _expression(parts)
    except _Unreadable:
        return None
    if rest or not choices:
        return None
    return " AND ".join(" OR ".join(choice) for choice in choices) + "".join(f" -{word}" for word in excluded)


def _parts(typed: str) -> Iterator[str]:
    typed, at = typed.rstrip(), 0
    while at < len(typed):
        part = _PART.match(typed, at)
        if part is None or part["word"] == "-":
            raise _Unreadable
        if part["minus"]:
            yield "NOT"
        if part["word"]:
            yield part["word"]
        at = part.end()


def _expression(parts: Sequence[str]) -> tuple[Choices, list[str], Sequence[str]]:
    """What stands side by side, up to a closing bracket: the choices, what is excluded, and the parts behind it."""
    choices: Choices = []
    excluded: list[str] = []
    while parts and parts[0] not in _CLOSING:
        if parts[0] in NOT:
            denied, parts = _operand(parts[1:])
            if len(denied) > 1 or (parts and parts[0] in OR):  # that would be one of several again
                raise _Unreadable
            excluded += denied[0]
        else:
            found, parts = _chosen(parts)
            choices += found
        parts = _behind_and(parts)
    _bound(len(choices))
    return choices, excluded, parts


def _behind_and(parts: Sequence[str]) -> Sequence[str]:
    """An AND stands between two things."""
    if not parts or parts[0] not in AND:
        return parts
    if len(parts) == 1 or parts[1] in _CLOSING | AND | OR:
        raise _Unreadable
    return parts[1:]


def _chosen(parts: Sequence[str]) -> tuple[Choices, Sequence[str]]:
    """Words and brackets between which OR stands: one of each choice of the one, or of the other."""
    found, parts = _operand(parts)
    ways = [found]
    while parts and parts[0] in OR:
        found, parts = _operand(parts[1:])
        ways.append(found)
    _bound(prod(map(len, ways)))
    return [tuple(chain.from_iterable(one)) for one in product(*ways)], parts


def _operand(parts: Sequence[str]) -> tuple[Choices, Sequence[str]]:
    if not parts or parts[0] in OPERATORS | _CLOSING:
        raise _Unreadable
    if parts[0] not in _OPENING:
        return [(parts[0],)], parts[1:]
    choices, excluded, rest = _expression(parts[1:])
    if not rest or excluded or not choices:
        raise _Unreadable
    return choices, rest[1:]


def _bound(count: int) -> None:
    if count > MOST:
        message = f"The brackets of the query make more than {MOST} choices."
        raise QueryError(message, "Write it as several queries, or with fewer OR.")
