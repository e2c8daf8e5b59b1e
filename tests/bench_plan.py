"""What a library of any size needs, by the unit costs of a curve: the plan on paper of docs/scale.md.

Seconds and bytes are counted per character, since documents differ; what one reads of it is in the same proportion.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil

from bench_curve import Row

DOCUMENTS = 100_000_000
DAY = 86_400

SHARD_GB = 30  # OpenSearch counsels 10 to 50 GB for a shard that is searched
NODE_GB = 600  # of shards on a node; its memory caches the parts that are asked for
COPIES = 2  # of each shard: one may be lost
DAYS = 7  # in which all should be read
ROOM = 1.5  # times: for segments that are being merged, and growth


@dataclass(frozen=True, slots=True)
class Costs:
    """Of one character: ``seconds`` of the machine, ``cpu`` seconds of a core, ``disk`` in bytes, ``records``.

    ``memory``: MB at a run's peak. ``characters``: of a document.
    """

    seconds: float
    cpu: float
    disk: float
    records: float
    memory: float
    characters: float

    @classmethod
    def of(cls, row: Row) -> Costs:
        whole = row.characters
        return cls(
            seconds=row.build_seconds / whole,
            cpu=row.build_cpu / whole,
            disk=row.bytes_each_character,
            records=row.records / whole,
            memory=row.peak_mb,
            characters=whole / row.documents,
        )


@dataclass(frozen=True, slots=True)
class Plan:
    """``core_days``: of one core. ``machines`` like the one measured read it in time, a partition each.

    ``nodes``: of OpenSearch.
    """

    records: float
    core_days: float
    machines: int
    disk_gb: float
    shards: int
    nodes: int


def planned(costs: Costs, documents: int) -> Plan:
    characters = documents * costs.characters
    days, disk = characters * costs.cpu / DAY, characters * costs.disk / 1e9
    shards = ceil(ROOM * disk / SHARD_GB)
    nodes = max(COPIES + 1, ceil(COPIES * ROOM * disk / NODE_GB))
    machines = ceil(characters * costs.seconds / DAY / DAYS)
    return Plan(characters * costs.records, days, machines, disk, shards, nodes)


def plan(row: Row, costs: Costs, documents: int) -> Iterator[str]:
    found = planned(costs, documents)
    yield f"{row.engine}: unit costs of {row.documents:,} documents with {row.characters:,} characters"
    yield f"{1e6 * costs.seconds:10.2f}  seconds of the machine for 1,000,000 characters"
    yield f"{1e6 * costs.cpu:10.2f}  seconds of a core for 1,000,000 characters"
    yield f"{costs.disk:10.2f}  bytes on disk for a character"
    yield f"{costs.memory:10,.0f}  MB at the peak of a run"
    yield f"{documents:,} documents of {costs.characters:,.0f} characters, {found.records:,.0f} records"
    yield f"{1000 * costs.cpu * costs.characters:10.1f}  milliseconds of a core for a document"
    yield f"{costs.disk * costs.characters / 1000:10.1f}  kB on disk for a document"
    yield f"{found.core_days:10,.0f}  days of one core"
    yield f"{found.machines:10,}  machines like the one measured read it in {DAYS} days"
    yield f"{found.disk_gb:10,.0f}  GB on disk, once"
    yield f"{found.shards:10,}  shards of at most {SHARD_GB} GB, with room to merge"
    yield f"{found.nodes:10,}  nodes with {NODE_GB} GB of shards each, {COPIES} copies of every shard"
