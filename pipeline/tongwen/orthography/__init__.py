"""Faults that a converter between the scripts or a typist left in a text: suspected, told, never repaired.

What is suspected is read from tables: ``lexicon/orthography.tsv`` (a form that is wrong in its context, and the right
one), ``lexicon/language_marks.tsv`` (characters of one script only). Precision comes before recall: in a text that was
written in its script hardly anything may be suspected.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice

from tongwen import lexicon
from tongwen.model import Document, Problem, Span, Text
from tongwen.orthography.brackets import unbalanced

OTHER_SCRIPT = {"zh-Hans": ("zh-Hant", "Traditional"), "zh-Hant": ("zh-Hans", "Simplified")}

# More strangers than this are no slips: the text as a whole is not what it says.
MIXED_LIMIT = 20

# So many of a kind are told: a spoilt file must not fill the index with its faults.
MOST = 1_000

# A word that stands twice in a row, where nothing follows that the second could form a compound with.
_BEHIND = "[，。、；：！？）」』”》,.;:!?)的之]"
DOUBLED = re.compile(rf"([\u4e00-\u9fff]{{2,6}})\1(?={_BEHIND})")
# The same from the end on: what follows is rarer than a word, so that texts without any are known sooner.
_BACKWARDS = re.compile(rf"{_BEHIND}([\u4e00-\u9fff]{{2,6}})\1")


@dataclass(frozen=True, slots=True)
class Rule:
    """A row of ``orthography.tsv``; where ``wrong`` is ``right``, a doubled word that is right as it stands."""

    language: str
    code: str
    before: str
    wrong: str
    after: str
    right: str
    sure: str
    reason: str

    def fits(self) -> re.Pattern[str]:
        """Matches the wrong form where its context is as the row asks."""
        return re.compile(
            self.wrong + _context(self.before, "(?<{}{}" + self.wrong + ")") + _context(self.after, "(?{}{})")
        )


def suspicions(document: Document, text: Text) -> list[Problem]:
    """In the order of the text; only in what is written in the document's own language, zh-Hans or zh-Hant."""
    if document.language not in OTHER_SCRIPT:
        return []
    found = [
        *_first(_wrong_forms(document.language, text.original)),
        *_first(_strangers(document.language, text.original)),
        *_first(_doubled(text.original)),
        *_first(unbalanced(text.original)),
    ]
    foreign = [block.span for block in document.blocks if block.language not in ("und", document.language)]
    return sorted(
        (problem for problem in found if not _inside(problem.span, foreign)),
        key=lambda problem: problem.span or Span(0, 0),
    )


def _first(problems: Iterator[Problem]) -> Iterator[Problem]:
    yield from islice(problems, MOST)
    if further := next(problems, None):
        message = f"more of this kind follow: only {MOST:,} are told"
        yield Problem(further.code, message, "Correct these and index again.", further.span)


def _inside(span: Span | None, others: list[Span]) -> bool:
    return span is not None and any(other.holds(span) for other in others)


def _wrong_forms(language: str, text: str) -> Iterator[Problem]:
    rules, any_wrong_form = _rules(language)
    count = cache(text.count)  # once for each right form, however often the wrong one stands
    for match in any_wrong_form.finditer(text):
        for rule, fits in rules[match.group()]:
            if fits.match(text, match.start()):
                yield _wrong_form(rule, text, Span(*match.span()), count(rule.right))
                break


def _wrong_form(rule: Rule, text: str, span: Span, elsewhere: int) -> Problem:
    around = text[max(0, span.start - 4) : span.end + 4].replace("\n", " ")
    message = f"{rule.wrong} stands in “{around}”, where {rule.right} is expected"
    return Problem(rule.code, message, _hint(rule, elsewhere), span)


def _hint(rule: Rule, elsewhere: int) -> str:
    evidence = f" The text itself has {rule.right} {elsewhere} times." if elsewhere else ""
    return f"{rule.sure.capitalize()} {rule.right}: {rule.reason}.{evidence}"


Rules = dict[str, list[tuple[Rule, re.Pattern[str]]]]


@cache
def _rules(language: str) -> tuple[Rules, re.Pattern[str]]:
    """The rules by their wrong form, and the search for any of these: the contexts are looked at where one stands."""
    rules: Rules = {}
    for rule in _table():
        if rule.language == language and rule.wrong != rule.right:
            rules.setdefault(rule.wrong, []).append((rule, rule.fits()))
    return rules, re.compile("|".join(rules))


@cache
def _table() -> list[Rule]:
    return [Rule(*row) for row in lexicon.rows("orthography.tsv")]


def _context(cell: str, look: str) -> str:
    """Look-arounds for a cell: one of its words must stand there, and none of those that begin with ``!``."""
    words = [word for word in cell.split(" ") if word != "-"]
    wanted = [look.format("=", word) for word in words if not word.startswith("!")]
    unwanted = "".join(look.format("!", word[1:]) for word in words if word.startswith("!"))
    return unwanted + (f"(?:{'|'.join(wanted)})" if wanted else "")


def _strangers(language: str, text: str) -> Iterator[Problem]:
    _, name = OTHER_SCRIPT[language]
    runs = list(_foreign_runs(language).finditer(text))
    if len(runs) > MIXED_LIMIT:
        yield Problem(
            "mixed-script",
            f"the text is given as {language} but has {len(runs)} places in {name} characters",
            "Name its language in the manifest, or mark what it quotes.",
            Span(runs[0].start(), runs[-1].end()),
        )
        return
    for run in runs:
        message = f"“{run.group()}” has {name} characters in a text in the other script"
        yield Problem(
            "mixed-script", message, "Probably a quotation, or a conversion that missed it.", Span(*run.span())
        )


@cache
def _foreign_runs(language: str) -> re.Pattern[str]:
    """Characters of the other script, those that stand within three characters of each other taken together."""
    other, _ = OTHER_SCRIPT[language]
    characters = "".join(character for script, character, _ in lexicon.rows("language_marks.tsv") if script == other)
    return re.compile(rf"[{characters}](?:[\u4e00-\u9fff]{{0,3}}[{characters}])*+")


def _doubled(text: str) -> Iterator[Problem]:
    if not _BACKWARDS.search(text[::-1]):
        return
    right = {rule.wrong for rule in _table() if rule.wrong == rule.right}
    for match in DOUBLED.finditer(text):
        if match.group() in right:
            continue
        message = f"“{match.group(1)}” stands twice in a row"
        yield Problem("doubled-word", message, "Probably once is meant.", Span(*match.span()))
