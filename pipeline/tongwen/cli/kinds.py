"""What is typed for a kind, or a command: singular or plural, and what was probably meant."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from tongwen.errors import UsageError


def kind_meant(typed: str, names: Mapping[str, str], what: str) -> str:
    """The kind that is typed; ``names`` has every way to type one. Raises ``UsageError``; ``what``: its sentence."""
    if typed in names:
        return names[typed]
    known = ", ".join(dict.fromkeys(names.values()))
    raise UsageError(what, f"{did_you_mean(typed, names)}Known are: {known}.")


def did_you_mean(typed: str, names: Iterable[str]) -> str:
    """A question that ends in a space, or nothing where nothing is near."""
    from difflib import get_close_matches  # noqa: PLC0415  few are asked what they meant

    near = get_close_matches(typed.lower(), list(names), 1)
    return f"Did you mean {near[0]}? " if near else ""
