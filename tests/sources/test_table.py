"""CSV with a header."""

from __future__ import annotations

from pathlib import Path

import pytest

from dictsvc.errors import SourceError
from dictsvc.model import Collocation, Entry, Example, Link, Sense
from tests.sources.making import read


def _file(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "book.csv"
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";"])
def test_columns_by_their_names(tmp_path: Path, encoding: str, delimiter: str) -> None:
    rows = [
        ["Word", "Part of speech", "Definition", "Example", "Example translation", "IPA", "Synonyms"],
        ["cat", "n", '"(động vật) mèo, mi"', "a cat", "một con mèo", "/kæt/", "puss"],
    ]
    path = _file(tmp_path, "\r\n".join(delimiter.join(row) for row in rows), encoding)
    assert read(path, "en", "vi").entry == Entry(
        "cat",
        pronunciation="kæt",
        senses=(Sense("noun", ("động vật",), "mèo, mi", None, (Example("a cat", "một con mèo"),), synonyms=("puss",)),),
    )


def test_vietnamese_names_of_columns(tmp_path: Path) -> None:
    entry = read(_file(tmp_path, "Từ,Loại từ,Nghĩa\ncat,danh từ,mèo\n"), "en", "vi").entry
    assert entry == Entry("cat", senses=(Sense("noun", gloss="mèo"),))


@pytest.mark.parametrize(
    "header",
    [
        "word,gloss,synonyms,antonyms,collocations,etymology,former,current,see also",
        "từ,nghĩa,Đồng nghĩa,trái nghĩa,kết hợp từ,từ nguyên,tên cũ,tên mới,xem thêm",
        "từ,nghĩa,từ đồng nghĩa,từ trái nghĩa,Kết hợp,gốc từ,trước là,nay là,xem thêm",
    ],
)
def test_what_words_are_to_each_other(tmp_path: Path, header: str) -> None:
    row = "effort,nỗ lực,try; attempt,ease | effort,make an effort = cố gắng | no effort,esfors,toil = cổ | ,work,x"
    assert read(_file(tmp_path, f"{header}\n{row}\n"), "en", "vi").entry == Entry(
        "effort",
        senses=(
            Sense(
                gloss="nỗ lực",
                collocations=(Collocation("make an effort", "cố gắng"), Collocation("no effort")),
                synonyms=("try", "attempt"),
                antonyms=("ease",),
            ),
        ),
        etymology="esfors",
        links=(Link("see", "x"), Link("former", "toil", "cổ"), Link("current", "work")),
    )


def test_homonyms(tmp_path: Path) -> None:
    found = read(_file(tmp_path, "từ,nghĩa,số đồng âm\nđường,road,1\nđường,way,\nđường,sugar,2\nma,ghost,x\n"))
    assert [(e.headword, e.homonym, len(e.senses)) for e in found.entries] == [
        ("đường", 1, 2),
        ("đường", 2, 1),
        ("ma", 0, 1),
    ]
    assert [(p.code, p.location) for p in found.problems] == [("malformed-cell", "line 5 (ma)")]


def test_rows_of_one_headword_are_one_entry(tmp_path: Path) -> None:
    found = read(_file(tmp_path, "word,gloss,ipa\ncat,mèo,\ncat,roi,\n,cầu,\nlead,chì,led\nlead,dẫn,lid\ncat,x,\n"))
    assert [(e.headword, [s.gloss for s in e.senses]) for e in found.entries] == [
        ("cat", ["mèo", "roi", "cầu"]),
        ("lead", ["chì"]),
        ("lead", ["dẫn"]),
        ("cat", ["x"]),
    ]


def test_quoted_line_breaks_and_html(tmp_path: Path) -> None:
    entry = read(_file(tmp_path, 'word,gloss\ncat,"mèo<br>mi\nmiu"\n')).entry
    assert entry.senses[0].gloss == "mèo; mi; miu"


def test_faults(tmp_path: Path) -> None:
    data = "word,gloss\n,nobody\ncat,mèo,extra\nlone,\nb\udcffa,bà\n".encode("utf-8", "surrogateescape")
    path = tmp_path / "book.csv"
    path.write_bytes(data)
    found = read(path)
    assert [entry.headword for entry in found.entries] == ["lone", "ba"]
    assert [(p.code, p.location) for p in found.problems] == [
        ("empty-headword", "line 2"),
        ("too-many-cells", "line 3"),
        ("empty-body", "line 4 (lone)"),
        ("invalid-utf8", "line 5"),
    ]


def test_a_quote_that_never_closes_costs_bounded_text(tmp_path: Path) -> None:
    rows = "".join(f"word{number},gloss {number}\n" for number in range(20_000))
    found = read(_file(tmp_path, 'word,gloss\ncat,"mèo\n' + rows))
    assert "unreadable-row" in found.codes
    assert len(found.entries) > 10_000


def test_without_a_header(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="names a headword and a gloss"):
        read(_file(tmp_path, "cat,mèo\n"), format_name="csv")
