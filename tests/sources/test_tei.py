"""TEI dictionaries."""

from __future__ import annotations

from pathlib import Path

import pytest

from dictsvc.entry_parts import see_links
from dictsvc.model import Collocation, Entry, Example, Idiom, RegionalPronunciation, Sense
from tests.sources.making import Read, read

HEADER = """<?xml version="1.0" encoding="UTF-8"?>
<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title>
French-English FreeDict Dictionary</title></titleStmt><editionStmt><edition>0.4.1</edition></editionStmt>
<extent>1,234 headwords</extent><publicationStmt>
<availability><p>{licence}</p></availability></publicationStmt></fileDesc></teiHeader><text><body>
"""
GPL = 'under the <ref target="https://www.gnu.org/">GNU General Public License ver. 2.0 and any later version</ref>.'


def _read(folder: Path, entries: str, licence: str = GPL) -> Read:
    path = folder / "fra-eng.tei"
    path.write_text(HEADER.format(licence=licence) + entries + "</body></text></TEI>", encoding="utf-8")
    return read(path)


def test_a_whole_entry(tmp_path: Path) -> None:
    entry = """<entry><form><orth>abattis</orth><orth>abatis</orth><pron>abati</pron></form>
      <form type="infl"><orth>abattises</orth></form>
      <gramGrp><pos>n</pos><gen>masc</gen></gramGrp>
      <sense n="1"><cit type="trans"><quote>debris</quote></cit><cit type="trans"><quote>rubble</quote></cit></sense>
      <sense n="2"><usg type="dom">cul</usg><cit type="trans"><quote>giblets</quote></cit>
        <cit type="example"><quote>un abattis</quote><cit type="trans"><quote>giblets of a bird</quote></cit></cit>
        <note>in the plural</note></sense>
      <re><form><orth>faire un abattis</orth></form><sense><def>to fell trees</def></sense></re>
      <xr><ref>abattre</ref></xr></entry>"""
    found = _read(tmp_path, entry)
    assert found.entry == Entry(
        "abattis",
        ("abatis",),
        "abati",
        (
            Sense("noun", (), "debris, rubble", "masc"),
            Sense("noun", ("cul",), "giblets", "in the plural", (Example("un abattis", "giblets of a bird"),)),
        ),
        (Idiom("faire un abattis", (Sense(gloss="to fell trees"),)),),
        ("abattises",),
        links=see_links(["abattre"]),
    )


def test_the_header(tmp_path: Path) -> None:
    source = _read(tmp_path, "<entry><form><orth>a</orth></form><sense><def>b</def></sense></entry>").source
    assert (source.title, source.version, source.expected) == ("French-English FreeDict Dictionary", "0.4.1", 1234)
    assert (source.source_language, source.target_language, source.licence) == ("fr", "en", "GPL-2.0-or-later")


@pytest.mark.parametrize(
    ("text", "licence"),
    [
        ("Creative Commons Attribution-ShareAlike 3.0 Unported", "CC-BY-SA-3.0"),
        ("CC BY-SA 4.0", "CC-BY-SA-4.0"),
        ("GNU General Public License, version 3", "GPL-3.0"),
        ("ask the author", "ask the author"),
    ],
)
def test_licences(tmp_path: Path, text: str, licence: str) -> None:
    assert _read(tmp_path, "<entry><form><orth>a</orth></form></entry>", text).source.licence == licence


def test_nested_senses_and_bare_translations(tmp_path: Path) -> None:
    entries = (
        "<entry><form><orth>a</orth></form><sense><sense><def>b</def></sense><sense><def>c</def></sense></sense></entry>"
        "<entry><form><orth>d</orth></form><cit type='trans'><quote>e</quote></cit></entry>"
        "<entry><form><orth>f</orth></form><trans><tr>g</tr></trans></entry>"
        "<entry><form><orth>h</orth></form><hom><gramGrp><pos>v</pos></gramGrp><sense><def>i</def></sense></hom></entry>"
    )
    found = _read(tmp_path, entries)
    assert [[(s.part_of_speech, s.gloss) for s in e.senses] for e in found.entries] == [
        [(None, "b"), (None, "c")],
        [(None, "e")],
        [(None, "g")],
        [("verb", "i")],
    ]


def test_references_collocations_and_etymology(tmp_path: Path) -> None:
    entry = """<entry><form><orth>effort</orth><pron xml:lang="en-GB">ˈɛfət</pron><pron>x</pron>
      <pron xml:lang="en-US">ˈɛfɚt</pron></form>
      <gramGrp><pos>n</pos><colloc>make an effort</colloc><colloc>to</colloc></gramGrp>
      <etym>from <lang>Old French</lang> esfors</etym>
      <sense><xr type="syn"><ref>attempt</ref><ref>try</ref></xr><def>trial</def></sense>
      <re><form><orth>in an effort</orth></form><def>trying</def></re>
      <sense><def>work</def></sense>
      <xr type="ant"><lbl>opposite</lbl><ref>ease</ref></xr><xr type="cf"><ref>force</ref></xr></entry>"""
    assert _read(tmp_path, entry).entry == Entry(
        "effort",
        pronunciation="ˈɛfət",
        senses=(
            Sense(
                "noun", (), "trial", "to", collocations=(Collocation("make an effort"),), synonyms=("attempt", "try")
            ),
            Sense("noun", gloss="work", antonyms=("ease",)),
        ),
        idioms=(Idiom("in an effort", (Sense(gloss="trying"),)),),
        regional_pronunciations=(RegionalPronunciation("US", "ˈɛfɚt"),),
        etymology="from Old French esfors",
        links=see_links(["force"]),
    )


def test_homonyms(tmp_path: Path) -> None:
    entries = (
        '<superEntry><entry type="hom" n="2"><form><orth>má</orth></form><def>a</def></entry></superEntry>'
        '<entry n="7"><form><orth>mạ</orth></form><def>b</def></entry>'
    )
    assert [(e.headword, e.homonym) for e in _read(tmp_path, entries).entries] == [("má", 2), ("mạ", 0)]


def test_faults_cost_their_entry(tmp_path: Path) -> None:
    entries = (
        "<entry><form><orth>a</orth></form><sense><def>b</sense></entry>"
        "<entry><form><pron>x</pron></form><sense><def>y</def></sense></entry>"
        "<entry><form><orth>lone</orth></form></entry>"
        "<entry><form><orth>c</orth></form><sense><def>R & D</def></sense></entry>"
    )
    found = _read(tmp_path, entries)
    assert [(e.headword, [s.gloss for s in e.senses]) for e in found.entries] == [
        ("a", ["b"]),
        ("lone", []),
        ("c", ["R & D"]),
    ]
    assert found.codes == ["malformed-xml", "empty-headword", "empty-body"]
