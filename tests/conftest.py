"""Fixtures: a mini dictionary with every awkward case once, the application on it, and the real dictionaries."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Generator, Iterator
from functools import cache
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import settings

from dictsvc.config import Config
from dictsvc.loading import LoadRequest, load, load_bundled
from dictsvc.search.search_index import SearchIndex, prepare
from dictsvc.storage.live_snapshot import LiveSnapshot
from dictsvc.storage.snapshot import Snapshot
from dictsvc.web.app import create_app
from dictsvc.web.service import Service
from tests.building import build_once

settings.register_profile("quiet", deadline=None)  # a busy machine is slow, not wrong
settings.load_profile("quiet")

ROOT = Path(__file__).resolve().parent.parent
FIXTURES = ROOT / "tests" / "fixtures"
DATABASE = "dictsvc.sqlite3"
MINI = {"vi-en": FIXTURES / "vi-en.tsv", "en-vi": FIXTURES / "en-vi.tsv"}
CORPUS = {
    "en-vi": ("01-en-vi-stardict-h/TudienAnhVietBeta.ifo", "en", "vi"),
    "vi-en": ("05-vi-en-stardict-m/star_vietanh.ifo", "vi", "en"),
    "fr-vi": ("02-fr-vi-stardict-m/star_phapviet.ifo", "fr", "vi"),
    "vi-fr": ("03-vi-fr-tab/star_vietphap.tab", "vi", "fr"),
}
"""The four full dictionaries: id → file below `corpus/`, languages."""


def required(variable: str, reason: str) -> None:
    """Skip the test, or fail it where the environment says that nothing may be skipped."""
    if os.environ.get(variable) == "1":
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Where nothing may be skipped, what is skipped for whatever reason has failed."""
    report = yield
    everything = {"DICTSVC_REQUIRE_SHARED", "DICTSVC_REQUIRE_TOOLS"}
    if report.skipped and not hasattr(report, "wasxfail") and all(os.environ.get(name) == "1" for name in everything):
        report.outcome = "failed"
    return report


def load_mini(database: Path) -> Path:
    """Make a new database of the mini dictionaries, of a test's own, with the lock file that a load leaves."""
    database.parent.mkdir(parents=True, exist_ok=True)
    database.write_bytes(_mini_database())
    database.with_name(database.name + ".lock").touch()
    return database


@cache
def _mini_database() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / DATABASE
        load(database, [LoadRequest(path=path, id=identifier) for identifier, path in MINI.items()])
        return database.read_bytes()


@pytest.fixture(scope="session")
def mini_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return load_mini(tmp_path_factory.mktemp("mini") / DATABASE)


@pytest.fixture(scope="session")
def search_index(mini_database: Path) -> SearchIndex:
    return prepare(Snapshot(mini_database))


def make_app(database: Path, **settings: object) -> Flask:
    """The application on a database, without a thread that watches it."""
    config = Config(database=database, **settings)  # type: ignore[arg-type]
    live_snapshot = LiveSnapshot(database, prepare)
    live_snapshot.refresh()
    app = create_app(config, Service(config, live_snapshot))
    app.testing = True
    app.config["PROPAGATE_EXCEPTIONS"] = False
    return app


@pytest.fixture(scope="session")
def app(mini_database: Path) -> Flask:
    return make_app(mini_database)


@pytest.fixture
def client(app: Flask) -> Iterator[FlaskClient]:
    with app.test_client() as client:
        yield client


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real dictionaries and queries."""
    folder = (ROOT / os.environ.get("DICTSVC_SHARED", "../shared")).resolve()
    if not (folder / "corpus").is_dir():
        required("DICTSVC_REQUIRE_SHARED", f"no real dictionaries in {folder}; set DICTSVC_SHARED")
    return folder


def corpus_requests(shared: Path) -> list[LoadRequest]:
    """How to load the four full dictionaries."""
    return [
        LoadRequest(path=shared / "corpus" / file, id=identifier, source_language=source, target_language=target)
        for identifier, (file, source, target) in CORPUS.items()
    ]


@pytest.fixture(scope="session")
def bundled_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bundled dictionaries; shared by all processes, for reading only."""
    return build_once(tmp_path_factory, "bundled", lambda folder: load_bundled(folder / DATABASE)) / DATABASE


@pytest.fixture(scope="session")
def bundled(bundled_database: Path) -> SearchIndex:
    return prepare(Snapshot(bundled_database))


@pytest.fixture(scope="session")
def full_database(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The full dictionaries; shared by all processes, for reading only."""
    requests = corpus_requests(shared)
    return build_once(tmp_path_factory, "full", lambda folder: load(folder / DATABASE, requests)) / DATABASE


@pytest.fixture(scope="session")
def full_lexicon(full_database: Path) -> SearchIndex:
    return prepare(Snapshot(full_database))


@pytest.fixture(scope="session")
def full_client(full_database: Path) -> FlaskClient:
    return make_app(full_database).test_client()
