"""This project's own format: what is written is read back without loss."""

from __future__ import annotations

from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dictsvc.entry_parts import references_of
from dictsvc.errors import SourceError
from dictsvc.language.text import cleaned
from dictsvc.model import (
    Collocation,
    Dictionary,
    Entry,
    Example,
    Idiom,
    Link,
    LinkKind,
    RegionalPronunciation,
    Sense,
)
from dictsvc.sources.readers.tsv import COLUMNS, tsv_lines
from tests.sources.making import read


def _file(folder: Path, text: str) -> Path:
    path = folder / "book.tsv"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_file(tmp_path: Path) -> None:
    path = _file(
        tmp_path,
        "# title: Việt–Anh\n# source_language: vi\n# target_language: en\n"
        "headword\tpart_of_speech\tgloss\texamples\tvariants\n"
        "má\tnoun\tmother\tmá tôi = my mother | thưa má\tmạ | u\n"
        "\tnoun\tcheek\n"
        "\n"
        "a \\= b\t\tan equation\n",
    )
    found = read(path)
    assert (found.source.title, found.source.source_language) == ("Việt–Anh", "vi")
    assert found["má"].variants == ("mạ", "u")
    assert [s.gloss for s in found["má"].senses] == ["mother", "cheek"]
    assert found["má"].senses[0].examples == (Example("má tôi", "my mother"), Example("thưa má"))
    assert found["a = b"].senses[0].gloss == "an equation"


def test_faults(tmp_path: Path) -> None:
    found = read(_file(tmp_path, "headword\tgloss\n\tnobody's\nmá\tmother\tx\tmore\nbà\tdame\n"))
    assert found.codes == ["empty-headword", "too-many-cells"]
    assert [p.location for p in found.problems] == ["line 2", "line 3"]
    assert found.entry.headword == "bà"


_NEW_COLUMNS = (
    "headword\tpronunciation\tgloss\tsee_also\thomonym\tcollocations\tsynonyms\tantonyms\tetymology\tformer\tcurrent\n"
)


def test_what_an_entry_can_say(tmp_path: Path) -> None:
    found = read(
        _file(
            tmp_path,
            _NEW_COLUMNS
            + "record\tˈrekɔːd | US ˈrekərd\tbản ghi\ttape\t1\tkeep a record = ghi chép | world record\tnote"
            "\t\tLatin\tOld Record = đến 2025\t\n\trɪˈkɔːd\tghi âm\n",
        )
    )
    assert found.problems == []
    assert found.entry == Entry(
        "record",
        pronunciation="ˈrekɔːd",
        regional_pronunciations=(RegionalPronunciation("US", "ˈrekərd"),),
        senses=(
            Sense(
                gloss="bản ghi",
                collocations=(Collocation("keep a record", "ghi chép"), Collocation("world record")),
                synonyms=("note",),
            ),
            Sense(gloss="ghi âm", pronunciation="rɪˈkɔːd"),
        ),
        etymology="Latin",
        homonym=1,
        links=(Link("see", "tape"), Link("former", "Old Record", "đến 2025")),
    )


@pytest.mark.parametrize(
    ("cells", "detail"),
    [
        ("a\tə | ei\tg", "regional_pronunciations: 'ei' does not begin with a region in capitals"),
        ("a\t\tg\t\tfirst", "homonym: 'first' is no number of at most 3 digits"),
        ("a\t\tg\t\t9999", "homonym: '9999' is no number of at most 3 digits"),
        ("a\t\tg\t\t\t= x", "collocations: nothing before the = of '= x'"),
        ("a\t\tg\t\t\t\ta | b", "'a' is the headword itself"),
        ("a\t\tg\ta", "'a' is the headword itself"),
        ("a\t\tg\t\t\t\t\t\t\t = 2025", "former: nothing before the = of '= 2025'"),
    ],
)
def test_a_malformed_cell_costs_that_cell(tmp_path: Path, cells: str, detail: str) -> None:
    found = read(_file(tmp_path, _NEW_COLUMNS + cells + "\n"))
    assert [(p.location, p.code, p.detail, p.skipped) for p in found.problems] == [
        ("line 2 (a)", "malformed-cell", detail, False)
    ]
    assert found.entry.senses[0].gloss == "g"


def test_without_a_header(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no header line"):
        read(_file(tmp_path, "má\tmother\n"), format_name="tsv")


_line = st.text(alphabet=st.characters(codec="utf-8", exclude_categories=("Cc", "Cf", "Cs", "Zl", "Zp")), max_size=12)
_text = _line.map(cleaned)
_word = _text.filter(bool)
_words = st.lists(_word, max_size=3).map(tuple)
_or_none = st.none() | _word


def _lists(items: st.SearchStrategy[Any], most: int = 2) -> st.SearchStrategy[Any]:
    return st.lists(items, max_size=most).map(tuple)


_sense = st.builds(
    Sense,
    part_of_speech=_or_none,
    labels=_words,
    gloss=_text,
    note=_or_none,
    examples=_lists(st.builds(Example, _word, _or_none)),
    pronunciation=_or_none,
    collocations=_lists(st.builds(Collocation, _word, _or_none)),
    synonyms=_words,
    antonyms=_words,
).filter(lambda sense: sense != Sense())
_senses = _lists(_sense, 3)
_idioms = st.lists(st.builds(Idiom, _word, _senses), max_size=3, unique_by=lambda idiom: idiom.phrase).map(tuple)
_entry = st.builds(
    Entry,
    headword=_word,
    variants=_words,
    pronunciation=_or_none,
    senses=_senses,
    idioms=_idioms,
    forms=_words,
    regional_pronunciations=_lists(st.builds(RegionalPronunciation, st.sampled_from(["US", "AU"]), _word)),
    etymology=_or_none,
    homonym=st.integers(0, 9),
    links=st.tuples(*(_lists(st.builds(Link, st.just(kind), _word, _or_none)) for kind in get_args(LinkKind))).map(
        lambda groups: tuple(link for group in groups for link in group)
    ),
).filter(lambda entry: entry.headword not in references_of(entry))


@given(st.lists(_entry, max_size=4), _text)
def test_nothing_is_lost(tmp_path_factory: pytest.TempPathFactory, entries: list[Entry], title: str) -> None:
    dictionary = Dictionary(id="x", title=title, source_language="vi", target_language="en")
    path = tmp_path_factory.mktemp("tsv") / "book.tsv"
    path.write_text("\n".join(tsv_lines(dictionary, entries)) + "\n", encoding="utf-8")
    found = read(path, format_name="tsv")
    assert found.entries == entries
    assert found.problems == []
    assert found.source.title == title


@pytest.mark.parametrize("text", ["a | b", "a = b", "\\", "a\\", "| ", "#x", "a\tb", "= ", " \\t", "x \\| y"])
def test_special_characters(tmp_path: Path, text: str) -> None:
    entry = Entry(
        "#" + cleaned(text), (cleaned(text),), None, (Sense(None, (cleaned(text),), text, None, (Example("a", "b"),)),)
    )
    dictionary = Dictionary(id="x", title="x", source_language="vi", target_language="en")
    path = _file(tmp_path, "\n".join(tsv_lines(dictionary, [entry])))
    found = read(path, format_name="tsv").entry
    assert found.headword == entry.headword
    assert found.variants == entry.variants
    assert found.senses[0].gloss == text.strip()
    assert found.senses[0].labels == (cleaned(text),)


def test_every_column_is_known() -> None:
    assert len(set(COLUMNS)) == len(COLUMNS)
