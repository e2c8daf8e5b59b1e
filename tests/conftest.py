"""What the tests share: where real data is found, when there is some."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

# No example is timed: what is slow on a busy machine is not wrong.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real texts (``TONGWEN_DATA``, by default beside the checkout); without it the test is skipped."""
    folder = Path(os.environ.get("TONGWEN_DATA", ROOT.parent / "shared"))
    if not (folder / "corpus").is_dir():
        pytest.skip(f"no real data at {folder}: set TONGWEN_DATA to run this test")
    return folder
