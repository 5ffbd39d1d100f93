"""The Russian–Vietnamese markup, and its stress marks."""

from __future__ import annotations

import pytest

from dictsvc.entry_parts import see_links
from dictsvc.model import Entry, Example, Sense
from dictsvc.sources.markup.russian import is_russian_markup, parse_russian

A = "\u0301"


def _read(text: str, headword: str = "буйный") -> Entry:
    return parse_russian(headword, text.split("\n"))


def test_a_whole_entry() -> None:
    entry = _read(
        f"° б{A}уйн|ый  прил.\n- (необузданный)  mãnh liệt;  (удалой)  ngang tàng\n= ~ое жел{A}ание  [sự] mong muốn\n"
        f"- перен. (быстрый)  rậm\n= ~ рост  [sự] mọc  nhanh\n- см.  сл{A}ово"
    )
    assert entry == Entry(
        "буйный",
        pronunciation=f"бу{A}йный",
        senses=(
            Sense("adjective", ("необузданный",), "mãnh liệt"),
            Sense("adjective", ("удалой",), "ngang tàng", None, (Example(f"бу{A}йное жела{A}ние", "[sự] mong muốn"),)),
            Sense("adjective", ("перен.", "быстрый"), "rậm", None, (Example(f"бу{A}йный рост", "[sự] mọc nhanh"),)),
        ),
        links=see_links(("слово",)),
    )


@pytest.mark.parametrize(
    ("written", "further", "shown"),
    [
        (f"герк{A}улес", "", f"герку{A}лес"),
        (f"{A}акция", "", f"а{A}кция"),
        (f"благ|{A}ой", "", f"благо{A}й"),
        (f"торжест{A}в|{A}о", f"= ~ нар{A}ода  lễ", f"торжество{A}"),
        (f"бу{A}йный", "", f"бу{A}йный"),
    ],
)
def test_stress_stands_on_its_vowel(written: str, further: str, shown: str) -> None:
    assert _read(f"° {written}  м.\n- x\n{further}").pronunciation == shown


def test_a_stressed_ending_takes_the_stress() -> None:
    entry = _read(f"° торжест{A}в|{A}о  с.\n- lễ\n= ~{A}а нар{A}ода  lễ của dân", "торжество")
    assert entry.senses[0].examples == (Example(f"торжества{A} наро{A}да", "lễ của dân"),)


def test_homographs_and_grammar() -> None:
    entry = _read("° то II  союз\n- thì\n° то III  частица\n- này\n° дом  м.  1a\n- nhà", "то")
    assert [(s.part_of_speech, s.gloss, s.note) for s in entry.senses] == [
        ("conjunction", "thì", None),
        ("particle", "này", None),
        ("noun", "nhà", "м., 1a"),
    ]


def test_a_repeated_body_is_kept_once() -> None:
    entry = _read("° дом  м.\n- nhà\n\n@дом\n° дом  м.\n- nhà", "дом")
    assert [sense.gloss for sense in entry.senses] == ["nhà"]


def test_recognised_by_its_mark() -> None:
    assert is_russian_markup(["", "° дом  м."])
    assert not is_russian_markup(["- дом"])
