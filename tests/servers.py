"""Starting servers in processes of their own, and loading them."""

from __future__ import annotations

import fcntl
import http.client
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from msgspec import Struct

from tests.waits import ANSWER_SECONDS, START_SECONDS, STOP_SECONDS

_ROOT = Path(__file__).resolve().parent.parent
_PORTS = iter(range(20_000, 30_000))
_PORT_LOCKS = Path(tempfile.gettempdir()) / "dictsvc-test-ports"
"""A file for each port, locked by the process of tests that uses the port."""
_USUAL_START_SECONDS = 2.0
"""Seconds until a server of the mini dictionaries answers on two cores that are not busy, and some more."""
_RUN = """
import sys
from dictsvc.config import read_config
from dictsvc.serving import run
run(read_config(), sys.argv[1])
"""
_WRK_SCRIPT = """
local paths = {{}}
for line in io.lines("{paths}") do paths[#paths + 1] = wrk.format("GET", line) end
local place = 0
request = function() place = place % #paths + 1; return paths[place] end
"""


class Server(Struct, frozen=True):
    """A running server."""

    port: int
    process: subprocess.Popen[bytes]
    ready_seconds: float

    def allowed(self, seconds: float) -> float:
        """So many seconds on a machine that is not busy, as many more as this one took longer to start the server."""
        return seconds * max(1.0, self.ready_seconds / _USUAL_START_SECONDS)

    def workers(self) -> list[int]:
        """The process ids of its workers."""
        listed = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text("ascii")
        return [int(pid) for pid in listed.split()]


def free_port() -> int:
    """A port of this machine that nobody listens on, and that no other process of tests is given until this one ends.

    It lies below the ports that the system gives to connections. Raises `StopIteration` where none is left.
    """
    _PORT_LOCKS.mkdir(exist_ok=True)
    while True:
        port = next(_PORTS)
        lock = os.open(_PORT_LOCKS / str(port), os.O_RDWR | os.O_CREAT)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            with socket.socket() as probe:
                probe.bind(("127.0.0.1", port))
        except OSError:
            os.close(lock)
        else:
            return port


@contextmanager
def running(
    target: str,
    ready_path: str = "/healthz",
    *,
    files: int | None = None,
    most_bytes: int | None = None,
    log: Path | None = None,
    **settings: object,
) -> Iterator[Server]:
    """A server of an application, with `DICTSVC_` settings, on a free port of this machine; stopped at the end.

    `files` is how many file descriptors it may have, `most_bytes` how large any file may grow that it writes,
    `log` where its output goes (default: nowhere).
    """
    port = free_port()
    environment = {name: value for name, value in os.environ.items() if not name.startswith("DICTSVC_")}
    environment |= {f"DICTSVC_{name.upper()}": str(value) for name, value in settings.items()}
    environment |= {"DICTSVC_PORT": str(port), "DICTSVC_HOST": "127.0.0.1", "PYTHONPATH": str(_ROOT)}
    begun = time.perf_counter()
    command = [sys.executable, "-c", _RUN, target]
    limits = {"nofile": files, "fsize": most_bytes}
    if any(limits.values()):
        command = ["prlimit", *(f"--{name}={most}:{most}" for name, most in limits.items() if most), *command]
    with (log or Path(os.devnull)).open("wb") as output:
        process = subprocess.Popen(command, cwd=_ROOT, env=environment, stdout=output)
        try:
            _await(port, ready_path, process)
            yield Server(port, process, time.perf_counter() - begun)
        finally:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _await(port: int, path: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"the server ended with status {process.returncode} before it answered")
        try:
            if status_of(port, path) == http.client.OK:
                return
        except OSError:
            pass
        time.sleep(0.01)
    raise RuntimeError(f"the server did not answer {path} within {START_SECONDS:.0f} s")


def status_of(port: int, path: str) -> int:
    """The status of one request on a connection of its own."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=ANSWER_SECONDS)
    try:
        connection.request("GET", path)
        return connection.getresponse().status
    finally:
        connection.close()


def throughput(port: int, paths: Sequence[str], *, seconds: int, connections: int = 32) -> float:
    """Requests a second that wrk gets answered; every answer has to be 2xx."""
    wrk = shutil.which("wrk")
    if wrk is None:
        raise SystemExit("wrk is missing; on Debian and Ubuntu: apt install wrk")
    with tempfile.TemporaryDirectory() as folder:
        listed = Path(folder) / "paths"
        listed.write_text("\n".join(paths) + "\n", "ascii")
        script = Path(folder) / "paths.lua"
        script.write_text(_WRK_SCRIPT.format(paths=listed), "ascii")
        command = [wrk, "-t1", f"-c{connections}", f"-d{seconds}s", "-s", str(script), f"http://127.0.0.1:{port}"]
        report = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    if re.search("Non-2xx|Socket errors", report):
        raise RuntimeError(report)
    found = re.search(r"Requests/sec:\s*([\d.]+)", report)
    assert found is not None, report
    return float(found.group(1))


def latencies(port: int, paths: Sequence[str]) -> list[float]:
    """Milliseconds of each request, one after the other on one connection."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=ANSWER_SECONDS)
    taken = []
    for path in paths:
        begun = time.perf_counter()
        connection.request("GET", path)
        response = connection.getresponse()
        response.read()
        taken.append((time.perf_counter() - begun) * 1000)
        assert response.status == http.client.OK, (path, response.status)
    connection.close()
    return taken
