"""The connection: who asks comes from the environment alone, and every failure becomes one sentence.

``TONGWEN_OPENSEARCH_USER`` and ``…_PASSWORD``, or ``…_API_KEY``; ``…_CA``: the file of the authority that signed the
servers' certificates, where it is none of the system's.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tongwen.errors import IndexFault, UsageError
from tongwen.opensearch.address import Address

if TYPE_CHECKING:
    from opensearchpy import OpenSearch

PREFIX = "TONGWEN_OPENSEARCH_"
TIMEOUT = 60.0  # seconds that one request may take
TRIES = 4  # of one request, each at another node where there is one
BUSY = 429
OLDEST = 2  # the first version with points in time

SECRETS = (
    "Set TONGWEN_OPENSEARCH_USER and TONGWEN_OPENSEARCH_PASSWORD, or TONGWEN_OPENSEARCH_API_KEY, in the environment."
)


@contextmanager
def connected(address: Address) -> Iterator[OpenSearch]:
    """:raises IndexFault: OpenSearch does not answer, does not let us in, or is another version"""
    client = _client(address)
    try:
        with telling(address):
            _fit(client, address)
            yield client
    finally:
        client.close()


def _client(address: Address) -> OpenSearch:
    try:
        from opensearchpy import OpenSearch  # noqa: PLC0415  a quarter of a second that a folder never needs
    except ModuleNotFoundError as missing:
        raise IndexFault(
            "The client of OpenSearch is not installed.", "Run `pip install tongwen[opensearch]`."
        ) from missing

    from tongwen.opensearch.patience import Patient  # noqa: PLC0415

    # The client tells each failure to its own log, which would stand on stderr beside our sentence.
    for name in ("opensearch", "opensearchpy", "urllib3"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    hosts = [{"host": host.strip("[]"), "port": port} for host, port in address.hosts]
    return OpenSearch(
        hosts,
        transport_class=Patient,
        use_ssl=address.tls,
        timeout=TIMEOUT,
        max_retries=TRIES,
        retry_on_timeout=True,
        http_compress=not _local(address),
        **(_trust() if address.tls else {}),
        **_secrets(address),
    )


def _local(address: Address) -> bool:
    return all(host in {"localhost", "127.0.0.1", "[::1]"} for host, _ in address.hosts)


def _trust() -> dict[str, Any]:
    authority = os.environ.get(f"{PREFIX}CA") or None
    if authority and not Path(authority).is_file():
        raise UsageError(f"There is no file {authority}, which {PREFIX}CA names.")
    return {"verify_certs": True, "ca_certs": authority}


def _secrets(address: Address) -> dict[str, Any]:
    user, password, key = (os.environ.get(f"{PREFIX}{name}") for name in ("USER", "PASSWORD", "API_KEY"))
    if not (user or password or key):
        return {}
    if not address.tls and not _local(address):
        raise UsageError(
            f"A password or key would go to {address} for all to read.", "Use opensearchs://, which encrypts it."
        )
    if key:
        return {"headers": {"authorization": f"ApiKey {key}"}}
    if not (user and password):
        raise UsageError(f"Of {PREFIX}USER and {PREFIX}PASSWORD one is not set.")
    return {"http_auth": (user, password)}


def _fit(client: OpenSearch, address: Address) -> None:
    told = _told(client)
    number = str(told.get("number", "unknown"))
    if told.get("distribution") != "opensearch" or not number[:1].isdecimal():
        raise IndexFault(f"What answers at {address} is no OpenSearch (it says version {number}).")
    if int(number.partition(".")[0]) < OLDEST:
        raise IndexFault(f"OpenSearch at {address} is version {number}, and {OLDEST}.4 or later is needed.")


def _told(client: OpenSearch) -> dict[str, Any]:
    """What the server says of its version; nothing where it is some other server."""
    from opensearchpy.exceptions import SerializationError  # noqa: PLC0415

    try:
        told = client.info()["version"]
    except (AttributeError, KeyError, TypeError, ValueError, SerializationError):  # which the client lets through
        return {}
    return told if isinstance(told, dict) else {}


@contextmanager
def telling(address: Address) -> Iterator[None]:
    """Turns what the client raises into ``IndexFault``. What it says is never repeated: it may quote the request."""
    from opensearchpy import exceptions as client  # noqa: PLC0415

    try:
        yield
    except client.AuthenticationException as error:
        raise IndexFault(f"OpenSearch at {address} does not know who asks.", SECRETS) from error
    except client.AuthorizationException as error:
        raise IndexFault(
            f"OpenSearch at {address} forbids this to the user who asks.", "Ask for rights to its indices."
        ) from error
    except client.SSLError as error:
        hint = f"Name the authority's file in {PREFIX}CA, if it is your own."
        raise IndexFault(f"The certificate of OpenSearch at {address} is not to be trusted.", hint) from error
    except client.ConnectionTimeout as error:
        raise IndexFault(f"OpenSearch at {address} did not answer within {TIMEOUT:.0f} seconds.") from error
    except client.ConnectionError as error:
        hint = "Start it, or correct host and port; one with TLS has an address with opensearchs://."
        raise IndexFault(f"OpenSearch at {address} cannot be reached.", hint) from error
    except client.NotFoundError as error:
        raise IndexFault(f"What was read at {address} is there no more.", "Run the command again.") from error
    except client.TransportError as error:
        if error.status_code == BUSY:
            raise IndexFault(f"OpenSearch at {address} has no room for a request.", "Try again later.") from error
        raise IndexFault(f"OpenSearch at {address} refuses a request ({error.status_code} {error.error}).") from error
