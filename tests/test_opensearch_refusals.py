"""What goes wrong between us and OpenSearch is one sentence, and no password or key is in it. None is needed here."""

from __future__ import annotations

import json
import logging
import os
import ssl
import subprocess
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar

import pytest

from little_corpus import command, write
from tongwen.cli.boundary import run
from tongwen.errors import IndexFault, UsageError
from tongwen.flow.places import shown
from tongwen.opensearch import layout, patience
from tongwen.opensearch import sender as senders
from tongwen.opensearch.address import Address, address_of
from tongwen.opensearch.client import connected

pytest.importorskip("opensearchpy", reason="opensearch-py is not installed")

USER, PASSWORD, KEY = "reader-of-laws", "pass-w0rd-of-nobody", "a2V5LW9mLW5vYm9keQ=="
SOUND = {"version": {"distribution": "opensearch", "number": "2.19.1"}}


class Server(BaseHTTPRequestHandler):
    """Answers as ``answers`` says, path by path, and keeps what it was sent."""

    answers: ClassVar[dict[str, tuple[int, Any]]] = {}
    asked: ClassVar[list[tuple[str, str | None]]] = []

    def answer(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        path = self.path.partition("?")[0]
        self.asked.append((path, self.headers.get("Authorization")))
        status, body = self.answers.get(path, (404, {"error": {"type": "index_not_found_exception"}, "status": 404}))
        content = (body if isinstance(body, str) else json.dumps(body)).encode()
        self.send_response(status)
        self.send_header("Content-Type", "text/html" if isinstance(body, str) else "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    do_GET = do_POST = do_PUT = do_HEAD = do_DELETE = answer

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setattr(Server, "answers", {"/": (200, SOUND)})
    monkeypatch.setattr(Server, "asked", [])
    for name in ("USER", "PASSWORD", "API_KEY", "CA"):
        monkeypatch.delenv(f"TONGWEN_OPENSEARCH_{name}", raising=False)
    listening = ThreadingHTTPServer(("127.0.0.1", 0), Server)
    threading.Thread(target=listening.serve_forever, daemon=True).start()
    yield Path(f"opensearch://127.0.0.1:{listening.server_address[1]}/laws")
    listening.shutdown()
    listening.server_close()


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("opensearch://host/name", Address((("host", 9200),), "name", False)),
        ("opensearchs://a:1,b:2/x-1", Address((("a", 1), ("b", 2)), "x-1", True)),
        ("opensearch://[::1]:9201/name", Address((("[::1]", 9201),), "name", False)),
        ("some/folder", None),
        ("opensearch", None),
    ],
)
def test_an_address_is_told_from_a_folder(given: str, expected: Address | None) -> None:
    assert address_of(Path(given)) == expected
    assert shown(Path(given)) == given
    if expected:
        assert address_of(Path(str(expected))) == expected


@pytest.mark.parametrize(
    "given",
    [
        "opensearch://host",
        "opensearch://host/Name",
        "opensearch://ho st/x",
        "opensearch://h:99999/x",
        "opensearch://h/a/b",
        "https://user:secret@host/x",
        "file:///tmp/x",
    ],
)
def test_what_is_no_address_is_told(given: str) -> None:
    with pytest.raises(UsageError, match="An address is opensearch://HOST:PORT/NAME"):
        address_of(Path(given))


@pytest.mark.parametrize("given", ["C:/index", "./ab:/c", "index", "a:b"])
def test_a_folder_is_no_address(given: str) -> None:
    assert address_of(Path(given).absolute() if given.startswith(".") else Path(given)) is None


@pytest.mark.parametrize("where", ["{user}:{word}@host:9200/laws", "host/laws?password={word}", "host/laws#{word}"])
@pytest.mark.parametrize("call", [["search", "x"], ["status"], ["index", "."], ["show", "x"], ["glossary", "list"]])
def test_a_password_in_the_address_is_refused_and_not_repeated(
    where: str, call: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["--index", f"opensearch://{where.format(user=USER, word=PASSWORD)}", *call]) == 2
    told = capsys.readouterr()
    assert "TONGWEN_OPENSEARCH_PASSWORD" in told.err
    assert PASSWORD not in told.err + told.out
    assert len(told.err.splitlines()) == 1


