"""A real OpenSearch for the tests that need one, and libraries in it that are deleted afterwards.

``OPENSEARCH_URL`` names one, as ``scripts/opensearch run`` does for what it runs. Otherwise the tests are skipped:
starting one takes a minute.
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


@pytest.fixture(scope="session")
def opensearch() -> str:
    """``HOST:PORT``."""
    pytest.importorskip("opensearchpy", reason="opensearch-py is not installed")
    url = os.environ.get("OPENSEARCH_URL")
    if not url:
        pytest.skip("no OpenSearch: run the tests by `scripts/opensearch run`, or set OPENSEARCH_URL")
    return url.rstrip("/").rpartition("/")[2]


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
