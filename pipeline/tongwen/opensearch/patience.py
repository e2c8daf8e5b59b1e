"""What a busy cluster refuses is asked again: a request that it answers with 429 it has not begun.

Bulk requests are not meant: of them it refuses parts, which the ``sender`` knows. Loaded with the client alone.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Mapping
from typing import Any

from opensearchpy import Transport
from opensearchpy.exceptions import TransportError

from tongwen.opensearch.client import BUSY

PAUSES = (0.5, 1, 2, 4, 8, 16, 30)  # seconds before each further try


class Patient(Transport):
    def perform_request(  # noqa: PLR0913, PLR0917  as the client calls it
        self,
        method: str,
        url: str,
        params: Mapping[str, Any] | None = None,
        body: Any = None,
        timeout: int | float | None = None,
        ignore: Collection[int] = (),
        headers: Mapping[str, str] | None = None,
    ) -> Any:
        def ask() -> Any:
            # The client takes out of ``params`` what is for itself.
            return Transport.perform_request(self, method, url, dict(params or {}), body, timeout, ignore, headers)

        for pause in () if url.endswith("/_bulk") else PAUSES:
            try:
                return ask()
            except TransportError as error:
                if error.status_code != BUSY:
                    raise
            time.sleep(pause)
        return ask()
