"""Fuzzing in small: what was found once stays mended, and a few inputs more, made from the seeds, keep the laws.

``scripts/fuzz`` does the same for hours, guided by coverage.
"""

from __future__ import annotations

import io
import zipfile
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fuzz import places, run
from fuzz.bundle import archived, bundled
from fuzz.findings import fault, keep, looks, smallest
from fuzz.mutation import changed
from fuzz.target import LARGEST, Broken, Target, TooSlow, check
from fuzz.targets import MODULES, target
from fuzz.targets.pdf import apart
from tongwen.decode import pdf

KEPT = sorted(path for path in places.KEPT.glob("*/*") if path.is_file())
EXAMPLES = 8


@pytest.mark.parametrize("path", KEPT, ids=[f"{path.parent.name}/{path.name}" for path in KEPT])
def test_what_was_found_once_stays_mended(path: Path) -> None:
    check(target(path.parent.name), path.read_bytes())


@cache
def seeds(name: str) -> list[bytes]:
    """A few of the project's own, without the real data, so that every machine has the same."""
    found = [seed[:LARGEST] for seed in target(name).seeds() if len(seed) < 3000]
    return found[:: max(len(found) // 20, 1)] or [b""]


@pytest.mark.parametrize("name", MODULES)
@settings(max_examples=EXAMPLES, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_changed_inputs_keep_the_laws(name: str, data: st.DataObject) -> None:
    it = target(name)
    some = st.sampled_from(seeds(name))
    first, other = data.draw(some), data.draw(some)
    if it.text:
        check(it, changed(first, list(it.words()), other, 4000, data.draw(st.integers(0, 2**32))))
    else:
        at, put = data.draw(st.integers(0, len(first))), data.draw(st.binary(max_size=20))
        check(it, first[:at] + put + first[at + data.draw(st.integers(0, 40)) :])


# -- the harness itself: a check that cannot fail would find nothing


def failing(data: bytes) -> int:
    if b"ab" in data:
        raise KeyError(data)
    if b"slow" in data:
        while True:
            pass
    return len(data)


FAILING = Target("failing", failing, lambda: [b""], seconds=0.2)


def test_a_fault_is_found_told_and_made_small(tmp_path: Path) -> None:
    raised = fault(FAILING, b"xxxxabyyyy")
    assert isinstance(raised, KeyError)
    assert looks(raised).startswith("KeyError-")
    assert smallest(FAILING, b"xxxxabyyyy") == b"ab"
    assert keep(tmp_path, FAILING, b"xxab", raised)
    assert not keep(tmp_path, FAILING, b"xxxabx", raised)
    assert not keep(tmp_path, FAILING, b"ab", raised)
    assert [path.read_bytes() for path in tmp_path.glob("failing/*/input-*")] == [b"ab"]


def test_an_input_that_takes_too_long_is_stopped() -> None:
    assert isinstance(fault(FAILING, b"slow"), TooSlow)


def test_a_result_that_is_another_one_the_second_time_is_a_fault() -> None:
    results = iter(range(9))
    with pytest.raises(Broken, match="two results"):
        check(Target("moody", lambda _: next(results), lambda: [b""]), b"")


@given(st.binary(max_size=60), st.integers(0, 2**32))
def test_a_changed_input_is_no_longer_than_allowed(data: bytes, seed: int) -> None:
    assert len(changed(data, ["條"], b"other\nlines", 100, seed)) <= 100


@given(st.dictionaries(st.sampled_from(["a.xml", "b/c.xml", "[d].xml"]), st.binary(max_size=20)))
def test_a_bundle_is_an_archive_again(parts: dict[str, bytes]) -> None:
    bundle = b"".join(b"=== %s\n%s\n" % (name.encode(), data) for name, data in parts.items() if b"===" not in data)
    with zipfile.ZipFile(io.BytesIO(archived(bundle))) as archive:
        assert bundled(archived(bundle)).split() == bundle.split()
        assert all(archive.read(name).startswith(parts[name]) for name in archive.namelist())


def test_a_pdf_that_ends_its_process_costs_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "MEGABYTES", 1)  # so that none can be read
    apart(b"%PDF-1.7\n")
    apart(b"BT /F1 10 Tf <4E00> Tj ET")


def test_a_run_is_counted_and_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    outcome = run.Outcome("csv", 12345, 67, 8, 1.25, ("csv/KeyError-rows-read",), 0)
    assert run._row(outcome).split() == ["csv", "12,345", "67", "8", "1.2", "1"]
    with monkeypatch.context() as patched:
        patched.setenv("TONGWEN_FUZZ", str(tmp_path))
        patched.setattr(run, "fuzz", lambda *_: outcome)
        assert run._run(["csv"], 1, 1) == 1
        patched.setattr(run, "fuzz", lambda *_: outcome._replace(new=()))
        assert run._run(["csv"], 1, 1) == 0
    told = capsys.readouterr().out
    assert "findings/csv/KeyError-rows-read" in told and "nothing new" in told
    assert len((tmp_path / "runs.jsonl").read_text().splitlines()) == 2
