"""What a release is built from: everything named with its hashes, from nowhere in particular, and asked about."""

from __future__ import annotations

import json
import re
import tomllib
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from types import ModuleType

import pytest
from packaging.requirements import Requirement

from conftest import ROOT

LOCKS = {"requirements.txt": "project", "build-requirements.txt": "build"}
PINNED = re.compile(r"^([a-z0-9][a-z0-9.-]*)==([^ ;\\]+)(?: ; ([^\\]+?))? \\$", re.MULTILINE)


def locked(name: str) -> dict[str, list[str]]:
    versions: dict[str, list[str]] = {}
    for found in PINNED.finditer((ROOT / "scripts" / name).read_text("utf-8")):
        versions.setdefault(found[1], []).append(found[2])
    return versions


def wanted(name: str) -> list[Requirement]:
    if LOCKS[name] == "project":
        with (ROOT / "pyproject.toml").open("rb") as file:
            return list(map(Requirement, tomllib.load(file)["project"]["dependencies"]))
    lines = (ROOT / "scripts" / "build-requirements.in").read_text("utf-8").splitlines()
    return [Requirement(line.partition("#")[0]) for line in lines if line.partition("#")[0].strip()]


@pytest.mark.parametrize("name", LOCKS)
def test_what_is_locked_is_what_is_asked_for(name: str) -> None:
    versions = locked(name)
    for requirement in wanted(name):
        found = versions.get(re.sub(r"[-_.]+", "-", requirement.name).lower())
        assert found, f"{requirement} is not locked: run scripts/lock"
        assert all(requirement.specifier.contains(version) for version in found), f"{requirement}: run scripts/lock"


def test_what_builds_the_wheel_is_locked() -> None:
    with (ROOT / "pyproject.toml").open("rb") as file:
        requires = list(map(Requirement, tomllib.load(file)["build-system"]["requires"]))
    versions = locked("build-requirements.txt")
    assert requires and all(r.specifier.contains(v) for r in requires for v in versions[r.name])


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_has_hashes_for_all_and_names_no_address(name: str) -> None:
    text = (ROOT / "scripts" / name).read_text("utf-8")
    entries = re.split(r"(?m)^(?=[a-z0-9])", text)[1:]
    assert entries and all(re.search(r"--hash=sha256:[0-9a-f]{64}", entry) for entry in entries)
    assert "://" not in text
    assert not re.search(r"^\s*-[a-z-]*(?:index|find-links)", text, re.MULTILINE)


# -- the audit


def audit() -> ModuleType:
    loader = SourceFileLoader("audit", str(ROOT / "scripts" / "audit"))
    spec = spec_from_loader("audit", loader)
    assert spec
    module = module_from_spec(spec)
    loader.exec_module(module)
    return module


def answer(*dependencies: dict[str, object]) -> str:
    return json.dumps({"dependencies": dependencies, "fixes": []})


SOUND = {"name": "a", "version": "1", "vulns": []}
BAD = {"name": "b", "version": "2", "vulns": [{"id": "PYSEC-1", "fix_versions": ["3"]}]}
UNKNOWN = {"name": "c", "skip_reason": "not found"}
FAILURE = "Traceback\nrequests.exceptions.ConnectionError: HTTPSConnectionPool(host='x')\n"


@pytest.mark.parametrize(
    ("out", "err", "told"),
    [
        (answer(SOUND), "", "none of 1 has a known vulnerability"),
        (answer(SOUND, BAD), "", "a known vulnerability: b 2: PYSEC-1, mended in 3"),
        (answer(SOUND, UNKNOWN), "", "1 of 2 have no known vulnerability; NOT checked: c"),
        (answer(UNKNOWN), "", "was NOT checked: the advisory service knows none of its 1 libraries"),
        ("", FAILURE, "was NOT checked: the advisory service gave no answer (requests.exceptions.ConnectionError)"),
        ("", "", "was NOT checked"),
        ("[1]", "", "was NOT checked"),
    ],
)
def test_what_the_advisory_service_says_is_told(out: str, err: str, told: str) -> None:
    module = audit()
    assert told in module.sentence("requirements.txt", module.read(out, err))


@pytest.mark.parametrize(("out", "code"), [(answer(BAD), 1), (answer(SOUND), 0), (answer(UNKNOWN), 0), ("", 0)])
def test_a_vulnerability_alone_fails(out: str, code: int, monkeypatch: pytest.MonkeyPatch) -> None:
    module = audit()
    monkeypatch.setattr(module, "prepared", lambda: None)
    monkeypatch.setattr(module, "ask", lambda *_: module.read(out, FAILURE))
    monkeypatch.setattr("sys.argv", ["scripts/audit"])
    assert module.main() == code
