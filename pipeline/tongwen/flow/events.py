"""What happens in a run, told to whoever listens to the logger ``tongwen``; nobody does unless a log is asked for.

An event has a name and fields; ``docs/operations.md`` lists them. Neither texts nor queries are among the fields.
"""

from __future__ import annotations

import logging

from tongwen.model import Json

LOG = logging.getLogger("tongwen")
LOG.addHandler(logging.NullHandler())  # else Python prints warnings itself where nobody listens


def tell(event: str, level: int = logging.INFO, **fields: Json) -> None:
    if LOG.isEnabledFor(level):
        LOG.log(level, event, extra={"fields": fields})
