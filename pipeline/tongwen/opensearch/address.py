"""Where a library lies: ``opensearch://HOST:PORT[,HOST:PORT…]/NAME``, or ``opensearchs://`` for TLS."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

from tongwen.errors import UsageError

# A path of the system's own writes two slashes as one. None of these is compiled for a folder, which most indexes are.
SCHEME = r"opensearch(?P<tls>s?):/+"
OTHER = r"[A-Za-z][A-Za-z0-9+.-]+:/+"  # a letter alone is a drive
HOST = r"(?P<host>\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]+)(:(?P<port>[0-9]{1,5}))?"
NAME = r"[a-z0-9][a-z0-9_.-]{0,99}"  # of an OpenSearch index
PORT = 9200
FORM = "An address is opensearch://HOST:PORT/NAME, with several hosts between commas, or opensearchs:// for TLS."


class Address(NamedTuple):
    """``hosts``: nodes of one cluster, of which any may answer. ``name``: what the names of the indices begin with."""

    hosts: tuple[tuple[str, int], ...]
    name: str
    tls: bool

    def __str__(self) -> str:
        hosts = ",".join(f"{host}:{port}" for host, port in self.hosts)
        return f"opensearch{'s' * self.tls}://{hosts}/{self.name}"


def address_of(place: Path) -> Address | None:
    """None where ``place`` is a folder.

    :raises UsageError: it is no address that can be used; what was given is not repeated where it may hold a password
    """
    text = place.as_posix()
    if ":/" not in text:
        return None
    scheme = re.match(SCHEME, text)
    if not scheme:
        if re.match(OTHER, text):
            raise UsageError("An index lies in a folder, or at an address of OpenSearch.", FORM)
        return None
    rest = text[scheme.end() :]
    if set("@?#") & set(rest):
        raise UsageError(
            "A user, a password or an option does not belong into an index's address, where others could read it.",
            "Set TONGWEN_OPENSEARCH_USER and TONGWEN_OPENSEARCH_PASSWORD, or TONGWEN_OPENSEARCH_API_KEY.",
        )
    hosts, _, name = rest.partition("/")
    if not re.fullmatch(NAME, name):
        raise UsageError(f"{name!r} cannot be the name of an index: lower-case letters, digits, '-', '_', '.'.", FORM)
    return Address(tuple(map(_host, hosts.split(","))), name, bool(scheme["tls"]))


def _host(text: str) -> tuple[str, int]:
    found = re.fullmatch(HOST, text)
    if not found or int(found["port"] or PORT) > 65535:
        raise UsageError(f"{text!r} is no host of an index's address.", FORM)
    return found["host"], int(found["port"] or PORT)
