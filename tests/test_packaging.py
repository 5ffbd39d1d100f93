"""A wheel is whole: its dictionaries, templates and schema are found where it is installed."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.conftest import ROOT

_PROGRAM = """
from dictsvc.sources.catalog import bundled_file, catalog, folder
from dictsvc.web.routes.pages import render
assert folder().name == "bundled", folder()
assert all(bundled_file(i).is_file() for i in catalog().bundled)
print(len(catalog().bundled))
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return next(folder.glob("*.whl"))


def test_the_wheel_holds_what_the_service_needs(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    assert {
        "dictsvc/bundled/catalog.toml",
        "dictsvc/bundled/vi-en.tsv",
        "dictsvc/storage/schema.sql",
        "dictsvc/web/templates/fragment.html",
        "dictsvc/web/static/dictsvc.css",
        "dictsvc/py.typed",
    } <= names
    assert not [name for name in names if name.startswith(("tests/", "seeds/")) or "lint" in name]


def test_the_bundled_dictionaries_are_found_when_installed(wheel: Path, tmp_path: Path) -> None:
    zipfile.ZipFile(wheel).extractall(tmp_path)
    environment = {**os.environ, "PYTHONPATH": str(tmp_path)}
    run = subprocess.run(
        [sys.executable, "-c", _PROGRAM], cwd=tmp_path, env=environment, check=False, capture_output=True, text=True
    )
    assert run.returncode == 0, run.stderr
    assert int(run.stdout) >= 2
