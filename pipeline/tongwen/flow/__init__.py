"""The flow orders the stages, and does nothing else: files in, an index folder out, and its two readers.

``process`` one file · ``index`` folders · ``status`` of an index · ``verify`` and ``repair`` it · ``library`` to search
in. Each is imported when it is asked for, since who looks something up must not wait for what reads files.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tongwen.later import attributes

if TYPE_CHECKING:
    from tongwen.flow.indexing import index
    from tongwen.flow.opening import library
    from tongwen.flow.processing import Processed, process
    from tongwen.flow.repairing import repair
    from tongwen.flow.report import Report
    from tongwen.flow.staleness import Status, status
    from tongwen.flow.verifying import Verdict, verify

__all__ = [
    "Processed",
    "Report",
    "Status",
    "Verdict",
    "index",
    "library",
    "process",
    "repair",
    "status",
    "verify",
]

__getattr__ = attributes(
    __name__,
    {
        "Processed": "processing",
        "Report": "report",
        "Status": "staleness",
        "Verdict": "verifying",
        "index": "indexing",
        "library": "opening",
        "process": "processing",
        "repair": "repairing",
        "status": "staleness",
        "verify": "verifying",
    },
)
