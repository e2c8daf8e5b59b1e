"""What ``tongwen status`` finds as Prometheus reads it: the text format, version 0.0.4."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tongwen.flow import Status

RESULTS = ("done", "problems", "stopped", "failed")


def metrics(found: Status) -> Iterator[str]:
    yield from _gauge("holdings", "What the index holds, by kind.", "kind", found.counts)
    yield from _gauge("bytes", "Bytes on disk, by part.", "part", found.sizes)
    yield from _gauge("free_bytes", "Bytes left on the disk of the index.", "", {"": found.free})
    yield from _gauge("stale_files", "Files that no longer fit the index, by reason.", "reason", found.stale_counts)
    yield from _gauge("failed_files", "Files that could not be read.", "", {"": len(found.failed)})
    yield from _gauge("engine_fault", "1 where the engine's files are damaged.", "", {"": bool(found.engine_fault)})
    yield from _gauge("healthy", "1 where `tongwen status --check` ends with 0.", "", {"": found.healthy})
    if found.updated:
        yield from _gauge("updated_seconds", "When the index last changed, Unix time.", "", {"": _unix(found.updated)})
    if found.last_run:
        run = found.last_run
        yield from _gauge("last_run_ended_seconds", "When the last run ended, Unix time.", "", {"": _unix(run.ended)})
        yield from _gauge("last_run_duration_seconds", "How long the last run took.", "", {"": run.seconds})
        results = {result: result == run.result for result in RESULTS}
        yield from _gauge("last_run_result", "1 for how the last run ended.", "result", results)


def _gauge(name: str, told: str, label: str, values: Mapping[str, float]) -> Iterator[str]:
    """Label values are names of ours: nothing in them needs to be escaped."""
    yield f"# HELP tongwen_{name} {told}"
    yield f"# TYPE tongwen_{name} gauge"
    for key, value in values.items():
        yield f'tongwen_{name}{{{label}="{key}"}} {value + 0}' if label else f"tongwen_{name} {value + 0}"


def _unix(moment: str) -> float:
    return datetime.fromisoformat(moment).timestamp()
