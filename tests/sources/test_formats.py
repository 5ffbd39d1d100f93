"""Formats are told from the content, whatever a file is called, and can be named."""

from __future__ import annotations

from pathlib import Path

import pytest

from dictsvc.errors import SourceError
from dictsvc.sources.formats import format_of, formats, open_source
from dictsvc.sources.source import Languages, read_beginning
from tests.sources.making import avdict, dictd, mdict, slob, stardict

TEXTS = {
    "tei": '<?xml version="1.0"?>\n<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><entry/></text></TEI>',
    "xdxf": '<?xml version="1.0"?>\n<xdxf lang_from="ENG"><ar><k>a</k>b</ar></xdxf>',
    "wiktextract": '{"word": "a", "pos": "noun", "lang_code": "en"}\n',
    "json": ' {"a": {"definitions": ["b"]}}',
    "dsl": '\ufeff#NAME "x"\n#INDEX_LANGUAGE "English"\n\na\n\t[m1]b[/m]\n',
    "tsv": "# title: x\nheadword\tgloss\na\tb\n",
    "csv": "Word,Meaning\na,b\n",
    "fvdp": "\ufeff@a\n- b\n",
    "tab": "a\tb\nc\td\n",
}


def _recognised(path: Path) -> str:
    return format_of(read_beginning(path)).name


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_text_formats(tmp_path: Path, name: str, encoding: str) -> None:
    path = tmp_path / "book.txt"
    path.write_text(TEXTS[name], encoding=encoding)
    assert _recognised(path) == name


def test_binary_formats(tmp_path: Path) -> None:
    (tmp_path / "dictd").mkdir()
    for name, path in {
        "stardict": stardict(tmp_path, [("a", "b")]),
        "dictd": dictd(tmp_path / "dictd", [("a", b"b")]),
        "avdict": avdict(tmp_path / "book.db", {"av": [("a", "b", "")]}),
        "slob": slob(tmp_path / "book.bin", [(["a"], b"b")]),
        "mdict": mdict(tmp_path / "book.mdx", [("a", "b")]),
    }.items():
        assert _recognised(path) == name


def test_every_format_has_a_test() -> None:
    assert {known.name for known in formats()} - set(TEXTS) == {
        "stardict",
        "dictd",
        "avdict",
        "slob",
        "mdict",
        "pyglossary",
    }


def test_the_surest_are_asked_first_whatever_their_modules_are_called() -> None:
    certainties = [known.certainty for known in formats()]
    assert certainties == sorted(certainties, reverse=True)
    assert all(known.description and known.endings for known in formats())


def test_a_format_can_be_named(tmp_path: Path) -> None:
    path = tmp_path / "book.txt"
    path.write_text("headword\tgloss\n", encoding="utf-8")
    assert [r.headword for r in open_source(path, "tab").records] == ["headword"]  # type: ignore[union-attr]
    with pytest.raises(SourceError, match="no format 'word'; there are avdict, mdict"):
        open_source(path, "word")


@pytest.mark.parametrize("data", [b"", b"just a line of text", b"\x89PNG\r\n\x1a\n" + bytes(50), b"\0" * 100])
def test_unknown_content(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "book.txt"
    path.write_bytes(data)
    with pytest.raises(SourceError, match=r"book\.txt is in no format that dictsvc knows"):
        open_source(path)


def test_no_file(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "nowhere"):
        with pytest.raises(SourceError, match="is no file"):
            open_source(path)


@pytest.mark.parametrize(
    ("name", "asked", "found"),
    [
        ("en-vi.tab", Languages(), ("en", "vi")),
        ("en-vi.tab", Languages("fr"), ("fr", "vi")),
        ("book.tab", Languages(), ("", "")),
        ("book.tab", Languages("en", "vi"), ("en", "vi")),
    ],
)
def test_languages_as_asked_else_as_told(tmp_path: Path, name: str, asked: Languages, found: tuple[str, str]) -> None:
    path = tmp_path / name
    path.write_text("a\tb\n", encoding="utf-8")
    source = open_source(path, languages=asked)
    assert (source.source_language, source.target_language) == found
