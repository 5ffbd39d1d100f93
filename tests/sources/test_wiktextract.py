"""Extracts of Wiktionary."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dictsvc.entry_parts import see_links
from dictsvc.errors import SourceError
from dictsvc.model import Entry, Example, Sense
from tests.sources.making import Read, read

BRING = {
    "word": "bring",
    "lang_code": "en",
    "pos": "verb",
    "sounds": [{"audio": "x.ogg"}, {"ipa": "/bɹɪŋ/"}],
    "forms": [
        {"form": "brought", "tags": ["past"]},
        {"form": "-", "tags": ["participle"]},
        {"form": "bryng", "tags": ["alternative"]},
        {"form": "x", "tags": ["past", "table-tags"]},
    ],
    "senses": [
        {
            "glosses": ["To carry.", "To carry here."],
            "tags": ["transitive"],
            "examples": [{"text": "Bring it!"}, {"text": "x" * 400}],
        },
        {"tags": ["no-gloss"]},
    ],
    "synonyms": [{"word": "carry"}],
    "translations": [
        {"code": "vi", "word": "mang", "sense": "to transport"},
        {"lang_code": "vi", "word": "đem", "sense": "to transport"},
        {"code": "fr", "word": "apporter", "sense": "to transport"},
        {"code": "vi", "word": None, "sense": "nothing"},
    ],
}
WAIN = {"word": "wain", "lang_code": "en", "pos": "noun", "senses": [{"glosses": ["A wagon."]}]}
MA = {"word": "má", "lang_code": "vi", "pos": "noun", "senses": [{"glosses": ["mother"]}]}


def _read(folder: Path, *lines: object, source: str = "", target: str = "") -> Read:
    path = folder / "extract.jsonl"
    written = (line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in lines)
    path.write_text("\n".join(written) + "\n", encoding="utf-8")
    return read(path, source, target)


def test_translations_of_the_wiktionary_s_own_language(tmp_path: Path) -> None:
    found = _read(tmp_path, BRING, WAIN, MA, target="vi")
    assert found.entry == Entry(
        "bring",
        ("bryng",),
        "bɹɪŋ",
        (Sense("verb", ("to transport",), "mang, đem"),),
        forms=("brought",),
    )
    assert [(p.location, p.code) for p in found.problems] == [
        ("line 2 (wain)", "no-translation"),
        ("line 3 (má)", "other-language"),
    ]
    assert (found.source.source_language, found.source.licence) == ("en", "CC-BY-SA-4.0")


def test_glosses_of_the_same_language(tmp_path: Path) -> None:
    found = _read(tmp_path, BRING, WAIN, source="en", target="en")
    assert [e.headword for e in found.entries] == ["bring", "wain"]
    assert found["bring"].senses == (Sense("verb", ("transitive",), "To carry here.", None, (Example("Bring it!"),)),)
    assert found["bring"].links == see_links(["carry"])


def test_glosses_of_another_language(tmp_path: Path) -> None:
    found = _read(tmp_path, BRING, MA, source="vi", target="en")
    assert found.entry == Entry("má", senses=(Sense("noun", gloss="mother"),))


def test_faults_cost_their_line(tmp_path: Path) -> None:
    found = _read(tmp_path, WAIN, '{"word": ', "[]", "", '{"word": 3}', {"word": ""}, source="en", target="en")
    assert found.entry.headword == "wain"
    assert found.codes == ["invalid-json", "invalid-json", "invalid-json", "empty-headword"]


def test_no_extract(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    path.write_text("nothing\n", encoding="utf-8")
    with pytest.raises(SourceError, match="no extract of Wiktionary"):
        read(path, format_name="wiktextract")
