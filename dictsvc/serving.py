"""Running the service: granian with its workers, configured in one place."""

from __future__ import annotations

import os
import sys

from granian import Granian
from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings

from dictsvc.config import Config, to_environment

_THREADS = 2
"""Blocking threads a worker: Python runs one at a time; the second takes over while one waits for the disk."""
_HEADER_SECONDS = 10
_KILL_SECONDS = 10


def serve(config: Config) -> None:
    """Run until stopped. The workers read the configuration from the environment, where this puts it."""
    os.environ.update(to_environment(config))
    address = config.public_url or f"http://{config.host}:{config.port}"
    print(f"dictsvc: {address}  (Ctrl+C to stop)", flush=True)  # noqa: T201
    server = Granian(
        "dictsvc.web.app:from_environment",
        factory=True,
        interface=Interfaces.WSGI,
        address=config.host,
        port=config.port,
        workers=config.workers,
        blocking_threads=_THREADS,
        http=HTTPModes.http1,
        http1_settings=HTTP1Settings(header_read_timeout=_HEADER_SECONDS * 1000),
        websockets=False,
        respawn_failed_workers=True,
        workers_kill_timeout=_KILL_SECONDS,
        log_enabled=True,
        log_level="warning",  # type: ignore[arg-type]
    )
    server.serve()
    sys.stdout.flush()
