"""Every real dictionary of the corpus, with the hard parts that its folder is known for."""

from __future__ import annotations

import unicodedata
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from dictsvc.model import Dictionary, Entry
from dictsvc.sources.readers.tsv import tsv_lines
from dictsvc.storage.entry_codec import decode_entry, encode_body
from tests.sources.making import Read, read

pytestmark = pytest.mark.shared
FILES = {
    "01": ("01-en-vi-stardict-h/TudienAnhVietBeta.ifo", "en", "vi", 106_059),
    "02": ("02-fr-vi-stardict-m/star_phapviet.ifo", "fr", "vi", 47_453),
    "03": ("03-vi-fr-tab/star_vietphap.tab", "vi", "fr", 38_350),
    "04": ("04-vi-en-fvdp-text/vietanh.txt", "vi", "en", 23_435),
    "05": ("05-vi-en-stardict-m/star_vietanh.ifo", "vi", "en", 42_249),
    "06": ("06-vi-en-json/dump-utf8.json", "vi", "en", 23_431),
    "07": ("07-en-vi-dsl/en-vi-enwiktionary.dsl.dz", "en", "vi", 7_458),
    "08": ("08-ru-vi-stardict-m/star_ngaviet.ifo", "ru", "vi", 38_039),
    "09": ("09-de-vi-stardict-m/star_ducviet.ifo", "de", "vi", 43_677),
    "10": ("10-vi-vi-stardict-h/star_vietviet.ifo", "vi", "vi", 30_156),
    "11": ("11-vi-es-stardict-badutf8/star_viettbn.ifo", "vi", "es", 21_888),
    "12": ("12-cz-vi-stardict-mojibake/star_secviet.ifo", "cs", "vi", 112_442),
    "13": ("13-fr-en-tei/fra-eng.tei", "fr", "en", 8_505),
    "14": ("14-wiktextract-sample/en-en-extract.jsonl", "en", "vi", 3),
    "20a": ("20-derived/vietanh.dictd.index", "vi", "en", 23_435),
    "20b": ("20-derived/vietphap.dictd.index", "vi", "fr", 39_071),
    "20c": ("20-derived/vietduc.xdxf", "vi", "de", 11_923),
    "20d": ("20-derived/avdict_va.db", "vi", "en", 23_435),
}


@cache
def _read(shared: Path, name: str) -> Read:
    file, source, target, _ = FILES[name]
    return read(shared / "corpus" / file, source, target)


def _texts(entry: Entry) -> str:
    senses = [*entry.senses, *(sense for idiom in entry.idioms for sense in idiom.senses)]
    examples = (f"{e.source} {e.target or ''}" for sense in senses for e in sense.examples)
    return " ".join([entry.headword, entry.pronunciation or "", *(s.gloss for s in senses), *examples])


@pytest.mark.parametrize("name", FILES)
def test_every_folder_loads(shared: Path, name: str) -> None:
    found = _read(shared, name)
    assert len(found.entries) >= FILES[name][3]
    for entry in found.entries[:: max(1, len(found.entries) // 500)]:
        texts = _texts(entry)
        assert not any(unicodedata.category(c) == "Cc" for c in texts), entry
        assert "<br" not in texts
        assert "</" not in texts
        assert entry.headword == entry.headword.strip() != ""


@pytest.mark.parametrize("name", FILES)
def test_exported_and_loaded_again_every_entry_is_the_same(shared: Path, tmp_path: Path, name: str) -> None:
    found = _read(shared, name)
    _, source, target, _ = FILES[name]
    dictionary = Dictionary(id="x", title="Sách: # = | \\", source_language=source, target_language=target)
    path = tmp_path / "exported.tsv"
    with path.open("w", encoding="utf-8") as file:
        file.writelines(line + "\n" for line in tsv_lines(dictionary, found.entries))
    again = read(path)
    assert again.problems == []
    assert again.source.title == dictionary.title
    assert len(again.entries) == len(found.entries)
    for loaded, entry in zip(again.entries, found.entries, strict=True):
        assert loaded == entry == decode_entry(entry.headword, encode_body(entry))


def test_01_examples_are_parted_from_their_translations(shared: Path) -> None:
    examples = [e for entry in _read(shared, "01").entries for s in entry.senses for e in s.examples]
    assert len(examples) > 20_000
    assert sum(example.target is not None for example in examples) > 0.9 * len(examples)


def test_02_an_empty_record_costs_itself(shared: Path) -> None:
    assert [(p.location, p.code) for p in _read(shared, "02").problems] == [("record 0", "empty-headword")]


@pytest.mark.parametrize("name", ["03", "20b"])
def test_compounds_are_written_with_spaces(shared: Path, name: str) -> None:
    assert sum("_" in _texts(entry) for entry in _read(shared, name).entries) < 20


def test_04_blank_headwords_are_reported_and_the_licence_is_read(shared: Path) -> None:
    found = _read(shared, "04")
    assert found.codes.count("empty-headword") == 20
    assert found.about["licence"] == "GPL-2.0-or-later"


def test_05_both_spellings_stand(shared: Path) -> None:
    assert {"thủy thủ", "thuỷ thủ"} <= {entry.headword for entry in _read(shared, "05").entries}


def test_07_alternative_headwords(shared: Path) -> None:
    assert sum(len(entry.variants) for entry in _read(shared, "07").entries) > 9_000


def test_08_stress_marks_stand_on_vowels(shared: Path) -> None:
    texts = " ".join(map(_texts, _read(shared, "08").entries))
    assert not set("ќѓЌЃ") & set(texts)
    stressed = [texts[place - 1] for place, letter in enumerate(texts) if letter == "\u0301"]
    assert len(stressed) > 80_000
    assert sum(letter in "аеёиоуыэюяАЕЁИОУЫЭЮЯ" for letter in stressed) > 0.999 * len(stressed)


def test_09_articles_are_found(shared: Path) -> None:
    notes = [s.note or "" for entry in _read(shared, "09").entries for s in entry.senses[:1]]
    assert sum(note.split(",")[0] in ("der", "die", "das") for note in notes) > 20_000


def test_10_words_inside_are_entries_and_hidden_text_is_gone(shared: Path) -> None:
    found = _read(shared, "10")
    assert len(found.entries) == 30_156
    assert "mung" not in " ".join(
        _texts(entry) for entry in found.entries if entry.headword in ("mùng", "mừng", "mủng")
    )


def test_11_bad_bytes_cost_only_themselves(shared: Path) -> None:
    found = _read(shared, "11")
    assert found.codes.count("invalid-utf8") == 1
    assert found["ba"].senses[0].gloss.endswith("Papa")


def test_12_mojibake_is_mended_and_repeated_headwords_stay(shared: Path) -> None:
    found = _read(shared, "12")
    assert found.codes.count("mojibake") == 12_183
    headwords = [entry.headword for entry in found.entries]
    assert not any("\x80" <= c <= "\x9f" for word in headwords for c in word)
    assert len(headwords) == 112_442
    assert Counter(headwords).most_common(1)[0][1] == 150
    assert len(set(headwords)) > 69_500
    assert "&" in headwords


def test_14_translations_into_vietnamese(shared: Path) -> None:
    found = _read(shared, "14")
    assert found["falcon"].senses[0].gloss == "cắt"
    assert found.codes == ["no-translation"] * 7
