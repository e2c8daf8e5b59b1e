"""The truth of a report beside what was found in one of its files."""

from __future__ import annotations

import re
from typing import Any

from reports.measure.found import Found
from reports.measure.grids import grid_tallies
from reports.measure.tally import Tally, tally
from tongwen.numerals import chinese, roman

_ASIDE = ("imprint", "contents", "signature", "contact")
_IGNORED = ("nav", "page", "title", *_ASIDE)
_NOTE_TITLES = ("注释", "註釋", "Notes")
_LABEL = re.compile(r"[•◦▪·●○]")
_CONTEXT = 4
_FORMAL = str.maketrans("壹貳參肆伍陸柒捌玖拾贰叁陆", "一二三四五六七八九十二三六")

Truth = dict[str, Any]


def squeezed(text: object) -> str:
    return "".join(str(text or "").split())


def compare(truth: Truth, found: Found, dialect: str) -> dict[str, Tally]:
    """A tally for each kind; kinds that the report does not have are left out."""
    tallies = {
        "headings": _headings(truth, found),
        "levels": _levels(truth, found, numbered=dialect.endswith("txt")),
        "paragraphs": _paragraphs(truth, found),
        "quotations": _quotations(truth, found),
        "items": tally((_item(i["text"]) for i in truth["items"]), (_item(i.get("text")) for i, _ in found.items)),
        "nesting": _nesting(truth, found),
        "markers": _markers(truth, found),
        "notes": _bodies(truth, found),
        "boxes": _boxes(truth, found),
        **grid_tallies(truth["tables"], found.tables),
        "figures": _figures(truth, found),
        "matter": _matter(truth, found),
    }
    return {kind: t for kind, t in tallies.items() if t.expected or t.found}


def canonical(number: object) -> str:
    """``第二章``, ``贰、``, ``(二)`` and ``2`` are one; ``2.3`` keeps its dots."""
    text = squeezed(number)
    if match := re.search(r"\d+(?:\.\d+)*", text):
        return match[0]
    numeral = re.search("[一二三四五六七八九十]+", text.translate(_FORMAL))
    return str(chinese(numeral[0])) if numeral else text.rstrip(".")


def _values(number: object) -> set[str]:
    """All that a printed number may count to: ``C.`` is a letter or a Roman numeral."""
    text = canonical(number)
    if not re.fullmatch("[A-Z]+", text):
        return {text}
    return {text, str(ord(text[0]) - ord("A") + 1), str(roman(text.lower()))}


def _same_number(want: object, have: object) -> bool:
    """A path such as ``2.1`` may stand for what is printed as （一） in chapter 2."""
    values, found = _values(want), canonical(have)
    return found in values or (found.rpartition(".")[2] in values - {""} and "." not in canonical(want))


def _headings(truth: Truth, found: Found) -> Tally:
    """A heading is right when its title and its number are; the title of the report and of its notes are left aside."""
    aside = {squeezed(truth["title"]), *_NOTE_TITLES}
    have = [f for f, _ in found.headings if squeezed(f.get("title")) not in aside]
    open_ = list(have)
    missed = []
    for want in truth["headings"]:
        same = (f for f in open_ if squeezed(f.get("title")) == squeezed(want["title"]))
        match = next((f for f in same if _same_number(want["number"], f.get("number"))), None)
        if match is None:
            missed.append(f"{want['number']} {want['title']}")
        else:
            open_.remove(match)
    besides = tuple(f"{f.get('number')} {f.get('title')}"[:160] for f in open_)
    return Tally(len(truth["headings"]), len(have), len(have) - len(open_), tuple(missed), besides)


def _levels(truth: Truth, found: Found, numbered: bool) -> Tally:
    """Of the headings that are found by their title: has each its rank among the levels that occur?

    ``numbered``: only of those with a number, as nothing else shows a level in a text without type sizes.
    """
    want = {squeezed(h["title"]): h["level"] for h in truth["headings"] if h["number"] or not numbered}
    have = {squeezed(f.get("title")): level for f, level in found.headings}
    both = [title for title in want if title in have]
    ranks = _ranks([want[t] for t in both]), _ranks([have[t] for t in both])
    wrong = [t for t in both if ranks[0][want[t]] != ranks[1][have[t]]]
    misses = tuple(f"{t}: {want[t]}, not {have[t]}" for t in wrong)
    return Tally(len(both), len(both), len(both) - len(wrong), misses)


def _ranks(levels: list[int]) -> dict[int, int]:
    return {level: rank for rank, level in enumerate(sorted(set(levels)))}


def _paragraphs(truth: Truth, found: Found) -> Tally:
    aside = {squeezed(truth["title"]), *_NOTE_TITLES}
    body = (f for f in found.paragraphs if f.get("part") not in (*_IGNORED, "quotation"))
    texts = [text for f in body if (text := squeezed(f.get("text"))) and text not in aside]
    return tally(map(squeezed, truth["paragraphs"]), texts)


def _quotations(truth: Truth, found: Found) -> Tally:
    have = [squeezed(f.get("text")) for f in found.paragraphs if f.get("part") == "quotation"]
    return tally(map(squeezed, truth["quotations"]), have)


