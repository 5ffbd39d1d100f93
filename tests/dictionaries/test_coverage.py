"""The bundled dictionaries hold what people read, measured on the word lists and the portal's page."""

from __future__ import annotations

from pathlib import Path

import pytest

from dictsvc.sources.catalog import folder
from tests.dictionaries.coverage import measures
from tests.dictionaries.lint.bundle import read_bundle

pytestmark = pytest.mark.shared


def test_every_measure_reaches_its_goal(shared: Path) -> None:
    found = list(measures(read_bundle(folder()), shared))
    assert len(found) > 15
    assert [(m.name, round(m.share, 3), m.missing[:10]) for m in found if not m.reached] == []
