"""Tab files."""

from __future__ import annotations

from pathlib import Path

from dictsvc.model import Example
from tests.sources.making import read


def _file(folder: Path, *lines: str) -> Path:
    path = folder / "book.tab"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_lines(tmp_path: Path) -> None:
    path = _file(tmp_path, "má\t-mère =má tôi +ma mère -joue", "tự do\t-liberté =tự_do báo_chí +liberté de presse")
    found = read(path, "vi", "fr")
    assert [sense.gloss for sense in found["má"].senses] == ["mère", "joue"]
    assert found["tự do"].senses[0].examples == (Example("tự do báo chí", "liberté de presse"),)


def test_written_line_breaks_spellings_and_html(tmp_path: Path) -> None:
    found = read(_file(tmp_path, r"colour|color	* danh từ\n- màu\n- <b>sắc</b>"), "en", "vi")
    assert found.entry.headword == "colour"
    assert found.entry.variants == ("color",)
    assert [(s.part_of_speech, s.gloss) for s in found.entry.senses] == [("noun", "màu"), ("noun", "sắc")]


def test_what_is_wrong_with_a_line_costs_that_line(tmp_path: Path) -> None:
    found = read(_file(tmp_path, "má\t-mère", "no tab here", "\t-body", "lone\t", "", "bà\t-dame"), "vi", "fr")
    assert [entry.headword for entry in found.entries] == ["má", "lone", "bà"]
    assert [(p.location, p.code) for p in found.problems] == [
        ("line 2", "no-tab"),
        ("line 3", "empty-headword"),
        ("line 4 (lone)", "empty-body"),
    ]
