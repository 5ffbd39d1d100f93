"""Parts of speech and labels as dictionaries write them."""

from __future__ import annotations

import pytest

from dictsvc.sources.markup.grammar import PARTS_OF_SPEECH, leading_labels, part_of_speech


@pytest.mark.parametrize(
    ("written", "name", "detail"),
    [
        ("danh từ", "noun", ""),
        ("Danh từ.", "noun", ""),
        ("danh từ giống đực (không đổi)", "noun", "giống đực (không đổi)"),
        ("ngoại động từ", "verb", "ngoại động từ"),
        ("(bất qui tắc) động từ began", "verb", "bất qui tắc, began"),
        ("(bất qui tắc) danh từ,  số nhiều bacilli", "noun", "bất qui tắc, số nhiều bacilli"),
        ("(viết tắt)", "abbreviation", ""),
        ("n", "noun", ""),
        ("adj", "adjective", ""),
        ("vt", "verb", ""),
        ("n.", "noun", ""),
        ("м.  1a", "noun", "м., 1a"),
        ("прил.", "adjective", ""),
        ("proverb", "phrase", ""),
    ],
)
def test_part_of_speech(written: str, name: str, detail: str) -> None:
    assert part_of_speech(written) == (name, detail)
    assert name in PARTS_OF_SPEECH


@pytest.mark.parametrize("text", ["mathématiques", "a dictionary", "of people", "tại chức", ""])
def test_what_names_none_stays(text: str) -> None:
    assert part_of_speech(text) == (text, "")


@pytest.mark.parametrize(
    ("gloss", "labels", "rest"),
    [
        ("(y học) sự tiêu độc", ("y học",), "sự tiêu độc"),
        ("(từ Mỹ,nghĩa Mỹ) thang máy", ("từ Mỹ,nghĩa Mỹ",), "thang máy"),
        ("(thông tục) (nghĩa bóng) đồ bỏ", ("thông tục", "nghĩa bóng"), "đồ bỏ"),
        ("<thgt> nói nhảm", ("thgt",), "nói nhảm"),
        ("(arch.) servante", ("arch.",), "servante"),
        ("(Bot) willow", ("Bot",), "willow"),
        ("(+ with) đồng ý", ("+ with",), "đồng ý"),
        ("(of child) naughty", ("of child",), "naughty"),
        ("{regret} lamentar", ("regret",), "lamentar"),
        ("{ampersand} , ký hiệu &", ("ampersand",), "ký hiệu &"),
    ],
)
def test_labels(gloss: str, labels: tuple[str, ...], rest: str) -> None:
    assert leading_labels(gloss) == (labels, rest)


@pytest.mark.parametrize(
    "gloss", ["(con) mèo", "(thuộc) sự thi hành", "(in a way) so to speak", "{a", "()", "(xem) lark"]
)
def test_brackets_of_the_meaning_stay(gloss: str) -> None:
    assert leading_labels(gloss) == ((), gloss)


def test_a_pivot_alone_is_the_gloss() -> None:
    assert leading_labels("{overall project}") == ((), "overall project")
