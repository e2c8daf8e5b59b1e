"""Decode: every encoding the texts come in, declared or not, whole or damaged."""

from __future__ import annotations

import codecs
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongwen.decode.charset import decode_bytes
from tongwen.decode.codecs import codec_of, encoding_of
from tongwen.errors import UnreadableFile
from tongwen.lexicon import rows

HANS = "第一条　为管制精神药物，防止滥用，制定本法。\n第二条　缔约国应当采取“必要”措施——包括立法。\n"
HANT = "第一條　為管制精神藥物,防止濫用,制定本法。\n第二條　締約國應採取「必要」措施,包括立法。\n"
ENGLISH = "The Parties’ obligations – “all of them” – in the café.\n"
UNICODE = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32")
CASES = [
    *((HANS, codec) for codec in (*UNICODE, "gb18030", "gbk", "gb2312")),
    *((HANT, codec) for codec in (*UNICODE, "gb18030", "gbk", "cp950", "big5", "big5hkscs")),
    *((ENGLISH, codec) for codec in (*UNICODE, "cp1252")),
]


@pytest.mark.parametrize(("text", "codec"), CASES)
@pytest.mark.parametrize("declared", [None, "utf-8", "gb2312", "big5", "iso-8859-1", "utf-16", "no-such-name"])
def test_encoding_is_found_whatever_is_declared(text: str, codec: str, declared: str | None) -> None:
    text = text.encode(codec, "ignore").decode(codec)
    decoded = decode_bytes(text.encode(codec), "a", declared)
    assert decoded.text == text
    assert [problem.code for problem in decoded.problems] == ["unknown-encoding"] * (declared == "no-such-name")


@pytest.mark.parametrize("codec", ["utf-8", "gb18030"])
def test_a_short_line_with_controls_is_not_taken_for_wide_characters(codec: str) -> None:
    text = "Table\x01 one\nNext \x0b two\n"
    assert decode_bytes(text.encode(codec), "a", None).text == text


@pytest.mark.parametrize(
    ("label", "encoding", "codec"),
    [
        ("GB2312", "gbk", "gb18030"),
        (" gb_2312-80 ", "gbk", "gb18030"),
        ("Big5-HKSCS", "big5", "big5"),
        ("ISO-8859-1", "windows-1252", "cp1252"),
        ("us-ascii", "windows-1252", "cp1252"),
        ("UTF8", "utf-8", "utf-8"),
        ("unicode", "utf-16le", "utf-16-le"),
        ("shift_jis", "shift_jis", "cp932"),
    ],
)
def test_names_are_mapped_as_the_standard_maps_them(label: str, encoding: str, codec: str) -> None:
    assert encoding_of(label) == encoding
    assert codec_of(encoding) == codec


def test_unsafe_and_unknown_names_are_not_read() -> None:
    assert [encoding_of(label) for label in ("hz-gb-2312", "x-user-defined", "rot13", "")] == [None] * 4


def test_labels_are_unique_and_their_codecs_exist() -> None:
    table = [row for row in rows("encodings.tsv") if row[1] != "-"]
    labels = [label for _, _, listed, _ in table for label in listed.split()]
    assert len(labels) == len(set(labels))
    assert all("".encode(codec) in (b"", b"\xff\xfe") for _, codec, _, _ in table)


@pytest.mark.parametrize(("text", "codec"), [(HANS, "gb18030"), (HANT, "cp950"), (HANT, "gb18030"), (HANS, "utf-8")])
@pytest.mark.parametrize("damage", ["insert", "replace"])
def test_a_spoilt_byte_costs_a_few_characters_at_most(text: str, codec: str, damage: str) -> None:
    data = text.encode(codec)
    for at in range(len(data)):
        if data[at : at + 1] == b"\n":
            continue
        broken = data[:at] + b"\xff" + data[at + (damage == "replace") :]
        decoded = decode_bytes(broken, "a", codec)
        before, after = common_ends(text, decoded.text)
        assert before + after >= len(text) - 4, (at, decoded.text)
        places = [problem.span.start for problem in decoded.problems if problem.span]
        assert places == [place for place, found in enumerate(decoded.text) if found == "\ufffd"] != []


