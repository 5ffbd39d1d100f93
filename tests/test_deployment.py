"""The deployment examples: the nginx configuration on a real nginx, the unit's hardening, the image's commands."""

from __future__ import annotations

import ast
import gzip
import json
import os
import re
import shutil
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import Message
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urldefrag, urljoin

import pytest

from dictsvc.serving import TARGET
from tests.conftest import ROOT, required
from tests.servers import free_port, running
from tests.waits import ANSWER_SECONDS, START_SECONDS

DEPLOY = ROOT / "dictsvc" / "deploy"
_MOST_PAGES = 250
_LEAST_PAGES = 60


def tool(name: str) -> str:
    found = shutil.which(name, path=f"{os.environ['PATH']}:/usr/sbin:/sbin")
    if found is None:
        required("DICTSVC_REQUIRE_TOOLS", f"{name} is not installed")
        raise AssertionError
    return found


def ask(url: str, **headers: str) -> tuple[int, Message, bytes]:
    """One request, asked again where nginx says that it was too soon."""
    for _ in range(50):
        try:
            with urllib.request.urlopen(urllib.request.Request(url, headers=headers), timeout=ANSWER_SECONDS) as answer:
                return answer.status, answer.headers, answer.read()
        except urllib.error.HTTPError as error:
            if error.code != 429:
                return error.code, error.headers, error.read()
            time.sleep(0.1)
    raise AssertionError("429 for five seconds")


