"""An entry as a page shows it: grouped, the long parts folded away, every link where it should lead."""

from __future__ import annotations

from typing import Any

import pytest

from dictsvc.entry_parts import see_links
from dictsvc.match_kinds import MatchKind
from dictsvc.model import Dictionary, Example, Hit, Idiom, Link, Match, Sense
from dictsvc.web.html.entry_view import EntryView, entry_view
from dictsvc.web.html.urls import UrlBuilder

REFERENCES = {("en", "jog"): frozenset({"en-vi"}), ("en", "a & b"): frozenset({"en-vi"})}
_EN_VI = Dictionary(id="en-vi", title="Anh–Việt", source_language="en", target_language="vi")


def shown(*senses: Sense, query: str = "run", kind: MatchKind = MatchKind.EXACT, **more: Any) -> EntryView:
    """The view of an entry `run` with these senses."""
    fields: dict[str, Any] = {"pronunciation": None, "idioms": (), "variants": (), "links": (), "see_also": ()} | more
    fields |= {"regional_pronunciations": (), "etymology": None, "homonym": 0}
    match = Match(kind, "run", 0, 1.0)
    hit = Hit(id="0a1b", headword="run", dictionary="en-vi", match=match, senses=senses, **fields)
    return entry_view(hit, _EN_VI, UrlBuilder("https://x", "vi"), query=query, report_to="", references=REFERENCES)


@pytest.mark.parametrize(("count", "open_", "folded"), [(1, 1, 0), (8, 8, 0), (9, 9, 0), (10, 8, 2), (36, 8, 28)])
def test_many_senses_are_folded_away(count: int, open_: int, folded: int) -> None:
    (group,) = shown(*(Sense("verb", gloss=f"nghĩa {n}") for n in range(count))).groups
    assert (len(group.senses), len(group.more_senses)) == (open_, folded)
    assert [s.gloss for s in (*group.senses, *group.more_senses)] == [f"nghĩa {n}" for n in range(count)]


@pytest.mark.parametrize(("count", "open_", "folded"), [(0, 0, 0), (2, 2, 0), (3, 3, 0), (4, 2, 2), (9, 2, 7)])
def test_many_examples_are_folded_away(count: int, open_: int, folded: int) -> None:
    sense = Sense("verb", gloss="chạy", examples=tuple(Example(f"câu {n}") for n in range(count)))
    view = shown(sense).groups[0].senses[0]
    assert (len(view.examples), len(view.more_examples)) == (open_, folded)


@pytest.mark.parametrize(("count", "open_", "folded"), [(4, 4, 0), (5, 5, 0), (6, 4, 2), (40, 4, 36)])
def test_many_idioms_are_folded_away(count: int, open_: int, folded: int) -> None:
    view = shown(idioms=tuple(Idiom(f"run {n}", (Sense(gloss="chạy"),)) for n in range(count)))
    assert (len(view.idioms), len(view.more_idioms)) == (open_, folded)


def test_senses_are_grouped_by_part_of_speech_in_the_order_of_the_dictionary() -> None:
    view = shown(
        Sense("noun", gloss="sự chạy"),
        Sense("verb", gloss="chạy", note="nội động từ, ran, run"),
        Sense("verb", gloss="vận hành"),
        Sense("verb", gloss="điều hành", note="ngoại động từ"),
        Sense(None, gloss="khác", note="thường dùng"),
        Sense("điệp từ", gloss="lạ"),
    )
    assert [(g.part_of_speech, g.detail, [s.gloss for s in g.senses]) for g in view.groups] == [
        ("danh từ", None, ["sự chạy"]),
        ("động từ", "nội động từ, ran, run", ["chạy", "vận hành"]),
        ("động từ", "ngoại động từ", ["điều hành"]),
        (None, None, ["khác"]),
        ("điệp từ", None, ["lạ"]),
    ]
    notes = [sense.note for group in view.groups for sense in group.senses]
    assert notes == [None, None, None, None, "thường dùng", None], "what heads a group is not said twice"


def test_links() -> None:
    view = shown(links=(*see_links(["jog", "a & b", "nowhere"]), Link("former", "jog", "đến 2025")))
    assert view.url == "https://x/entry/0a1b"
    named = [(group.name, [(n.link.text, n.link.url, n.note) for n in group.links]) for group in view.links]
    assert named == [
        ("Trước là", [("jog", "https://x/?q=jog", "đến 2025")]),
        (
            "Xem thêm",
            [
                ("jog", "https://x/?q=jog", None),
                ("a & b", "https://x/?q=a+%26+b", None),
                ("nowhere", "", None),
            ],
        ),
    ]
    assert view.report_url is None


@pytest.mark.parametrize(
    ("kind", "query", "headword"),
    [
        (MatchKind.PREFIX, "ru", "<mark>ru</mark>n"),
        (MatchKind.PREFIX, "RU", "<mark>ru</mark>n"),
        (MatchKind.PREFIX, "r?n", "run"),
        (MatchKind.PREFIX, "*un", "run"),
        (MatchKind.EXACT, "run", "run"),
    ],
)
def test_of_a_headword_the_beginning_is_marked_where_only_that_matched(
    kind: MatchKind, query: str, headword: str
) -> None:
    assert str(shown(query=query, kind=kind).shown) == headword


def test_of_a_gloss_what_was_found_in_it_is_marked() -> None:
    sense = Sense("verb", gloss="Chạy <nhanh>")
    assert str(shown(sense, query="chay", kind=MatchKind.TRANSLATION).groups[0].senses[0].gloss) == (
        "<mark>Chạy</mark> &lt;nhanh&gt;"
    )
    assert shown(sense, query="chay").groups[0].senses[0].gloss == "Chạy <nhanh>", "text, which the template escapes"