def common_ends(one: str, other: str) -> tuple[int, int]:
    """How many characters are alike at the beginning and at the end."""
    before = next((n for n, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]), len(one))
    after = next((n for n, p in enumerate(zip(one[::-1], other[::-1], strict=False)) if p[0] != p[1]), len(one))
    return before, after


def test_a_lost_byte_does_not_put_the_line_out_of_step() -> None:
    data = HANS.encode("gb18030")
    for at in range(20, len(data) - 1):
        if data[at] > 0x7F:
            before, after = common_ends(HANS, decode_bytes(data[:at] + data[at + 1 :], "a", "gbk").text)
            assert before + after >= len(HANS) - 8, at


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"\xb9\xdc\xd6\n\xd6\xc6", "管\ufffd\n制"),
        (b"\xe7\xae\xa1\xe5\x88\n\xe5\x88\xb6", "管\ufffd\n制"),
        (b"\xe7\xae\xa1\xed\xa0\x80\xe5\x88\xb6", "管\ufffd制"),
        (b"\xe7\xae\xa1\xc0\x80" + "制精神药物".encode(), "管\ufffd\ufffd制精神药物"),
        (b"\xff\xfe" + "管".encode("utf-16-le") + b"\x00\xd8" + "制".encode("utf-16-le"), "管\ufffd制"),
        (b"\xff\xfe" + "管制".encode("utf-16-le") + b"\x4e", "管制\ufffd"),
        ("管\ufffd制\0".encode(), "管\ufffd制\0"),
        (b"\x80\xb9\xdc\xd6\xc6\xbe\xab\xc9\xf1\xd2\xa9\xce\xef", "€管制精神药物"),
    ],
)
def test_damage_is_told_where_it_is(data: bytes, text: str) -> None:
    assert decode_bytes(data, "a").text == text


@pytest.mark.parametrize("mark", [codecs.BOM_UTF32_BE, codecs.BOM_UTF32_LE])
def test_utf32_is_known_by_its_mark(mark: bytes) -> None:
    text = HANT * 3_000
    codec = "utf-32-be" if mark == codecs.BOM_UTF32_BE else "utf-32-le"
    assert decode_bytes(mark + text.encode(codec), "a").text == text
    assert decode_bytes(mark + HANS.encode(codec)[:-2], "a").text == HANS[:-1] + "\ufffd"


@pytest.mark.parametrize(
    "text", ["第一條\0為管制精神藥物\0\0,防止濫用。", "Article 1.\0 The \0Parties\0", "管制\0\0\0毒品危害防制條例"]
)
@pytest.mark.parametrize("codec", ["utf-8", "gb18030", "cp950"])
def test_a_short_text_with_a_few_nuls_is_read_and_told(text: str, codec: str) -> None:
    decoded = decode_bytes(text.encode(codec), "a")
    assert decoded.text == text
    assert [problem.code for problem in decoded.problems] == ["control-character"]
    assert f"{text.count(chr(0))} NUL" in decoded.problems[0].message


def test_hong_kong_and_windows_big5_are_both_read() -> None:
    assert decode_bytes("香港嘅法例,管制毒品".encode("big5hkscs"), "a", "big5").text == "香港嘅法例,管制毒品"
    assert decode_bytes("管制毒品,碁銹恒裏".encode("cp950"), "a", "big5").text == "管制毒品,碁銹恒裏"
    assert decode_bytes("管制毒品:①②の".encode("big5hkscs"), "a", "big5").text == "管制毒品:①②の"


def test_vertical_punctuation_of_gb18030_is_no_private_character() -> None:
    assert decode_bytes(HANS.encode("gb18030") + b"\xa6\xd9", "a", "gb18030").text == HANS + "︐"


@pytest.mark.parametrize(("main", "other"), [("utf-8", "gb18030"), ("gb18030", "utf-8"), ("utf-8", "big5")])
def test_a_line_in_another_encoding_is_read_and_told(main: str, other: str) -> None:
    text = HANT if other == "big5" else HANS
    decoded = decode_bytes((HANS * 3).encode(main) + text.encode(other, "ignore") + HANS.encode(main), "a")
    assert decoded.text == HANS * 3 + text.encode(other, "ignore").decode(other) + HANS
    assert [(problem.code, problem.span is not None) for problem in decoded.problems] == [("mixed-encoding", True)] * 2


