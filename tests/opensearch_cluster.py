"""A real OpenSearch for the tests that need one, and libraries in it that are deleted afterwards.

``OPENSEARCH_URL`` names one; where ``TONGWEN_OPENSEARCH=1``, ``scripts/opensearch`` starts one. Otherwise the tests are
skipped, since starting takes a minute.
"""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import pytest

from tongwen.opensearch.address import Address, address_of
from tongwen.opensearch.client import connected

SCRIPT = Path(__file__).resolve().parent.parent / "scripts" / "opensearch"
ASKED = "TONGWEN_OPENSEARCH"


@pytest.fixture(scope="session")
def opensearch() -> Iterator[str]:
    """``HOST:PORT``."""
    pytest.importorskip("opensearchpy", reason="opensearch-py is not installed")
    url = os.environ.get("OPENSEARCH_URL")
    if not url and os.environ.get(ASKED) != "1":
        pytest.skip(f"no OpenSearch: set OPENSEARCH_URL, or {ASKED}=1 to have one started")
    if url:
        yield url.rstrip("/").rpartition("/")[2]
        return
    started = subprocess.run([SCRIPT, "start"], capture_output=True, text=True, check=False)
    if started.returncode:
        pytest.skip(f"OpenSearch could not be started: {started.stderr[-300:]}")
    yield started.stdout.strip().rpartition("/")[2]
    subprocess.run([SCRIPT, "stop"], check=True)


def nodes() -> list[str]:
    """``HOST:PORT`` of each node, where ``scripts/opensearch`` has started them."""
    told = subprocess.run([SCRIPT, "nodes"], capture_output=True, text=True, check=False)
    return json.loads(told.stdout) if told.returncode == 0 else []


@contextmanager
def library(hosts: str) -> Iterator[Path]:
    """An address under which nothing is yet."""
    place = Path(f"opensearch://{hosts}/tongwen-test-{uuid4().hex[:8]}")
    try:
        yield place
    finally:
        where = at(place)
        with connected(where) as client:
            client.indices.delete(index=f"{where.name}-*", ignore=404)


@pytest.fixture
def place(opensearch: str) -> Iterator[Path]:
    with library(opensearch) as made:
        yield made


def at(place: Path) -> Address:
    where = address_of(place)
    assert where is not None
    return where
