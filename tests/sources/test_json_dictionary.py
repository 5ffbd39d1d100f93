"""JSON dictionaries in the shapes in use."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dictsvc.errors import SourceError
from tests.sources.making import Read, read


def _read(folder: Path, content: object) -> Read:
    path = folder / "book.json"
    path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    return read(path, "vi", "en")


@pytest.mark.parametrize(
    "content",
    [
        {"má": {"definitions": ["@má\n* noun\n- mother\n\n"]}},
        {"má": "* noun\n- mother"},
        {"má": ["* noun\n- mother"]},
        {"má": {"definition": "* noun\n- mother"}},
        [{"word": "má", "meaning": "* noun\n- mother"}],
        {"má": {"html": "* noun<br>- mother"}},
    ],
)
def test_shapes(tmp_path: Path, content: object) -> None:
    found = _read(tmp_path, content)
    assert found.entry.headword == "má"
    assert [(s.part_of_speech, s.gloss) for s in found.entry.senses] == [("noun", "mother")]
    assert found.problems == []


def test_definitions_are_entries_and_short_ones_are_senses(tmp_path: Path) -> None:
    found = _read(tmp_path, {"má": {"definitions": ["@má\n- mother\n", "@má\n- cheek\n"]}, "bà": ["dame", "lady"]})
    assert [(e.headword, [s.gloss for s in e.senses]) for e in found.entries] == [
        ("má", ["mother"]),
        ("má", ["cheek"]),
        ("bà", ["dame", "lady"]),
    ]


def test_faults(tmp_path: Path) -> None:
    found = _read(tmp_path, {"": "x", "a": 7, "b": {"definitions": []}, "c": "- see"})
    assert found.entry.headword == "c"
    assert [(p.location, p.code) for p in found.problems] == [
        ("record 1", "empty-headword"),
        ("record 2 (a)", "no-definition"),
        ("record 3 (b)", "no-definition"),
    ]


def test_the_dictionary_speaks_of_itself(tmp_path: Path) -> None:
    found = _read(tmp_path, {"00-database-short": {"definitions": ["@00-database-short\n- FVDP\n"]}, "a": "- b"})
    assert found.about == {"title": "FVDP"}


@pytest.mark.parametrize("text", ['{"a": ', '"a"', "[1", "{]"])
def test_no_json(tmp_path: Path, text: str) -> None:
    path = tmp_path / "book.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SourceError, match="no JSON dictionary"):
        read(path, "vi", "en", format_name="json")


def test_broken_characters_cost_only_themselves(tmp_path: Path) -> None:
    path = tmp_path / "book.json"
    path.write_bytes(b'{"b\xffa": "- l\\ud83dady", "cow": "- \\ud83d\\udc04", "m\xc3\xa1": "- \\\\ud83d"}')
    found = read(path, "vi", "en")
    assert [(e.headword, e.senses[0].gloss) for e in found.entries] == [
        ("ba", "lady"),
        ("cow", "🐄"),
        ("má", "\\ud83d"),
    ]
    assert found.codes == ["invalid-utf8"]