@pytest.mark.parametrize("order", [*itertools.permutations(("utf-8", "gb18030", "cp950"))])
@pytest.mark.parametrize(
    "lines",
    [
        ("第一條 締約國應採取措施。", "第二条 缔约国应当采取措施。", "第三條 防止濫用精神藥物。"),
        ("毒品", "药品", "藥品"),
    ],
)
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_each_line_is_read_in_the_encoding_that_fits_it(
    order: tuple[str, ...], lines: tuple[str, ...], ending: str
) -> None:
    by_codec = dict(zip(("utf-8", "gb18030", "cp950"), lines, strict=True))
    decoded = decode_bytes(b"".join((by_codec[codec] + ending).encode(codec) for codec in order), "a")
    assert decoded.text == "".join(by_codec[codec] + ending for codec in order)
    assert [problem.code for problem in decoded.problems] == ["mixed-encoding"] * 2


@pytest.mark.parametrize(("main", "other"), [("gb18030", "cp950"), ("cp950", "gb18030")])
def test_a_line_of_the_other_double_byte_encoding_is_read_and_told(main: str, other: str) -> None:
    common = "防止毒品之害,保障人民健康。\n"
    text = (HANS if main == "gb18030" else HANT) * 5
    decoded = decode_bytes(text.encode(main) + common.encode(other), "a")
    assert decoded.text == text + common
    places = [problem.span and problem.span.of(decoded.text) for problem in decoded.problems]
    assert places == [common.strip()]


def test_a_line_of_rare_characters_is_not_taken_for_another_encoding() -> None:
    rare = "龘靐齉爩麤灪龖厵\n"
    drawn = "├───┼───┤\n"
    for codec in ("gb18030", "utf-8"):
        assert decode_bytes((HANS * 3 + rare + drawn).encode(codec), "a").problems == ()
    assert decode_bytes((HANT * 3 + drawn).encode("big5"), "a").problems == ()


def test_an_english_line_of_windows_in_a_utf8_file_is_read_and_told() -> None:
    decoded = decode_bytes(HANS.encode() * 3 + ENGLISH.encode("cp1252"), "a")
    assert decoded.text == HANS * 3 + ENGLISH
    assert [problem.code for problem in decoded.problems] == ["mixed-encoding"]


def test_problems_of_one_file_are_bounded() -> None:
    problems = decode_bytes((HANS.encode() + b"\xff\n") * 500, "a").problems
    assert len(problems) == 101
    assert "400 more" in problems[-1].message


@given(
    st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1).filter(lambda text: text.strip("\ufeff \u2028"))
)
def test_what_is_valid_utf8_with_its_mark_comes_back_whole(text: str) -> None:
    assert unreadable_or_text(b"\xef\xbb\xbf" + text.encode()) in (text, None)


def unreadable_or_text(data: bytes) -> str | None:
    try:
        return decode_bytes(data, "a").text
    except UnreadableFile:
        return None


@given(st.binary(min_size=1), st.sampled_from([None, "utf-8", "gbk", "big5", "utf-16be", "shift_jis", "latin1"]))
def test_any_bytes_are_a_text_or_refused_in_a_sentence(data: bytes, declared: str | None) -> None:
    try:
        decoded = decode_bytes(data, "a", declared)
    except UnreadableFile as refusal:
        assert refusal.message.endswith(".")
        return
    decoded.text.encode()
    assert all(problem.span is None or problem.span.end <= len(decoded.text) for problem in decoded.problems)


@pytest.mark.parametrize("text", ["第一條" + "毒品" * 40_000, "毒𠮷" * 30_000 + "。\n"])
@pytest.mark.parametrize("shift", range(3))
def test_a_long_line_without_a_break_is_read(text: str, shift: int) -> None:
    whole = " " * shift + text
    assert decode_bytes(whole.encode(), "long.txt").text == whole
