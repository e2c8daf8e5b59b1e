"""Tongwen's own, where a whole command would measure more than is asked.

bench_ours.py search INDEX        prints of each query the milliseconds, and how many it found up to ten
bench_ours.py candidates FOLDER   prints the seconds that the candidates take, and how many defined terms are there
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from bench_peers import FIRST, Asked, timed


def searched(index: Path) -> dict[str, Asked]:
    from tongwen.flow import library  # noqa: PLC0415
    from tongwen.search import search  # noqa: PLC0415

    with library(index) as opened:
        return timed(lambda query: len(search(opened, query, limit=FIRST).hits))


def candidates(data: Path) -> dict[str, float]:
    """Beside jieba's tf-idf, on statutes whose definitions are masked: see scripts/measure-candidates."""
    from candidates_measure import recalls, seconds  # noqa: PLC0415

    masked = recalls(data.parent) if (data.parent / "tw" / "zh").is_dir() else {}
    return {"candidates on one core, seconds": seconds(data), **masked}


def main(what: str, place: str) -> None:
    found = searched(Path(place)) if what == "search" else candidates(Path(place))
    print(json.dumps(found, ensure_ascii=False))


if __name__ == "__main__":
    main(*sys.argv[1:])
