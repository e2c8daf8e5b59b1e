"""A query with brackets asks for the same as the expression that was typed."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongwen.errors import QueryError
from tongwen.search.brackets import MOST, spread
from tongwen.search.query import Query, parse

WORDS = "甲乙丙丁"
JOINTS = st.sampled_from([" ", " AND ", " OR ", "|"])

Tree = Any
"""A word, or a joint with two trees."""

TREES = st.recursive(st.sampled_from(WORDS), lambda inner: st.tuples(JOINTS, inner, inner), max_leaves=6)


def typed(tree: Tree) -> str:
    if isinstance(tree, str):
        return tree
    joint, left, right = tree
    return f"({typed(left)}){joint}({typed(right)})"


def holds(tree: Tree, there: frozenset[str]) -> bool:
    if isinstance(tree, str):
        return tree in there
    joint, left, right = tree
    return (any if joint.strip() in ("OR", "|") else all)(holds(side, there) for side in (left, right))


def finds(query: Query, there: frozenset[str]) -> bool:
    wanted = all(any(phrase.typed in there for phrase in group) for group in query.groups)
    return wanted and not any(phrase.typed in there for phrase in query.excluded)


@given(TREES, st.frozensets(st.sampled_from(WORDS)))
def test_what_is_typed_with_brackets_is_what_is_asked_for(tree: Tree, there: frozenset[str]) -> None:
    if isinstance(tree, tuple) and "OR" not in typed(tree) and "|" not in typed(tree) and "AND" not in typed(tree):
        return  # no operator, and so no brackets of an expression
    assert finds(parse(typed(tree)), there) == holds(tree, there)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("(毒品 AND 治疗) OR 监狱", "毒品 OR 监狱 AND 治疗 OR 监狱"),
        ("(a b) OR (c d)", "a OR c AND a OR d AND b OR c AND b OR d"),
        ('((a OR b) c) | "x y" -z NOT (u OR v)', 'a OR b OR "x y" AND c OR "x y" -z -u -v'),
        ("（（a b） OR c）", "a OR c AND b OR c"),
        ("第(二)款 OR 法", None),  # a bracket inside a word is a part of it
        ("(修订) 条例", None),  # nothing says that an expression is meant
        ('"(a OR b)" c', None),
        ("(a", None),
        ("a) OR b", None),
        ("() OR a", None),
        ("(a AND) OR b", None),
        ("(a NOT b) OR c", None),  # what must not be there cannot be one of several choices
        ("NOT a OR (b c)", None),
        ("NOT (a b) OR c", None),
        ("- OR (a b)", None),
        (f"{'(' * 101}a OR b{')' * 101}", None),
        (f"{'(' * 100}a OR b{')' * 100}", "a OR b"),
    ],
)
def test_brackets_are_spread_where_they_can_be(query: str, expected: str | None) -> None:
    assert spread(query) == expected


def test_too_many_choices_are_told() -> None:
    with pytest.raises(QueryError, match=f"more than {MOST} choices"):
        parse(" OR ".join(f"(甲{number} 乙{number})" for number in range(7)))
    assert len(parse(" OR ".join(f"(甲{number} 乙{number})" for number in range(6))).groups) == MOST
