"""This project's own format: what is written is read back without loss."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dictsvc.errors import SourceError
from dictsvc.language.text import cleaned
from dictsvc.model import Dictionary, Entry, Example, Idiom, Sense
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


def test_without_a_header(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no header line"):
        read(_file(tmp_path, "má\tmother\n"), format_name="tsv")


_line = st.text(alphabet=st.characters(codec="utf-8", exclude_categories=("Cc", "Cf", "Cs", "Zl", "Zp")), max_size=12)
_text = _line.map(cleaned)
_word = _text.filter(bool)
_words = st.lists(_word, max_size=3).map(tuple)
_example = st.builds(Example, _word, st.none() | _word)
_sense = st.builds(
    Sense, st.none() | _word, _words, _text, st.none() | _word, st.lists(_example, max_size=2).map(tuple)
).filter(lambda sense: sense != Sense())
_senses = st.lists(_sense, max_size=3).map(tuple)
_idioms = st.lists(st.builds(Idiom, _word, _senses), max_size=3, unique_by=lambda idiom: idiom.phrase).map(tuple)
_entry = st.builds(Entry, _word, _words, st.none() | _word, _senses, _idioms, _words, _words)


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
