"""Vietnamese explained in Vietnamese."""

from __future__ import annotations

import pytest

from dictsvc.entry_parts import see_links
from dictsvc.sources.markup.monolingual import parse_monolingual


@pytest.mark.parametrize(
    ("line", "senses"),
    [
        ("- Nguội lắm: cơm nguội.", [(None, (), "Nguội lắm: cơm nguội.")]),
        ("- d. Thúng nhỏ.", [("noun", (), "Thúng nhỏ.")]),
        ("- 2 đg. Sấn vào.", [("verb", (), "Sấn vào.")]),
        ("- dt Người lính.", [("noun", (), "Người lính.")]),
        ("- d. 1. Thúng nhỏ. 2. Thuyền nan.", [("noun", (), "Thúng nhỏ."), ("noun", (), "Thuyền nan.")]),
        ("- I d. 1 Cái này. 2 Cái kia.", [("noun", (), "Cái này."), ("noun", (), "Cái kia.")]),
        ("- (toán) d. Tập hợp.", [("noun", ("toán",), "Tập hợp.")]),
        ("- d. 1. Một. 3. Ba.", [("noun", (), "1. Một. 3. Ba.")]),
        ("- t. Đẹp.\n- đg. Làm đẹp.", [("adjective", (), "Đẹp."), ("verb", (), "Làm đẹp.")]),
        ("- di cư đến nơi khác", [(None, (), "di cư đến nơi khác")]),
    ],
)
def test_senses(line: str, senses: list[tuple[str | None, tuple[str, ...], str]]) -> None:
    entry = parse_monolingual("từ", line.split("\n"))
    assert [(s.part_of_speech, s.labels, s.gloss) for s in entry.senses] == senses


def test_references() -> None:
    entry = parse_monolingual("lẩn quẩn", ["- x. luẩn quẩn."])
    assert (entry.links, entry.senses) == (see_links(["luẩn quẩn"]), ())
