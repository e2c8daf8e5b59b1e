"""What could not be read, told place by place."""

from __future__ import annotations

import re

from tongwen.decode.codecs import MARK
from tongwen.model import Problem, Span

_MOST = 100  # problems of one kind that are told one by one
_HINT = "Compare it with the source; the rest of the text is not affected."


def found_damage(text: str) -> tuple[str, list[Problem]]:
    """The text with U+FFFD for each ``MARK``, and a problem for each (past the first hundred, one for all the rest)."""
    if MARK not in text:
        return text, []
    places = [match.start() for match in re.finditer(MARK, text)]
    problems = [
        Problem("undecodable-byte", "What stands here cannot be read in the file's encoding.", _HINT, Span(at, at + 1))
        for at in places[:_MOST]
    ]
    if (more := len(places) - _MOST) > 0:
        message = f"{more} more places cannot be read in the file's encoding."
        problems.append(Problem("undecodable-byte", message, "Check the file's encoding."))
    return text.replace(MARK, "\ufffd"), problems
