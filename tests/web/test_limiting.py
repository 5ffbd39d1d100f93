"""The rate limit: in memory, in a real Redis, and while that Redis is dead."""

from __future__ import annotations

import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from dictsvc.config import Config
from dictsvc.errors import UsageError
from dictsvc.web.middleware import rate_limit
from dictsvc.web.middleware.rate_limit import Limiter, client_of, make_limiter
from tests.conftest import make_app, required
from tests.servers import free_port
from tests.waits import START_SECONDS
from tests.web.asserting import assert_problem
from tests.web.test_api import post


def test_too_many_requests(mini_database: Path) -> None:
    client = make_app(mini_database, rate_limit="3/minute", workers=1).test_client()
    assert [client.get("/lookup?q=go").status_code for _ in range(5)] == [200, 200, 200, 429, 429]
    refused = client.get("/lookup?q=go")
    assert_problem(refused, 429, "too-many-requests")
    assert 1 <= int(refused.headers["Retry-After"]) <= 60
    page = client.get("/fragment?q=go")
    assert (page.status_code, page.mimetype) == (429, "text/html")
    assert "Bạn tra quá nhanh" in page.text
    for path in ("/healthz", "/readyz", "/metrics"):
        assert client.get(path).status_code == 200


def test_each_client_has_a_limit_of_its_own_behind_proxies(mini_database: Path) -> None:
    client = make_app(mini_database, rate_limit="1/minute", workers=1, proxy_hops=1).test_client()

    def ask(forwarded: str) -> int:
        return client.get("/lookup?q=go", headers={"X-Forwarded-For": forwarded}).status_code

    assert [ask("203.0.113.1"), ask("203.0.113.2"), ask("203.0.113.1")] == [200, 200, 429]
    assert [ask("2001:db8::1"), ask("2001:db8::2"), ask("2001:db8:0:1::1")] == [200, 429, 200]
    # what a client writes itself stands before what the proxy adds, and counts for nothing
    assert ask("198.51.100.9, 203.0.113.1") == 429


def test_forwarded_addresses_count_for_nothing_without_proxies(mini_database: Path) -> None:
    client = make_app(mini_database, rate_limit="1/minute", workers=1).test_client()
    assert client.get("/lookup?q=go", headers={"X-Forwarded-For": "203.0.113.1"}).status_code == 200
    assert client.get("/lookup?q=go", headers={"X-Forwarded-For": "203.0.113.2"}).status_code == 429


def test_a_batch_counts_as_its_queries(mini_database: Path) -> None:
    client = make_app(mini_database, rate_limit="10/minute", workers=1).test_client()
    assert post(client, {"queries": ["go"] * 8}).status_code == 200
    assert_problem(post(client, {"queries": ["go"] * 8}), 429, "too-many-requests")


def test_memory_is_divided_by_the_workers(mini_database: Path) -> None:
    client = make_app(mini_database, rate_limit="4/minute", workers=2).test_client()
    assert [client.get("/lookup?q=go").status_code for _ in range(3)] == [200, 200, 429]


@pytest.mark.parametrize("address", ["", "unix:", "x" * 500, "1.2.3", "::ffff:1.2.3.4.5"])
def test_an_address_that_is_none(address: str) -> None:
    assert client_of(address) == "unknown"


def test_off_by_default(mini_database: Path) -> None:
    assert make_limiter(Config(database=mini_database)) is None


@pytest.mark.parametrize(
    ("limit", "storage", "said"),
    [
        ("many", "memory://", "DICTSVC_RATE_LIMIT is 'many'"),
        ("5/fortnight", "memory://", "DICTSVC_RATE_LIMIT"),
        ("5/minute", "mysql://:secret@h", "DICTSVC_RATE_LIMIT_STORAGE"),
        ("5/minute", "redis://:secret@h:x/0", "DICTSVC_RATE_LIMIT_STORAGE"),
    ],
)
def test_settings_that_cannot_be_used(limit: str, storage: str, said: str) -> None:
    with pytest.raises(UsageError, match=said) as raised:
        Limiter(limit, storage, 1)
    assert "secret" not in str(raised.value)


@pytest.fixture
def redis(tmp_path: Path) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    program = shutil.which("redis-server") or shutil.which("valkey-server")
    if program is None:
        required("DICTSVC_REQUIRE_TOOLS", "redis-server is not installed")
        raise AssertionError
    port = free_port()
    command = [program, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
        yield f"redis://127.0.0.1:{port}/0", process
        process.kill()


def wait_until_shared(limiter: Limiter) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        limiter.count("192.0.2.1")
        if not limiter.is_away():
            return
        time.sleep(0.05)
    raise AssertionError("the store never answered")


@pytest.mark.parametrize("scheme", ["redis", "valkey"])
def test_workers_share_a_store_and_go_on_when_it_dies(
    redis: tuple[str, subprocess.Popen[bytes]], scheme: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rate_limit, "_RETRY_SECONDS", 0.1)
    failures: list[int] = []
    url = redis[0].replace("redis", scheme, 1)
    one, other = (Limiter("100/minute", url, 2, on_failure=lambda: failures.append(1)) for _ in range(2))
    for limiter in (one, other):
        wait_until_shared(limiter)
    failures.clear()

    assert [limiter.count("203.0.113.5", cost=50) for limiter in (one, other)] == [None, None]
    assert one.count("203.0.113.5") is not None, "both together have used the limit up"
    assert one.count("203.0.113.6") is None

    redis[1].kill()
    redis[1].wait()
    begun = time.monotonic()
    assert one.count("203.0.113.5") is None, "counted in memory, where this client has asked nothing yet"
    assert time.monotonic() - begun < 5, "nobody waits for a store that is away"
    assert failures == [1]
    assert one.is_away()
    for _ in range(48):
        one.count("203.0.113.5")
    assert one.count("203.0.113.5", cost=2) is not None, "memory has a limit too, half of the whole for each of two"
