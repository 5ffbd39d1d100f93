"""What pyglossary reads for us, quietly; and what is said where it is missing."""

from __future__ import annotations

import logging
import subprocess
import sys
from pathlib import Path

import pytest

from dictsvc.errors import SourceError
from dictsvc.sources import pyglossary_bridge
from dictsvc.sources.formats import open_source
from tests.sources.making import mdict, read

RECORDS = [("cat", "<b>cat</b><br>* danh từ<br>- con mèo"), ("cats", "@@@LINK=cat"), ("dog", "- con chó")]


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("pyglossary", reason="the extra formats is not installed")
    monkeypatch.setenv("HOME", str(tmp_path))


def test_mdict(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    hook, logger = sys.excepthook, logging.getLoggerClass()
    found = read(mdict(tmp_path / "book.mdx", RECORDS))
    assert [(e.headword, e.variants) for e in found.entries] == [("cat", ("cats",)), ("dog", ())]
    assert found["cat"].senses[0].part_of_speech == "noun"
    assert found.source.title == "Anh-Việt"
    assert capfd.readouterr() == ("", "")
    assert (sys.excepthook, logging.getLoggerClass()) == (hook, logger)


def test_other_formats_by_their_ending(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "book.dictunformat"
    path.write_text("_____\n\ncat\ncon mèo\n\n_____\n\ndog\ncon chó\n", encoding="utf-8")
    found = read(path, "en", "vi")
    assert [e.headword for e in found.entries] == ["cat", "dog"]
    assert capfd.readouterr() == ("", "")


@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("data", [b"\0\0\1\0<\0D\0", b"\0\0\1\0<\0D\0" + bytes(500)])
def test_damaged_files(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "book.mdx"
    path.write_bytes(data)
    with pytest.raises(SourceError, match="it is damaged, or of a kind"):
        read(path)


def test_without_pyglossary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing() -> None:
        raise ImportError

    monkeypatch.setattr(pyglossary_bridge, "_glossary_class", missing)
    with pytest.raises(
        SourceError, match=r"needs pyglossary; install the extra formats: pip install 'dictsvc\[formats\]'"
    ):
        open_source(mdict(tmp_path / "book.mdx", RECORDS))
    babylon = tmp_path / "book.BGL"
    babylon.write_bytes(b"\x12\x34\0\1")
    with pytest.raises(SourceError, match="needs pyglossary"):
        open_source(babylon)


def test_without_a_package_that_pyglossary_needs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "mistune", None)
    path = tmp_path / "book.df"
    path.write_text("@ cat\ncon mèo\n", encoding="utf-8")
    with pytest.raises(SourceError, match=r"pyglossary needs mistune: pip install mistune\."):
        open_source(path)


def test_it_is_imported_only_when_needed() -> None:
    code = "import sys, dictsvc.sources.formats; sys.exit('pyglossary' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
