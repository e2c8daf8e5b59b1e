"""PDF files that are damaged, locked, enormous or hostile: one sentence for each, in bounded memory and time."""

from __future__ import annotations

import os
import time
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from pdf_writer import LATIN, Page, assemble, stream, write
from tongwen.decode import decode, pdf
from tongwen.decode.pdf import read_pdf
from tongwen.decode.pdf_limits import PAGES_SETTING, SECONDS_SETTING
from tongwen.errors import UnreadableFile, UsageError

PAGE = (
    b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /XObject << /X 7 0 R >> >> /Contents 6 0 R >>"
)
HEAD = [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Count 1 /Kids [ 5 0 R ] >>", b"<< >>", b"<< >>", PAGE]
FORM = "/Type /XObject /Subtype /Form /BBox [0 0 100 100] /Resources << /XObject << /X %d 0 R >> >>"


def sound(pages: int = 3) -> bytes:
    return write([Page().text(60, 700, "会议指出").text(60, 30, str(n), 9, LATIN) for n in range(1, pages + 1)])


def zeros(mebibytes: int) -> bytes:
    packer = zlib.compressobj(9)
    return b"".join(packer.compress(b" " * 2**20) for _ in range(mebibytes)) + packer.flush()


def locked() -> bytes:
    key = f"<< /Filter /Standard /V 1 /R 2 /P -4 /O <{'11' * 32}> /U <{'22' * 32}> >>"
    return write([Page().text(60, 700, "会议指出")], trailer=f"/Encrypt {key} /ID [ <{'33' * 16}> <{'33' * 16}> ]")


def inflated() -> bytes:
    """A stream packed twice: 2 kB that become 640 MiB."""
    packed = zlib.compress(zeros(640), 9)
    head = f"<< /Length {len(packed)} /Filter [ /FlateDecode /FlateDecode ] >> stream\n".encode()
    return assemble([*HEAD, head + packed + b"\nendstream"])


def nested() -> bytes:
    """Forms within forms, each shown ten times by the one around it."""
    forms = [stream(b"/X Do " * 10, FORM % (8 + n)) for n in range(12)]
    return assemble([*HEAD, stream(b"/X Do"), *forms, stream(b"0 0 m 9 9 l S", FORM % 1)])


def entwined() -> bytes:
    return assemble([*HEAD, stream(b"/X Do"), stream(b"/X Do /X Do", FORM % 7)])


def looped() -> bytes:
    return assemble([HEAD[0], b"<< /Type /Pages /Count 1000000 /Kids [ 2 0 R 2 0 R ] /Parent 2 0 R >>", *HEAD[2:4]])


@pytest.mark.parametrize(
    ("data", "said"),
    [
        pytest.param(locked, "is encrypted and needs a password", id="encrypted"),
        pytest.param(lambda: sound()[: len(sound()) // 2], "is no PDF document, or a damaged one", id="truncated"),
        pytest.param(lambda: b"%PDF-1.7\n" + bytes(range(256)) * 40, "is no PDF document", id="garbage"),
        pytest.param(lambda: b"%PDF-1.4", "is no PDF document", id="a head alone"),
        pytest.param(lambda: assemble([HEAD[0], b"2 0 R", *HEAD[2:4]]), "is no PDF document", id="object loop"),
        pytest.param(looped, "has 1000000 pages, more than the limit", id="page tree loop"),
        pytest.param(inflated, "cannot be read within", id="decompression bomb"),
        pytest.param(nested, "cannot be read within", id="forms within forms"),
        pytest.param(entwined, "cannot be read within", id="form loop"),
    ],
)
def test_a_bad_file_costs_one_sentence(data: Callable[[], bytes], said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "MEGABYTES", 512)
    monkeypatch.setenv(SECONDS_SETTING, "10")
    with pytest.raises(UnreadableFile) as caught:
        read_pdf(data(), "a.pdf")
    assert said in caught.value.message
    assert caught.value.hint
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "page",
    [
        pytest.param(Page(width=1e9, height=1e9), id="huge"),
        pytest.param(Page(width=0, height=0), id="without a size"),
        pytest.param(Page().draw("\n".join(f"{n % 590} {n % 840} m 9 9 l S" for n in range(200_000))), id="many paths"),
        pytest.param(Page().grid(range(1, 590), range(1, 840)), id="a fine grid"),
    ],
)
def test_what_is_odd_about_a_page_does_not_hide_its_text(page: Page) -> None:
    assert "会议指出" in read_pdf(write([page.text(60, 700, "会议指出")]), "a.pdf").text


def test_a_page_with_more_characters_than_a_page_can_hold_is_told() -> None:
    crowded = Page().draw("BT /F1 10 Tf 1 0 0 1 70 700 Tm " + "<4e2d> Tj " * 200_001 + "ET")
    found = read_pdf(write([crowded, Page().text(60, 700, "会议指出")]), "a.pdf")
    assert [problem.code for problem in found.problems] == ["page-unreadable"]
    assert found.text.strip() == "会议指出"


def test_five_thousand_pages_are_read() -> None:
    begun = time.monotonic()
    found = read_pdf(sound(5000), "a.pdf")
    assert len(found.pages) == 5000
    assert found.text.count("会议指出") == 5000
    assert time.monotonic() - begun < 120


def test_pages_and_seconds_are_bounded_by_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(PAGES_SETTING, "2")
    with pytest.raises(UnreadableFile, match="has 3 pages, more than the limit of 2"):
        read_pdf(sound(), "a.pdf")
    monkeypatch.setenv(PAGES_SETTING, "none")
    with pytest.raises(UsageError, match=PAGES_SETTING):
        read_pdf(sound(), "a.pdf")


def test_a_scan_is_told(tmp_path: Path) -> None:
    image = Page().draw("q 200 0 0 200 50 50 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x00 EI Q")
    with pytest.raises(UnreadableFile, match="is a scan: no page of it has a text layer"):
        read_pdf(write([image]), "a.pdf")


def test_a_pdf_under_another_name_is_told_its_extension(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(sound())
    with pytest.raises(UnreadableFile, match=r"Give it the extension \.pdf"):
        decode(tmp_path / "a.txt", tmp_path)


def test_a_file_is_read_in_a_process_of_its_own_wherever_one_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A module in the working directory must not take the place of one that the reader needs."""
    (tmp_path / "pickle.py").write_text("raise SystemExit(3)")
    (tmp_path / "a.pdf").write_bytes(sound())
    monkeypatch.chdir(tmp_path)
    document = decode(Path("a.pdf"), Path())
    assert document.format == "pdf"
    assert document.metadata["pages"] == len(document.pages) == 3
    assert os.getcwd() == str(tmp_path)  # noqa: PTH109  # nothing has been changed for this process