@pytest.fixture(scope="module")
def behind_nginx(bundled_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The service below /tra-tu/ of nginx."""
    folder = tmp_path_factory.mktemp("nginx")
    with (
        running(TARGET, "/readyz", database=bundled_database, workers=1, proxy_hops=1, demo=1) as server,
        nginx_before(server.port, folder) as origin,
    ):
        yield origin


@contextmanager
def nginx_before(service: int, folder: Path) -> Iterator[str]:
    """A real nginx with the example's configuration before the port of a service; only places are changed."""
    program = tool("nginx")
    port = free_port()
    example = (DEPLOY / "nginx.conf").read_text("utf-8")
    for place, here in {
        "listen 80;": f"listen 127.0.0.1:{port};",
        "127.0.0.1:8000": f"127.0.0.1:{service}",
        "/var/cache/nginx/dictsvc": str(folder / "cache"),
    }.items():
        assert place in example
        example = example.replace(place, here)
    temporary = "".join(
        f"{name}_temp_path {folder}/{name};" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    user = "user root;" if os.geteuid() == 0 else ""
    (folder / "nginx.conf").write_text(
        f"{user} daemon off; pid {folder}/pid; error_log {folder}/error.log; worker_processes 1;"
        f"events {{}} http {{ access_log off; {temporary}\n{example}\n}}",
        "utf-8",
    )
    command = [program, "-c", str(folder / "nginx.conf"), "-p", str(folder)]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as nginx:
        try:
            _await(f"http://127.0.0.1:{port}", folder)
            yield f"http://127.0.0.1:{port}"
        finally:
            nginx.terminate()


def _await(origin: str, folder: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        try:
            ask(f"{origin}/tra-tu/healthz")
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError((folder / "error.log").read_text("utf-8"))


class Links(HTMLParser):
    """The addresses that a page leads to, its forms and assets included."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        values = dict(attributes)
        for name in ("href", "src", "action"):
            if value := values.get(name):
                self.found.append(value + ("?q=nghi+quyet" if name == "action" else ""))


def test_every_link_form_and_asset_below_the_prefix_is_there(behind_nginx: str) -> None:
    base = f"{behind_nginx}/tra-tu/"
    waiting = [base, *(base + path for path in ("?q=quyet", "fragment?q=do", "docs", "opensearch.xml", "openapi.json"))]
    visited: dict[str, str] = {}
    while waiting and len(visited) < _MOST_PAGES:
        url = waiting.pop(0)
        if url in visited:
            continue
        status, headers, body = ask(url)
        assert status == 200, f"{url} from {visited}"
        visited[url] = headers["Content-Type"]
        if "html" not in headers["Content-Type"]:
            continue
        parser = Links()
        parser.feed(body.decode())
        for link in parser.found:
            target = urldefrag(urljoin(url, link)).url
            if target.startswith(behind_nginx):
                assert target.startswith(base), f"{url} leads out of the prefix: {link}"
                if target not in visited:
                    waiting.append(target)
    assert len(visited) >= _LEAST_PAGES
    kinds = {content_type.partition(";")[0] for content_type in visited.values()}
    assert kinds >= {"text/html", "text/css", "image/svg+xml", "application/json"}


def test_the_prefix_without_its_slash(behind_nginx: str) -> None:
    status, _, body = ask(f"{behind_nginx}/tra-tu")
    assert status == 200
    assert b"<form" in body


def test_what_a_client_forwards_itself_counts_for_nothing(behind_nginx: str) -> None:
    forged = {"X-Forwarded-Host": "evil.example", "X-Forwarded-Prefix": "/evil", "X-Forwarded-For": "1.2.3.4"}
    _, _, body = ask(f"{behind_nginx}/tra-tu/fragment?q=nghi+quyet&limit=2", **forged)
    assert b"/tra-tu/entry/" in body
    assert b"evil" not in body


def test_compressed_and_kept_by_nginx(behind_nginx: str) -> None:
    url = f"{behind_nginx}/tra-tu/lookup?q=nghi+quyet"
    _, headers, body = ask(url, **{"Accept-Encoding": "gzip"})
    assert headers["Content-Encoding"] == "gzip"
    assert json.loads(gzip.decompress(body))["found"]
    status, _, _ = ask(url, **{"Accept-Encoding": "gzip", "If-None-Match": headers["ETag"]})
    assert status == 304
    assert headers["X-Request-Id"] == ask(url)[1]["X-Request-Id"], "the second answer is nginx's own copy"


def test_operators_routes_from_this_machine(behind_nginx: str) -> None:
    assert ask(f"{behind_nginx}/tra-tu/readyz")[0] == 200
    assert b"dictsvc_requests_total" in ask(f"{behind_nginx}/tra-tu/metrics")[2]


def test_a_flood_is_refused_by_nginx(behind_nginx: str) -> None:
    refused = 0
    for number in range(150):
        try:
            urllib.request.urlopen(f"{behind_nginx}/tra-tu/lookup?q=flood{number}", timeout=ANSWER_SECONDS).close()
        except urllib.error.HTTPError as error:
            refused += error.code == 429
    assert refused > 0


@pytest.mark.parametrize(
    ("path", "headers", "body", "status", "code"),
    [
        ("lookup?q=" + "a" * 9_000, {}, None, 414, "too-large"),
        ("lookup?q=a", {"X-Long": "a" * 9_000}, None, 431, "too-large"),
        ("lookup?q=a", {f"X-{n}": "a" * 900 for n in range(40)}, None, 431, "too-large"),
        ("lookup", {"Content-Type": "application/json"}, b" " * 300_000, 413, "too-large"),
    ],
)
def test_what_nginx_refuses_is_a_problem_document(
    behind_nginx: str, path: str, headers: dict[str, str], body: bytes | None, status: int, code: str
) -> None:
    request = urllib.request.Request(f"{behind_nginx}/tra-tu/{path}", body, headers)
    with pytest.raises(urllib.error.HTTPError) as raised:
        urllib.request.urlopen(request, timeout=ANSWER_SECONDS)
    assert_nginx_problem(raised.value, status, code)


def assert_nginx_problem(error: urllib.error.HTTPError, status: int, code: str) -> None:
    with error:
        document = json.loads(error.read())
        assert error.headers.get_all("Content-Type") == ["application/problem+json"]
        assert error.headers["Access-Control-Allow-Origin"] == "*"
        assert error.headers["Cache-Control"] == "no-store"
        assert (error.headers["Retry-After"] is not None) == (status in (429, 502, 503, 504))
    assert (error.code, document["status"]) == (status, status)
    assert document["type"] == f"urn:dictsvc:problem:{code}"
    assert document["title"]
    assert document["detail"].endswith(".")


def test_while_the_service_is_away(behind_nginx: str, tmp_path: Path) -> None:
    with nginx_before(free_port(), tmp_path) as origin, pytest.raises(urllib.error.HTTPError) as raised:
        urllib.request.urlopen(f"{origin}/tra-tu/lookup?q=a", timeout=ANSWER_SECONDS)
    assert_nginx_problem(raised.value, 502, "unavailable")


def test_the_unit_is_hardened(tmp_path: Path) -> None:
    unit = tmp_path / "dictsvc.service"
    text = (DEPLOY / "dictsvc.service").read_text("utf-8")
    unit.write_text(text.replace("/opt/dictsvc/bin/dictsvc", "/bin/true").replace("=dictsvc\n", "=nobody\n"), "utf-8")
    analyze = tool("systemd-analyze")
    score = subprocess.run(
        [analyze, "security", "--offline=true", str(unit)], capture_output=True, text=True, check=True
    ).stdout
    exposure = re.search(r"exposure level for dictsvc.service: ([\d.]+)", score)
    assert exposure, score
    assert float(exposure.group(1)) <= 3
    for setting in ("DICTSVC_PROXY_HOPS", "DICTSVC_RATE_LIMIT", "DICTSVC_DATABASE"):
        assert f"Environment={setting}=" in text


def test_the_image_is_not_root_and_its_health_check_works(mini_database: Path) -> None:
    dockerfile = (ROOT / "Dockerfile").read_text("utf-8")
    assert re.search(r"^USER (?!root)\w+$", dockerfile, re.MULTILINE)
    check = re.search(r"^HEALTHCHECK [^\[]*CMD (\[.*\])$", dockerfile, re.MULTILINE)
    assert check
    command: list[str] = ast.literal_eval(check.group(1))
    with running(TARGET, database=mini_database, workers=1) as server:
        here = [part.replace(":8000/", f":{server.port}/") for part in command]
        assert subprocess.run(here, check=False).returncode == 0
    assert subprocess.run(here, check=False, stderr=subprocess.DEVNULL).returncode != 0
    for source in re.findall(r"^COPY (?!--from)(.+) \S+$", dockerfile, re.MULTILINE):
        for name in source.split():
            assert (ROOT / name).exists(), name
