"""The markup of the Free Vietnamese Dictionary Project."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dictsvc.entry_parts import see_links
from dictsvc.model import Entry, Example, Idiom, Sense
from dictsvc.sources.markup.fvdp import parse_body, unflattened
from dictsvc.sources.source import Languages
from tests.sources.making import read


def _body(text: str, headword: str = "từ", source: str = "vi", target: str = "en") -> Entry:
    return parse_body(headword, text.split("\n"), Languages(source, target))


def test_a_whole_entry() -> None:
    entry = _body(
        "@má /ma/\n* noun\n- mother\n=má tôi+my mother\n- (y học) cheek\n"
        "* verb\n- to cheek\n!má hồng\n- rosy cheeks\n# mẹ",
        "má",
    )
    assert entry == Entry(
        "má",
        pronunciation="ma",
        senses=(
            Sense("noun", (), "mother", None, (Example("má tôi", "my mother"),)),
            Sense("noun", ("y học",), "cheek"),
            Sense("verb", (), "to cheek"),
        ),
        idioms=(Idiom("má hồng", (Sense(gloss="rosy cheeks"),)),),
        links=see_links(("mẹ",)),
    )


@pytest.mark.parametrize(
    ("body", "sense"),
    [
        ("- mother", Sense(gloss="mother")),
        ("no mark at all", Sense(gloss="no mark at all")),
        ("+ what economists say", Sense(gloss="what economists say")),
        ("* danh từ giống đực\n- mèo", Sense("noun", gloss="mèo", note="giống đực")),
        ("* ngoại động từ\n- ăn", Sense("verb", gloss="ăn", note="ngoại động từ")),
        ("* tính từ hoang dại", Sense("adjective", gloss="hoang dại")),
        ("* of uncertain kind", Sense(gloss="of uncertain kind")),
        ("- {spectroscope} kính quang phổ", Sense(None, ("spectroscope",), "kính quang phổ")),
        ("- {a} một\n- hai", Sense(None, ("a",), "một, hai")),
        ("- tự_do", Sense(gloss="tự do")),
        ("=lauwarm werden {to tepefy}+", Sense(examples=(Example("lauwarm werden", "to tepefy"),))),
        ("- a\n- a", Sense(gloss="a")),
        ("- sang trọng\n# Phản nghĩa\n=hèn", Sense(gloss="sang trọng", note="Phản nghĩa: hèn")),
    ],
)
def test_one_sense(body: str, sense: Sense) -> None:
    assert _body(body).senses == (sense,)


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("* xem endorse", ("endorse",)),
        ("- xem endorse", ("endorse",)),
        ("- xem\ntại chức", ("tại chức",)),
        ("# a; b", ("a", "b")),
        ("* thành ngữ board", ("board",)),
    ],
)
def test_references(body: str, words: tuple[str, ...]) -> None:
    entry = _body(body)
    assert (entry.links, entry.senses) == (see_links(words), ())


def test_a_heading_over_idioms_is_no_sense() -> None:
    entry = _body("* thành ngữ board\n• above board\n- thẳng thắn", "board")
    assert entry == Entry("board", idioms=(Idiom("above board", (Sense(gloss="thẳng thắn"),)),))


@pytest.mark.parametrize(
    ("body", "forms"),
    [
        ("* (bất qui tắc) động từ began; begun\n- bắt đầu", ("began", "begun")),
        ("* (bất qui tắc) danh từ,  số nhiều bacilli\n- khuẩn", ("bacilli",)),
        ("* danh từ (không đổi)\n- a", ()),
    ],
)
def test_forms(body: str, forms: tuple[str, ...]) -> None:
    assert _body(body, "x", "en", "vi").forms == forms


def test_german_heads() -> None:
    article = _body("@das Spektroskop\n- {spectroscope} kính quang phổ", "Spektroskop", "de", "vi")
    assert article.senses == (Sense("noun", ("spectroscope",), "kính quang phổ", "das"),)
    forms = _body("@schließen (schloß,geschlossen)\n- {to close} đóng", "schließen", "de", "vi")
    assert forms.forms == ("schloß", "geschlossen")
    phrase = _body("@empört sein\n- {to boil}", "empört", "de", "vi")
    assert phrase.variants == ("empört sein",)


def test_pivots_in_square_brackets_only_where_they_are_pivots() -> None:
    assert _body("- [Opium] Opium", "a phiến", "vi", "de").senses == (Sense(None, ("Opium",), "Opium"),)
    assert _body("- [sự] rơi", "падение", "ru", "vi").senses == (Sense(gloss="[sự] rơi"),)


def test_an_example_without_a_separator_is_split_where_that_is_certain() -> None:
    body = "- đất\n▫ to break the ice with a joke phá tan không khí ngượng ngập bằng một câu đùa\n▫ xyz"
    (sense,) = _body(body, "ice", "en", "vi").senses
    assert sense.examples == (
        Example("to break the ice with a joke", "phá tan không khí ngượng ngập bằng một câu đùa"),
        Example("xyz"),
    )


@pytest.mark.parametrize(
    ("flat", "lines"),
    [
        ("-servante", ["-servante"]),
        ("- a - b", ["- a - b"]),
        ("-servante =A dua +suivre -autre", ["-servante", "=A dua +suivre", "-autre"]),
        ("-froid (-5 degrés) -neige", ["-froid (-5 degrés)", "-neige"]),
    ],
)
def test_lines_found_again(flat: str, lines: list[str]) -> None:
    assert unflattened(flat) == lines


@given(st.text(max_size=120))
def test_any_body_is_taken(text: str) -> None:
    entry = parse_body("từ", text.split("\n"))
    for sense in entry.senses:
        assert sense.gloss or sense.examples or sense.note


FILE = """\ufeff@00-database-info
- This is a test, under the GNU General Public License, version 2, or (at your option) any later version.

@00-database-short
- Test Vietnamese-English

@má /ma/
* noun
- mother

@
- lost

@má
- cheek

@lẻ loi
"""


def test_a_file(tmp_path: Path) -> None:
    path = tmp_path / "vietanh.txt"
    path.write_text("stray\n" + FILE.lstrip("\ufeff"), encoding="utf-8")
    found = read(path, "vi", "en", format_name="fvdp")
    assert [entry.headword for entry in found.entries] == ["má", "má", "lẻ loi"]
    assert found.codes == ["outside-entry", "empty-headword", "empty-body"]
    assert found.problems[1].location == "line 12"
    assert found.about["licence"] == "GPL-2.0-or-later"
    assert found.about["title"] == "Test Vietnamese-English"


def test_a_byte_order_mark_before_the_first_headword(tmp_path: Path) -> None:
    path = tmp_path / "vietanh.txt"
    path.write_text(FILE, encoding="utf-8")
    found = read(path, "vi", "en")
    assert found.about["title"] == "Test Vietnamese-English"
    assert found.codes == ["empty-headword", "empty-body"]
