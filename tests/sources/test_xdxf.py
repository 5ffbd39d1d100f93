"""XDXF, visual and logical."""

from __future__ import annotations

from pathlib import Path

from dictsvc.entry_parts import see_links
from dictsvc.model import Entry, Example, Sense
from tests.sources.making import Read, read

HEADER = """<?xml version="1.0" encoding="UTF-8" ?>
<!DOCTYPE xdxf SYSTEM "http://xdxf.sourceforge.net/xdxf_lousy.dtd">
<xdxf lang_from="VIE" lang_to="GER" format="visual">
<full_name>Vietnamese-German</full_name><description>GPL-2.0-or-later, somebody</description>
"""


def _read(folder: Path, articles: str) -> Read:
    path = folder / "book.xdxf"
    path.write_text(HEADER + articles + "</xdxf>", encoding="utf-8")
    return read(path)


def test_the_header(tmp_path: Path) -> None:
    source = _read(tmp_path, "<ar><k>a</k>b</ar>").source
    assert (source.title, source.source_language, source.target_language, source.licence) == (
        "Vietnamese-German",
        "vi",
        "de",
        "GPL-2.0-or-later",
    )


def test_visual_articles(tmp_path: Path) -> None:
    articles = (
        "<ar><k>ai</k><k>ài</k>\n- [Who] das, wer?\n- [whom] wen</ar>"
        "<ar><k>má</k> <tr>ma</tr> <pos>n</pos> <dtrn>Mutter</dtrn>"
        " <ex>má tôi+meine Mutter</ex> s. <kref>mẹ</kref></ar>"
    )
    found = _read(tmp_path, articles)
    assert found["ai"] == Entry(
        "ai", ("ài",), None, (Sense(None, ("Who",), "das, wer?"), Sense(None, ("whom",), "wen"))
    )
    assert found["má"].pronunciation == "ma"
    assert found["má"].senses[0] == Sense("noun", gloss="Mutter", examples=(Example("má tôi", "meine Mutter"),))


def test_logical_articles(tmp_path: Path) -> None:
    article = (
        "<ar><k>má</k><def><gr>n</gr><tr>ma</tr><def><categ>Med.</categ><deftext>Mutter"
        "<ex><ex_orig>má tôi</ex_orig><ex_tran>meine Mutter</ex_tran></ex></deftext></def>"
        "<def><deftext>Wange</deftext><sr><kref>mặt</kref></sr></def></def></ar>"
    )
    assert _read(tmp_path, article).entry == Entry(
        "má",
        pronunciation="ma",
        senses=(
            Sense("noun", ("Med.",), "Mutter", None, (Example("má tôi", "meine Mutter"),)),
            Sense("noun", gloss="Wange"),
        ),
        links=see_links(("mặt",)),
    )


def test_relations_and_etymology(tmp_path: Path) -> None:
    article = (
        "<ar><k>má</k><def><etm>từ <i>mạ</i></etm><deftext>Mutter<etm>x</etm></deftext>"
        '<sr><kref type="syn">mẹ</kref>, <kref type="syn">u</kref><kref type="ant">bố</kref>'
        '<kref type="rel">cha</kref><kref>con</kref></sr></def>'
        '<def><deftext>Wange</deftext><sr><i><kref type="syn">gò má</kref></i></sr></def></ar>'
    )
    assert _read(tmp_path, article).entry == Entry(
        "má",
        senses=(
            Sense(gloss="Mutter", synonyms=("mẹ", "u"), antonyms=("bố",)),
            Sense(gloss="Wange", synonyms=("gò má",)),
        ),
        etymology="từ mạ",
        links=see_links(("cha", "con")),
    )


def test_faults_cost_their_article(tmp_path: Path) -> None:
    found = _read(tmp_path, "<ar><k>a</k><b>x</ar><ar>no key</ar><ar><k>c</k></ar><ar><k>d</k>R & D</ar>")
    assert [(e.headword, [s.gloss for s in e.senses]) for e in found.entries] == [
        ("a", ["x"]),
        ("c", []),
        ("d", ["R & D"]),
    ]
    assert found.codes == ["malformed-xml", "empty-headword", "empty-body"]
