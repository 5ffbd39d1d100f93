"""The service as granian runs it: several workers, slow clients, large requests, stopping."""

from __future__ import annotations

import http.client
import json
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from dictsvc.serving import TARGET
from tests.servers import Server, running, status_of
from tests.waits import ANSWER_SECONDS, PROCESS_SECONDS, START_SECONDS, STOP_SECONDS


@pytest.fixture(scope="module")
def server(mini_database: Path) -> Iterator[Server]:
    with running(TARGET, "/readyz", database=mini_database, workers=2) as server:
        yield server


def exchange(server: Server, request: bytes, *, wait: float = ANSWER_SECONDS) -> bytes:
    """What the server says to bytes on a connection of their own."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=wait) as connection:
        connection.sendall(request)
        answer = b""
        while b"\r\n\r\n" not in answer:
            piece = connection.recv(65536)
            if not piece:
                break
            answer += piece
    return answer


def test_metrics_are_right_across_workers(mini_database: Path) -> None:
    with running(TARGET, "/readyz", database=mini_database, workers=2) as server:
        for _ in range(40):
            assert status_of(server.port, "/lookup?q=go") == 200
        totals = set()
        for _ in range(10):
            connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=ANSWER_SECONDS)
            connection.request("GET", "/metrics")
            text = connection.getresponse().read().decode()
            connection.close()
            totals.update(re.findall(r'dictsvc_requests_total\{route="/lookup",status="200"\} (\S+)', text))
            totals.update(re.findall(r'dictsvc_lookups_total\{kind="exact"\} (\S+)', text))
    assert totals == {"40.0"}


def test_only_workers_import_the_metrics() -> None:
    program = "import sys, dictsvc.cli.main; sys.exit('prometheus_client' in sys.modules or 'pyvi' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_head_and_get_on_the_wire(server: Server) -> None:
    head = exchange(server, b"HEAD /lookup?q=go HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").lower()
    get = exchange(server, b"GET /lookup?q=go HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").lower()
    length = re.search(rb"content-length: (\d+)", get)
    assert length
    assert b"content-length: " + length.group(1) in head
    assert head.endswith(b"\r\n\r\n")


def test_bytes_that_are_no_utf8_on_the_wire(server: Server) -> None:
    answer = exchange(server, b"GET /lookup?q=\xff\xfe HTTP/1.1\r\nHost: x\r\n\r\n")
    assert answer.split(b" ", 2)[1] == b"400"
    assert status_of(server.port, "/healthz") == 200


def test_headers_have_a_limit(server: Server) -> None:
    answer = exchange(server, b"GET / HTTP/1.1\r\nHost: x\r\nX: " + b"a" * 100_000 + b"\r\n\r\n")
    assert answer.split(b" ", 2)[1:2] in ([b"431"], [])
    assert status_of(server.port, "/healthz") == 200


def test_bodies_have_a_limit(server: Server) -> None:
    head = b"POST /lookup HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
    declared = exchange(server, head + b"Content-Length: 10000000\r\n\r\n")
    assert declared.split(b" ", 2)[1] == b"413"
    chunks = b"".join(b"4000\r\n" + b" " * 0x4000 + b"\r\n" for _ in range(17))
    chunked = exchange(server, head + b"Transfer-Encoding: chunked\r\n\r\n" + chunks + b"0\r\n\r\n")
    assert chunked.split(b" ", 2)[1] == b"413"


def test_slow_bodies_are_cut_off_and_keep_nobody_waiting(server: Server) -> None:
    head = b"POST /lookup HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 60\r\n\r\n"
    statuses: list[bytes] = []

    def send_slowly() -> None:
        with socket.create_connection(("127.0.0.1", server.port), timeout=30) as connection:
            connection.sendall(head)
            connection.settimeout(0.5)
            for _ in range(40):
                try:
                    connection.sendall(b" ")
                    answer = connection.recv(4096)
                except TimeoutError:
                    continue
                except OSError:
                    break
                statuses.append(answer.split(b" ", 2)[1])
                break

    threads = [threading.Thread(target=send_slowly) for _ in range(12)]
    for thread in threads:
        thread.start()
    time.sleep(0.5)
    slowest = 0.0
    for _ in range(50):
        begun = time.monotonic()
        assert status_of(server.port, "/lookup?q=go") == 200
        slowest = max(slowest, time.monotonic() - begun)
    for thread in threads:
        thread.join()
    assert slowest < 4, "less than a slow body is waited for"
    assert set(statuses) <= {b"408", b"503"}
    assert {b"408", b"503"} <= set(statuses), "some are cut off, those beyond the worker's readers are sent away"


def wait_for_workers(server: Server, count: int) -> None:
    """Wait until so many workers answer: each begins its request ids with letters of its own."""
    seen: set[str] = set()
    deadline = time.monotonic() + START_SECONDS
    while len(seen) < count and time.monotonic() < deadline:
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=ANSWER_SECONDS)
        connection.request("GET", "/healthz")
        seen.add(connection.getresponse().headers["X-Request-Id"].partition("-")[0])
        connection.close()
    assert len(seen) == count


def test_sigterm_while_a_worker_is_still_loading(mini_database: Path) -> None:
    with running(TARGET, "/healthz", database=mini_database, workers=4) as server:
        server.process.send_signal(signal.SIGTERM)
        begun = time.monotonic()
        assert server.process.wait(STOP_SECONDS) in (0, 1)
        assert time.monotonic() - begun < server.allowed(8), "without waiting for granian to kill what does not stop"


def test_sigterm_lets_requests_finish_and_writes_the_log(mini_database: Path, tmp_path: Path) -> None:
    log = tmp_path / "log"
    with running(TARGET, "/readyz", database=mini_database, workers=2, log=log, log_format="json") as server:
        for number in range(30):
            assert status_of(server.port, f"/lookup?q=go{number}") == 200
        wait_for_workers(server, 2)
        begun = time.monotonic()
        server.process.send_signal(signal.SIGTERM)
        assert server.process.wait(STOP_SECONDS) == 0
        assert time.monotonic() - begun < server.allowed(5)
    lines = [json.loads(line) for line in log.read_text("utf-8").splitlines()]
    assert sum(line.get("route") == "/lookup" for line in lines) == 30
    assert len({line["id"] for line in lines if "route" in line}) == sum("route" in line for line in lines)


@pytest.mark.parametrize("host", ["127.0.0.1", "192.0.2.1"])
def test_an_address_that_cannot_be_had_is_said_in_a_sentence(
    server: Server, bundled_database: Path, tmp_path: Path, host: str
) -> None:
    database = shutil.copy(bundled_database, tmp_path)
    options = ["--database", str(database), "serve", "--port", str(server.port), "--host", host]
    done = subprocess.run(
        [sys.executable, "-m", "dictsvc", *options],
        capture_output=True,
        text=True,
        timeout=PROCESS_SECONDS,
        check=False,
    )
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert f"Cannot listen on {host} port {server.port}" in done.stderr
