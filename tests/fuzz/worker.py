"""One process that fuzzes one target with atheris; ``run`` starts it: ``worker TARGET CORPUS FINDINGS SECONDS``."""

from __future__ import annotations

import random
import resource
import sys
from pathlib import Path
from zlib import crc32

import atheris

MEMORY = 3 << 10
"""Mebibytes of a process: far more than any input of 16 KiB needs."""


def main() -> None:
    name, corpus, findings, seconds = sys.argv[1:5]
    from fuzz.findings import fault, keep, smallest  # noqa: PLC0415  it knows nothing of the project
    from fuzz.target import LARGEST  # noqa: PLC0415

    with atheris.instrument_imports(include=["tongwen"], enable_loader_override=False):
        from fuzz.targets import target  # noqa: PLC0415  what is imported here is instrumented

        it = target(name)
        seeds = [*it.seeds()]
        for seed in seeds[:: max(len(seeds) // 20, 1)]:  # which imports what is imported late
            fault(it, seed[:LARGEST])
    from fuzz.mutation import changed  # noqa: PLC0415

    place = Path(corpus)
    place.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(seeds):
        (place / f"seed-{number}").write_bytes(seed[:LARGEST])
    words, beside = [*it.words()], [seed[:LARGEST] for seed in seeds] or [b""]

    def one(data: bytes) -> None:
        raised = fault(it, data, again=crc32(data) % 8 == 0)  # twice takes twice as long
        if raised is not None and keep(Path(findings), it, data, raised):
            keep(Path(findings), it, smaller := smallest(it, data), fault(it, smaller) or raised)

    def mutate(data: bytes, largest: int, seed: int) -> bytes:
        if seed % 4 == 0:
            return atheris.Mutate(data, largest)
        return changed(data, words, random.choice(beside), largest, seed)

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    options = [
        f"-max_total_time={seconds}",
        f"-max_len={LARGEST}",
        f"-rss_limit_mb={MEMORY}",
        "-timeout=600",
        "-report_slow_units=600",
        f"-artifact_prefix={findings}/{name}-",
        "-print_final_stats=1",
        "-reload=0",
    ]
    atheris.Setup(
        [sys.argv[0], *options, corpus],
        one,
        **({"custom_mutator": mutate} if it.text else {}),
    )
    atheris.Fuzz()


if __name__ == "__main__":
    main()