def _item(text: object) -> str:
    return squeezed(text)


def _nesting(truth: Truth, found: Found) -> Tally:
    """Of the items that are found: has each its depth?"""
    want = {_item(i["text"]): i["level"] for i in truth["items"]}
    have = {_item(i.get("text")): level for i, level in found.items}
    both = [text for text in want if text in have]
    wrong = tuple(f"{t[:60]}: {want[t]}, not {have[t]}" for t in both if want[t] != have[t])
    return Tally(len(both), len(both), len(both) - len(wrong), wrong)


def _markers(truth: Truth, found: Found) -> Tally:
    """A marker is right when its offset is: there stand its digits, and before them what the truth has before them."""
    want = [(n["number"], n["before"][-_CONTEXT:]) for n in truth["notes"]]
    return tally(want, (_marker(f, found.text) for f in found.notes))


def _marker(fields: dict[str, Any], text: str) -> tuple[str, str]:
    number, anchor = squeezed(fields.get("number")), fields.get("anchor")
    if not isinstance(anchor, int) or not text.startswith(number, anchor):
        return number, f"? {anchor}"
    return number, squeezed(text[max(0, anchor - 60) : anchor])[-_CONTEXT:]


def _bodies(truth: Truth, found: Found) -> Tally:
    """What the notes say; left out where the file has none of them."""
    have = [(squeezed(f.get("number")), squeezed(f["text"])) for f in found.notes if f.get("text")]
    want = [(n["number"], squeezed(n["text"])) for n in truth["notes"]]
    present = any(text in squeezed(found.text) for _, text in want)
    return tally(want if present else (), have)


def _boxes(truth: Truth, found: Found) -> Tally:
    """By number, title and text; bullets and note markers may be left in the text or not."""
    want = [(canonical(b["number"]), squeezed(b["title"]), _bare(b["text"])) for b in truth["boxes"]]
    notes = {n["number"] for n in truth["notes"]}
    open_ = list(want)
    besides = []
    for fields in found.boxes:
        have = canonical(fields.get("number")), squeezed(fields.get("title")), _bare(fields.get("text"))
        match = next((w for w in open_ if w[:2] == have[:2] and _same_text(w[2], have[2], notes)), None)
        if match:
            open_.remove(match)
        else:
            besides.append(str(have)[:160])
    missed = tuple(str(w)[:160] for w in open_)
    return Tally(len(want), len(found.boxes), len(want) - len(open_), missed, tuple(besides))


def _bare(text: object) -> str:
    return _LABEL.sub("", squeezed(text))


def _same_text(want: str, have: str, notes: set[str]) -> bool:
    """Equal, but for digits of note markers that stand in ``have``."""
    if want == have:
        return True
    at = 0
    for char in want:
        if have[at : at + 1] != char:
            digits = re.match(r"\d+", have[at:])
            if not digits or digits[0] not in notes:
                return False
            at += len(digits[0])
            if have[at : at + 1] != char:
                return False
        at += 1
    return have[at:] == "" or have[at:] in notes


def _figures(truth: Truth, found: Found) -> Tally:
    want = [(canonical(f["number"]), squeezed(f["caption"])) for f in truth["figures"]]
    return tally(want, ((canonical(f.get("number")), squeezed(f.get("caption"))) for f in found.figures))


def _matter(truth: Truth, found: Found) -> Tally:
    """Lines of front and back matter that stand in paragraphs named for what they are.

    Contents that are not in the text, as a web page's menu may not be, are not asked for.
    """
    whole = {kind: [squeezed(x) for p in truth["parts"] if p["part"] == kind for x in p["lines"]] for kind in _ASIDE}
    text = _leaderless(squeezed(found.text))
    if sum(text.count(_leaderless(line)) > 1 for line in whole["contents"]) * 2 < len(whole["contents"]):
        whole["contents"] = []
    missed = []
    for kind, lines in whole.items():
        named = (kind, "nav") if kind == "contents" else (kind,)
        have = _leaderless("".join(squeezed(f.get("text")) for f in found.paragraphs if f.get("part") in named))
        missed += [f"{kind}: {line}" for line in lines if _leaderless(line) not in have]
    expected = sum(map(len, whole.values()))
    besides = _strangers(whole, found)
    right = expected - len(missed)
    return Tally(expected, right + len(besides), right, tuple(missed), tuple(besides))


def _strangers(whole: dict[str, list[str]], found: Found) -> list[str]:
    """Paragraphs named as matter that are no part of it."""
    out = []
    for fields in found.paragraphs:
        if fields.get("part") in _ASIDE:
            text, lines = _leaderless(squeezed(fields.get("text"))), _leaderless("".join(whole[fields["part"]]))
            if text and text not in lines:
                out.append(f"{fields['part']}: {text}"[:160])
    return out


def _leaderless(text: str) -> str:
    """Without the dots and page numbers of a table of contents, which each format prints in its own way."""
    return re.sub(r"[.…·\d]", "", text)
