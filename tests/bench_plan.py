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
CORES = 16  # of a machine that reads
HEADROOM = 1.5  # times: segments that are being merged, and growth


@dataclass(frozen=True, slots=True)
class Costs:
    """Of one character: ``cpu``, seconds of a core; ``disk``, bytes; ``records``. ``memory``: MB at a run's peak."""

    engine: str
    cpu: float
    disk: float
    memory: float
    records: float
    characters: float

    @classmethod
    def of(cls, row: Row) -> Costs:
        cpu = row.build_cpu / row.characters
        each = row.characters / row.documents
        return cls(row.engine, cpu, row.bytes_each_character, row.peak_mb, row.records / row.characters, each)


@dataclass(frozen=True, slots=True)
class Plan:
    """``days_of_core``: of one core; ``partitions``: machines that read at once; ``nodes``: of OpenSearch."""

    characters: float
    records: float
    days_of_core: float
    partitions: int
    memory_gb: float
    disk_gb: float
    shards: int
    nodes: int


def planned(costs: Costs, documents: int, each: float) -> Plan:
    """``each``: characters of a document."""
    characters = documents * each
    days, disk = characters * costs.cpu / DAY, characters * costs.disk / 1e9
    partitions = ceil(days / (DAYS * CORES))
    shards = ceil(HEADROOM * disk / SHARD_GB)
    nodes = max(COPIES + 1, ceil(COPIES * HEADROOM * disk / NODE_GB))
    return Plan(characters, characters * costs.records, days, partitions, costs.memory / 1000, disk, shards, nodes)


def plan(row: Row, documents: int, characters: int | None) -> Iterator[str]:
    costs = Costs.of(row)
    found = planned(costs, documents, characters or costs.characters)
    yield f"{row.engine}, unit costs of {row.documents:,} documents with {row.characters:,} characters"
    yield f"  {1e6 * costs.cpu:8.2f}  seconds of a core for 1,000,000 characters"
    yield f"  {costs.disk:8.2f}  bytes on disk a character"
    yield f"  {costs.memory:8,.0f}  MB at the peak of a run"
    yield f"{documents:,} documents of {characters or costs.characters:,.0f} characters, {found.records:,.0f} records"
    yield f"  {found.days_of_core:8,.0f}  days of one core, or {DAYS} days of {found.partitions:,} machines"
    yield f"            with {CORES} cores each, every one a partition (--partition K/{found.partitions})"
    yield f"  {found.disk_gb:8,.0f}  GB on disk in this engine, once"
    yield f"  {found.shards:8,}  shards of {SHARD_GB} GB at most, with room for merging"
    yield f"  {found.nodes:8,}  nodes that hold {NODE_GB} GB each, with {COPIES} copies of every shard"
