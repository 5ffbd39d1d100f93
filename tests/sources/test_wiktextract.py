"""Extracts of Wiktionary."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dictsvc.errors import SourceError
from dictsvc.model import Entry, Example, RegionalPronunciation, Sense
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
    sense = Sense("verb", ("transitive",), "To carry here.", None, (Example("Bring it!"),), synonyms=("carry",))
    assert found["bring"].senses == (sense,)
    assert found["bring"].links == ()


def test_synonyms_and_antonyms(tmp_path: Path) -> None:
    senses = [
        {"tags": ["no-gloss"], "synonyms": [{"word": "lost"}]},
        {"glosses": ["Large."], "synonyms": [{"word": "great"}]},
        {"glosses": ["Adult."], "antonyms": [{"word": "little"}], "synonyms": [{"word": "big"}]},
    ]
    word = {"word": "big", "lang_code": "en", "synonyms": [{"word": "vast"}], "antonyms": [{"word": "small"}]}
    found = _read(tmp_path, word | {"senses": senses}, source="en", target="en")
    assert found.entry.senses == (
        Sense(gloss="Large.", synonyms=("great", "vast"), antonyms=("small",)),
        Sense(gloss="Adult.", antonyms=("little",)),
    )


@pytest.mark.parametrize(
    ("sounds", "pronunciation", "regional"),
    [
        ([("a", []), ("b", ["US"])], "a", "b"),
        ([("a", ["US"]), ("b", ["UK"])], "b", "a"),
        ([("a", ["Received-Pronunciation", "General-American"]), ("b", ["US"])], "a", ""),
        ([("a", ["General-American"])], "a", ""),
        ([("a", ["Hà-Nội"]), ("b", ["Huế"])], "a", ""),
    ],
)
def test_sounds_of_regions(
    tmp_path: Path, sounds: list[tuple[str, list[str]]], pronunciation: str, regional: str
) -> None:
    listed = [{"ipa": f"/{ipa}/", "tags": tags} for ipa, tags in sounds]
    entry = _read(tmp_path, WAIN | {"sounds": listed}, source="en", target="en").entry
    assert entry.pronunciation == pronunciation
    assert entry.regional_pronunciations == ((RegionalPronunciation("US", regional),) if regional else ())


@pytest.mark.parametrize(
    ("text", "etymology"),
    [
        ("From Old English wæġn, cf. Dutch wagen. Doublet of wagon.", "From Old English wæġn, cf. Dutch wagen"),
        ("Sino-Vietnamese word from 決議. Compare x.", "Sino-Vietnamese word from 決議"),
        ("From *ma\nCognates\nx", "From *ma"),
        ("Etymology tree\nOld English wæġn\nEnglish wain\nInherited from wæġn. Doublet of x.", "Inherited from wæġn"),
        ("Etymology tree Old English wæġn English wain", None),
        ("long " * 50, "long " * 39 + "…"),
    ],
)
def test_the_first_sentence_of_an_etymology(tmp_path: Path, text: str, etymology: str | None) -> None:
    assert _read(tmp_path, WAIN | {"etymology_text": text}, source="en", target="en").entry.etymology == etymology


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
