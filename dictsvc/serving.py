"""Running the service: granian and its workers."""

import os
import resource
import shutil
import signal
import socket
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from granian import Granian
from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings

from dictsvc.config import Config, to_environment
from dictsvc.errors import StartError

TARGET = "dictsvc.web.app:from_environment"
_THREADS = 4
"""Blocking threads of a worker: Python runs one at a time; the others wait for the disk or for a client's body."""
_HEADER_SECONDS = 10
"""Seconds that a client may take to send its headers, and that a connection may be idle."""
_HEADER_BYTES = 32 * 1024
"""Bytes of a request's headers."""
_KILL_SECONDS = 10
"""Seconds that a worker may take to finish its requests after SIGTERM."""
_RESEND_SECONDS = 0.5
"""Seconds after which a worker that has not ended is sent its SIGTERM again."""
_BACKLOG = 1024
"""Connections that wait for a worker to accept them."""
_MAX_CONNECTIONS = 4096
"""Connections that a worker holds; slow clients wait in Rust and take no thread."""
_MAX_OPEN_FILES = 65_536
"""File descriptors of a process: each connection takes one."""
_SHARED_MEMORY = Path("/dev/shm")  # noqa: S108
_METRICS_BYTES = 16_000_000
"""Bytes that the metrics of many workers, and of those that replaced them, can take."""


def serve(config: Config) -> None:
    """Run the service until it is stopped. Exits with status 1 where the workers die again and again.

    Raises `StartError` where the address cannot be listened on.
    """
    _check_address(config)
    _print_address(config)
    try:
        run(config)
    except SystemExit as stop:
        if stop.code:
            sys.stderr.write("dictsvc: stopped, because the workers cannot run; the lines above say why.\n")
        raise


def run(config: Config, target: str = TARGET) -> None:
    """Run the workers of an application until they are stopped."""
    _raise_file_limit()
    os.register_at_fork(after_in_child=_handle_sigterm)
    with _worker_environment(config):
        server = Granian(
            target,
            factory=True,
            interface=Interfaces.WSGI,
            address=config.host,
            port=config.port,
            workers=config.workers,
            blocking_threads=_THREADS,
            backlog=_BACKLOG,
            backpressure=_MAX_CONNECTIONS,
            http=HTTPModes.http1,
            http1_settings=HTTP1Settings(header_read_timeout=_HEADER_SECONDS * 1000, max_buffer_size=_HEADER_BYTES),
            websockets=False,
            respawn_failed_workers=True,
            workers_kill_timeout=_KILL_SECONDS,
            log_enabled=True,
            log_level="warning",  # type: ignore[arg-type]
        )
        server.serve()


@contextmanager
def _worker_environment(config: Config) -> Iterator[None]:
    """Set the environment of the workers: the configuration, and the folder in which their metrics are added up.

    prometheus-client maps its files into memory: where a disk is full that ends the process, so they stand in
    shared memory. It looks for the folder when it is imported, which only workers do. One arena of the C
    library's memory is enough where one thread runs at a time, and saves 12 MB a worker.
    """
    has_room = os.access(_SHARED_MEMORY, os.W_OK) and shutil.disk_usage(_SHARED_MEMORY).free > _METRICS_BYTES
    parent = _SHARED_MEMORY if has_room else None
    with tempfile.TemporaryDirectory(prefix="dictsvc-", dir=parent, ignore_cleanup_errors=True) as folder:
        os.environ.update(to_environment(config), PROMETHEUS_MULTIPROC_DIR=folder, MALLOC_ARENA_MAX="1")
        yield


def _check_address(config: Config) -> None:
    """Raise `StartError` where the address cannot be bound.

    Granian would share a port that another process listens on, and the two would answer in turn.
    """
    try:
        for family, kind, protocol, _, address in socket.getaddrinfo(config.host, config.port, type=socket.SOCK_STREAM):
            with socket.socket(family, kind, protocol) as probe:
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                probe.bind(address)
    except OSError as error:
        raise StartError(f"Cannot listen on {config.host} port {config.port}: {error.strerror}.") from error


def _handle_sigterm() -> None:
    """Let SIGTERM end a worker from its first moment on.

    A worker is forked with its parent's handler. Until granian sets its own, the system's default ends the worker.
    A signal that arrives while granian starts to serve is lost, so each SIGTERM is sent again until the worker ends.
    """
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    receiver, sender = socket.socketpair()
    sender.setblocking(False)
    signal.set_wakeup_fd(sender.detach(), warn_on_full_buffer=False)
    threading.Thread(target=_resend, args=(receiver,), name="sigterm", daemon=True).start()


def _resend(receiver: socket.socket) -> None:
    while number := receiver.recv(1):
        if number[0] == signal.SIGTERM:
            time.sleep(_RESEND_SECONDS)
            os.kill(os.getpid(), signal.SIGTERM)


def _raise_file_limit() -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _MAX_OPEN_FILES if hard == resource.RLIM_INFINITY else min(hard, _MAX_OPEN_FILES)
    if soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def _print_address(config: Config) -> None:
    address = config.public_url or f"http://{config.host}:{config.port}"
    lines = [f"dictsvc: {address}  (Ctrl+C to stop)"]
    if not config.rate_limit:
        lines.append("dictsvc: no rate limit is set (DICTSVC_RATE_LIMIT, such as 600/minute)")
    sys.stdout.write("".join(f"{line}\n" for line in lines))
    sys.stdout.flush()
