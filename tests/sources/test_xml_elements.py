"""XML an entry at a time: no entity, no size, no broken entry matters to the others."""

from __future__ import annotations

from pathlib import Path

import pytest

from dictsvc.errors import SourceError
from dictsvc.sources import xml_elements
from dictsvc.sources.xml_elements import open_xml, parsed


def _file(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "book.xml"
    path.write_bytes(text.encode(encoding))
    return path


def test_elements_and_their_lines(tmp_path: Path) -> None:
    file = open_xml(_file(tmp_path, "<x>\n<head/>\n<ar>a</ar>\n\n<ar b='c'>d\ne</ar><ar/><arx>no</arx>\n</x>"), "ar")
    assert file.header == "<x>\n<head/>\n"
    assert [(e.line, e.text) for e in file.elements] == [(3, "<ar>a</ar>"), (5, "<ar b='c'>d\ne</ar>"), (6, "<ar/>")]


def test_across_chunks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = _file(tmp_path, "<x>" + "".join(f"<ar>số {n}</ar>\n" for n in range(50)) + "</x>")
    monkeypatch.setattr(xml_elements, "_CHUNK", 7)
    elements = list(open_xml(path, "ar").elements)
    assert [e.text for e in elements] == [f"<ar>số {n}</ar>" for n in range(50)]
    assert [e.line for e in elements] == list(range(1, 51))


@pytest.mark.parametrize("name", ["ar", "LexicalEntry", "a-name-of-many-letters"])
def test_no_element_is_lost_wherever_a_chunk_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    elements = [f'<{name} id="{n}">số {n}</{name}>' for n in range(3)]
    path = _file(tmp_path, "<x>" + "\n".join(elements) + "</x>")
    for size in range(1, 60):
        monkeypatch.setattr(xml_elements, "_CHUNK", size)
        assert [e.text for e in open_xml(path, name).elements] == elements, size


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "windows-1251"])
def test_declared_encodings(tmp_path: Path, encoding: str) -> None:
    path = _file(tmp_path, f'<?xml version="1.0" encoding="{encoding}"?><x><ar>дом</ar></x>', encoding)
    assert [e.text for e in open_xml(path, "ar").elements] == ["<ar>дом</ar>"]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ('<!DOCTYPE x [<!ENTITY a "b">]><x><ar>&a;</ar></x>', "declares XML entities"),
        ('<!DOCTYPE x [<!ENTITY % a SYSTEM "file:///etc/passwd">]><x><ar/></x>', "declares XML entities"),
        ("<x></x>", "has no element <ar>"),
        ('<?xml version="1.0" encoding="klingon"?><x><ar/></x>', "encoding that is not known"),
    ],
)
def test_refused(tmp_path: Path, text: str, sentence: str) -> None:
    with pytest.raises(SourceError, match=sentence):
        open_xml(_file(tmp_path, text), "ar")


def test_an_element_without_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xml_elements, "_MOST_ELEMENT", 100)
    monkeypatch.setattr(xml_elements, "_CHUNK", 50)
    path = _file(tmp_path, "<x><ar>a</ar>\n<ar>" + "y" * 300 + "\n<ar>b</ar><ar>c")
    elements = list(open_xml(path, "ar").elements)
    assert [e.problem.code if e.problem else e.text for e in elements] == [
        "<ar>a</ar>",
        "too-long",
        "<ar>b</ar>",
        "unfinished",
    ]


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("<a>b</a>", "b"),
        ("<a>R & D</a>", "R & D"),
        ("<a>caf&eacute;&nbsp;&unknown;</a>", "café\xa0&unknown;"),
        ('<a x:y="z"><b:c>d</b:c></a>', "d"),
        ('<a xml:lang="vi">d</a>', "d"),
        ("<a>x\x01y</a>", "xy"),
    ],
)
def test_mended(text: str, content: str) -> None:
    element = parsed(text)
    assert element is not None
    assert "".join(element.itertext()) == content


@pytest.mark.parametrize("text", ["<a><b></a>", "no", "<a>" * 200 + "</a>" * 200])
def test_given_up(text: str) -> None:
    assert parsed(text) is None
