"""StarDict: every part, and every way in which one can be wrong."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from dictsvc.errors import SourceError
from dictsvc.sources import body_file
from tests.sources.making import read, stardict


def test_text_bodies(tmp_path: Path) -> None:
    found = read(stardict(tmp_path, [("cat", "@cat\n* danh từ\n- con mèo"), ("dog", "- con chó")]))
    assert [entry.headword for entry in found.entries] == ["cat", "dog"]
    assert found["cat"].senses[0].part_of_speech == "noun"
    assert found.problems == []
    assert (found.source.title, found.source.source_language, found.source.target_language) == (
        "Sách (en-vi)",
        "en",
        "vi",
    )
    assert found.source.expected == 2


@pytest.mark.parametrize("ending", [".ifo", ".idx", ".dict.dz"])
def test_any_of_its_files_will_do(tmp_path: Path, ending: str) -> None:
    ifo = stardict(tmp_path, [("cat", "- con mèo")], packed=True, name="my.book")
    assert read(ifo.with_name("my.book" + ending)).entry.headword == "cat"


def test_packed_index(tmp_path: Path) -> None:
    ifo = stardict(tmp_path, [("cat", "- con mèo")])
    index = ifo.with_suffix(".idx")
    index.with_name("book.idx.gz").write_bytes(gzip.compress(index.read_bytes()))
    index.unlink()
    assert read(ifo).entry.headword == "cat"


def test_html_bodies_hide_nothing_and_hold_no_tags(tmp_path: Path) -> None:
    body = "/kæt/<br>* danh từ<br>   - con mèo<br>▫ a black cat một con mèo đen<font color='white'>cat</font>"
    entry = read(stardict(tmp_path, [("cat", body)], types="h"), "en", "vi").entry
    assert entry.pronunciation == "kæt"
    assert [sense.gloss for sense in entry.senses] == ["con mèo"]
    assert entry.senses[0].examples[0].target == "một con mèo đen"


def test_words_under_headings_inside_are_entries(tmp_path: Path) -> None:
    body = "- Màn. <hr/> <h3>mủng</h3> - d. Thúng. <hr/> <h3>mừng</h3> - Vui. <font color='white'>mung</font>"
    found = read(stardict(tmp_path, [("mùng", body)], types="h"), "vi", "vi")
    assert [(entry.headword, entry.senses[0].gloss) for entry in found.entries] == [
        ("mùng", "Màn."),
        ("mủng", "Thúng."),
        ("mừng", "Vui."),
    ]


def test_other_headings_are_text(tmp_path: Path) -> None:
    entry = read(stardict(tmp_path, [("cat", "<h3>Noun</h3>- con mèo")], types="h")).entry
    assert [sense.gloss for sense in entry.senses] == ["Noun", "con mèo"]


def test_bodies_that_bring_their_types(tmp_path: Path) -> None:
    body = b"tk\xc3\xa6t\0" + "m- con mèo\0".encode() + b"W\0\0\0\x02\1\2"
    entry = read(stardict(tmp_path, [("cat", body)], types="")).entry
    assert (entry.pronunciation, entry.senses[0].gloss) == ("kæt", "con mèo")


def test_several_types_for_all(tmp_path: Path) -> None:
    entry = read(stardict(tmp_path, [("cat", "kæt\0- con mèo")], types="tm")).entry
    assert (entry.pronunciation, entry.senses[0].gloss) == ("kæt", "con mèo")


def test_synonyms_are_variants(tmp_path: Path) -> None:
    ifo = stardict(tmp_path, [("color", "- màu"), ("cat", "- mèo")], synonyms=[("colour", 0), ("color", 0)])
    assert read(ifo)["color"].variants == ("colour",)


def test_repeated_headwords_all_stay(tmp_path: Path) -> None:
    found = read(stardict(tmp_path, [("cat", "- mèo"), ("cat", "- roi"), ("cat", "- mèo")]))
    assert [entry.senses[0].gloss for entry in found.entries] == ["mèo", "roi", "mèo"]


def test_bytes_that_are_no_utf8_cost_only_themselves(tmp_path: Path) -> None:
    found = read(
        stardict(tmp_path, [("ba", b"- {\xbb\xbf- Papa}"), ("m\udce1".encode("utf-8", "surrogateescape"), "- b")])
    )
    assert found["ba"].senses[0].gloss == "- Papa"
    assert found["m"].senses[0].gloss == "b"
    assert found.codes == ["invalid-utf8", "invalid-utf8"]
    assert not any(problem.skipped for problem in found.problems)


def test_bytes_that_are_no_utf8_beside_the_bodies_cost_only_themselves(tmp_path: Path) -> None:
    ifo = stardict(tmp_path, [("cat", "- con mèo")], synonyms=[("kitty", 0)])
    ifo.write_bytes(ifo.read_bytes() + b"description=caf\xe9\n")
    synonyms = ifo.with_suffix(".syn")
    synonyms.write_bytes(synonyms.read_bytes() + b"pus\xff\0\0\0\0\0")
    assert read(ifo).entry.variants == ("kitty", "pus\ufffd")


def test_types_that_are_no_ascii_are_none(tmp_path: Path) -> None:
    assert read(stardict(tmp_path, [("cat", "- con mèo")], types="mé")).entry.headword == "cat"


def test_what_is_wrong_with_a_record_costs_that_record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(body_file, "MOST_BODY", 50)
    ifo = stardict(tmp_path, [("", ""), ("cat", "- mèo"), ("long", "x" * 51), ("lone", ""), ("end", "- cuối")])
    bodies = ifo.with_suffix(".dict")
    bodies.write_bytes(bodies.read_bytes()[:-2])
    found = read(ifo)
    assert [entry.headword for entry in found.entries] == ["cat", "lone"]
    assert found.codes == ["empty-headword", "too-long", "empty-body", "beyond-end"]


def test_an_index_cut_short(tmp_path: Path) -> None:
    ifo = stardict(tmp_path, [("cat", "- mèo"), ("dog", "- chó")])
    index = ifo.with_suffix(".idx")
    index.write_bytes(index.read_bytes()[:-3])
    found = read(ifo)
    assert found.entry.headword == "cat"
    assert found.codes == ["wrong-count"]


def test_a_word_count_that_lies(tmp_path: Path) -> None:
    found = read(stardict(tmp_path, [("cat", "- mèo")], wordcount="99999999999999999999"))
    assert found.entry.headword == "cat"
    assert found.codes == ["wrong-count"]


def test_a_pointer_past_the_end(tmp_path: Path) -> None:
    ifo = stardict(tmp_path, [("cat", "- mèo")])
    ifo.with_suffix(".idx").write_bytes(b"cat\0\xff\xff\xff\xff\xff\xff\xff\xff")
    found = read(ifo)
    assert (found.entries, found.codes) == ([], ["beyond-end"])


@pytest.mark.parametrize(
    ("missing", "sentence"),
    [(".idx", "book.idx is missing"), (".dict", "book.dict.dz is missing"), (".ifo", "no format|book.ifo is missing")],
)
def test_a_missing_part_is_named(tmp_path: Path, missing: str, sentence: str) -> None:
    ifo = stardict(tmp_path, [("cat", "- mèo")])
    ifo.with_suffix(missing).unlink()
    with pytest.raises(SourceError, match=sentence):
        read(ifo if missing != ".ifo" else ifo.with_suffix(".idx"), format_name="stardict")


def test_no_ifo(tmp_path: Path) -> None:
    ifo = stardict(tmp_path, [("cat", "- mèo")])
    ifo.write_text("something else", encoding="utf-8")
    with pytest.raises(SourceError, match="first line"):
        read(ifo)