REFUSED: list[tuple[dict[str, tuple[int, Any]], str]] = [
    ({"/": (401, "Unauthorized")}, "does not know who asks"),
    ({"/": (403, {"error": {"type": "security_exception", "reason": PASSWORD}})}, "forbids this"),
    ({"/": (200, {"version": {"number": "8.1.0"}})}, "(it says version 8.1.0)"),
    ({"/": (200, ["nothing"])}, "is no OpenSearch"),
    ({"/": (200, "<html>")}, "is no OpenSearch (it says version unknown)"),
    ({"/": (200, {"version": {"distribution": "opensearch", "number": "1.3.0"}})}, "is version 1.3.0"),
    ({"/": (400, {"error": {"type": "odd", "reason": PASSWORD}})}, "refuses a request (400 odd)"),
    ({"/": (200, SOUND)}, "There is no index at opensearch://127.0.0.1:"),
    (
        {"/": (200, SOUND), "/laws-documents": (200, {"laws-documents-1": {"mappings": {"_meta": {"layout": 99}}}})},
        "was built by a later version",
    ),
]


@pytest.mark.parametrize(("answers", "expected"), REFUSED, ids=[expected for _, expected in REFUSED])
@pytest.mark.parametrize(
    "secret", [{}, {"USER": USER, "PASSWORD": PASSWORD}, {"API_KEY": KEY}], ids=["none", "password", "key"]
)
def test_every_refusal_is_one_sentence_without_a_secret(  # noqa: PLR0913, PLR0917  what is asked, and what is heard
    server: Path,
    answers: dict[str, tuple[int, Any]],
    expected: str,
    secret: dict[str, str],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    for name, value in secret.items():
        monkeypatch.setenv(f"TONGWEN_OPENSEARCH_{name}", value)
    Server.answers.update(answers)
    assert run(["--index", str(server), "search", "毒品"]) == 1
    told = capsys.readouterr()
    assert expected in told.err
    assert len(told.err.splitlines()) == 1
    for hidden in (USER, PASSWORD, KEY, *(given for _, given in Server.asked if given)):
        assert hidden not in told.err + told.out + caplog.text
    assert bool(secret) == any(given for _, given in Server.asked)


def test_a_traceback_holds_no_secret(server: Path) -> None:
    """Not even where a programmer looks at what the client itself said."""
    Server.answers["/"] = (401, "Unauthorized")
    script = "import sys; from pathlib import Path; from tongwen.flow import status; status(Path(sys.argv[1]))"
    environment = {**os.environ, "TONGWEN_OPENSEARCH_USER": USER, "TONGWEN_OPENSEARCH_PASSWORD": PASSWORD}
    call = [*command()[:2], script, str(server)]
    told = subprocess.run(call, capture_output=True, text=True, check=False, env=environment)
    assert "does not know who asks" in told.stderr
    assert PASSWORD not in told.stderr


def test_an_address_is_told_as_it_was_typed(server: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    draft = write(tmp_path, ["a.txt"]) / "a.txt"
    assert run(["--index", str(server), "glossary", "check", str(draft)]) == 1
    assert f"opensearch://127.0.0.1:{_at(server).hosts[0][1]}/laws holds no index." in capsys.readouterr().err


@pytest.mark.parametrize("given", ["0", "1025", "many", "-1"])
def test_what_is_no_number_of_shards_is_told(given: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(layout.SHARDS, given)
    with pytest.raises(UsageError, match="no number from 1 to 1024"):
        layout.definition("texts")


def test_nobody_is_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    place = "opensearch://127.0.0.1:9/laws"
    for call in (["status"], ["index", str(write(tmp_path, ["a.txt"]))]):
        assert run(["--index", place, *call]) == 1
        told = capsys.readouterr().err
        assert told.startswith("tongwen: OpenSearch at opensearch://127.0.0.1:9/laws cannot be reached.")
        assert len(told.splitlines()) == 1


def test_a_secret_goes_to_another_machine_with_tls_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TONGWEN_OPENSEARCH_API_KEY", KEY)
    with pytest.raises(UsageError, match="Use opensearchs://") as told, connected(Address((("h", 1),), "x", False)):
        pass
    assert KEY not in str(told.value)


def test_half_of_who_asks_is_told(server: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TONGWEN_OPENSEARCH_USER", USER)
    with pytest.raises(UsageError, match="one is not set"), connected(_at(server)):
        pass


def test_the_authority_is_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TONGWEN_OPENSEARCH_CA", "/no/such/file")
    with pytest.raises(UsageError, match="There is no file /no/such/file"), connected(Address((("h", 1),), "x", True)):
        pass


def test_a_certificate_that_nobody_vouches_for_is_not_trusted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    listening = ThreadingHTTPServer(("127.0.0.1", 0), Server)
    certificate, key = _certificate(tmp_path)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    listening.socket = context.wrap_socket(listening.socket, server_side=True)
    threading.Thread(target=listening.serve_forever, daemon=True).start()
    monkeypatch.setattr(Server, "answers", {"/": (200, SOUND)})
    where = Address((("127.0.0.1", listening.server_address[1]),), "laws", True)
    try:
        with pytest.raises(IndexFault, match="is not to be trusted"), connected(where):
            pass
        monkeypatch.setenv("TONGWEN_OPENSEARCH_CA", str(certificate))
        with connected(where) as client:
            assert client.info() == SOUND
    finally:
        listening.shutdown()
        listening.server_close()


def _certificate(folder: Path) -> tuple[Path, Path]:
    certificate, key = folder / "ca.pem", folder / "key.pem"
    request = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=test"]
    names = ["-addext", "subjectAltName=IP:127.0.0.1", "-keyout", str(key), "-out", str(certificate)]
    try:
        subprocess.run([*request, *names], check=True, capture_output=True)
    except FileNotFoundError:
        pytest.skip("openssl is not installed")
    return certificate, key


def _at(place: Path) -> Address:
    where = address_of(place)
    assert where is not None
    return where


@pytest.mark.parametrize("refusals", [2, 99])
def test_what_a_busy_cluster_does_not_answer_is_asked_again(
    server: Path, refusals: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    pauses: list[float] = []

    def sleep(seconds: float) -> None:
        pauses.append(seconds)
        if len(pauses) == refusals:
            Server.answers.pop("/laws-documents")

    monkeypatch.setattr(patience.time, "sleep", sleep)
    Server.answers["/laws-documents"] = (429, {"error": {"type": "circuit_breaking_exception"}})
    assert run(["--index", str(server), "search", "毒品"]) == 1
    assert ("There is no index" if refusals == 2 else "has no room") in capsys.readouterr().err
    assert tuple(pauses) == patience.PAUSES[:refusals]


def test_what_a_busy_cluster_refuses_is_sent_again(server: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = [
        (429, {"error": {"type": "rejected"}, "status": 429}),
        (200, {"items": [{"index": {"status": 201}}, {"index": {"status": 429, "error": {"type": "rejected"}}}]}),
        (200, {"items": [{"index": {"status": 503, "error": {"type": "unavailable"}}}]}),
        (200, {"items": [{"index": {"status": 201}}]}),
    ]
    sent: list[str] = []

    class Client:
        def __init__(self, real: Any) -> None:
            self.transport = real.transport

        def bulk(self, body: str, **_: object) -> object:
            from opensearchpy.exceptions import TransportError  # noqa: PLC0415

            status, answer = answers[len(sent)]
            sent.append(body)
            if status != 200:
                raise TransportError(status, "rejected", answer)
            return answer

    pauses: list[float] = []
    monkeypatch.setattr(senders.time, "sleep", pauses.append)
    with connected(_at(server)) as client:
        sender = senders.Sender(Client(client), _at(server))  # type: ignore[arg-type]
        for name in ("a", "b"):
            sender.add(senders.entry("i", name, {"x": name}))
        assert sender.flush() == []
    assert [body.count("_index") for body in sent] == [2, 2, 1, 1]
    assert pauses == list(senders.PAUSES[:3])


def test_what_can_never_be_written_is_told_without_its_content(server: Path) -> None:
    failed = {"index": {"status": 400, "error": {"type": "mapper_parsing_exception", "reason": PASSWORD}}}
    Server.answers["/_bulk"] = (200, {"errors": True, "items": [failed]})
    with connected(_at(server)) as client:
        sender = senders.Sender(client, _at(server))
        sender.add(senders.entry("i", "a", {"x": PASSWORD}))
        with pytest.raises(IndexFault, match=r"does not take an entry \(400 mapper_parsing_exception\)") as told:
            sender.flush()
    assert PASSWORD not in str(told.value)
