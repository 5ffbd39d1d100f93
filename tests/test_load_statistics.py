"""The tally: what passes from a reader to the writer, and what the report says of it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dictsvc.load_statistics import PLACES_SHOWN, LoadStatistics
from dictsvc.model import Dictionary, Entry, Example, Idiom, Problem, Sense
from dictsvc.sources.source import About, Record

CAT = Entry("cat", senses=(Sense("noun", gloss="mèo", examples=(Example("a cat", "con mèo"),)),))
DOG = Entry("dog", pronunciation="dɒɡ", senses=(Sense(gloss="chó"),))
IDIOM = Entry("rain", idioms=(Idiom("cats and dogs", (Sense("phrase", gloss="như trút"),)),))
DICTIONARY = Dictionary(id="en-vi", title="Anh–Việt", source_language="en", target_language="vi")


def lost(number: int) -> Problem:
    return Problem(f"line {number}", "no-tab", "no tab")


def mended(number: int) -> Problem:
    return Problem(f"line {number}", "invalid-utf8", "bytes were dropped", skipped=False)


def test_what_passes_and_what_is_said_of_it() -> None:
    tally = LoadStatistics("book")
    records: list[Record] = [
        About("title", "first"),
        CAT,
        lost(2),
        mended(3),
        DOG,
        CAT,
        IDIOM,
        About("title", "second"),
    ]
    assert list(tally.entries(records)) == [CAT, DOG, IDIOM]
    report = tally.report(DICTIONARY, replaced=True, changed=False)
    assert (report.read, report.kept, report.merged, report.skipped) == (5, 3, 1, 1)
    assert report.problems == {"no-tab": 1, "invalid-utf8": 1}
    assert report.places == {"no-tab": ["line 2: no tab"], "invalid-utf8": ["line 3: bytes were dropped"]}
    assert (report.with_part_of_speech, report.with_pronunciation, report.with_examples) == (0.6667, 0.3333, 0.3333)
    assert (report.replaced, report.changed, report.dictionary) == (True, False, DICTIONARY)
    assert tally.about == {"title": "first"}


def test_entries_that_differ_in_anything_all_stay() -> None:
    several = [Entry("cat", senses=(Sense(gloss=gloss),)) for gloss in ("mèo", "mèo nhà")] + [Entry("Cat")]
    assert list(LoadStatistics("book").entries([*several, *several])) == several


def test_problems_are_named_commonest_first_with_their_first_places() -> None:
    tally = LoadStatistics("book")
    list(tally.entries([mended(0), *(lost(number) for number in range(1, 20))]))
    report = tally.report(DICTIONARY)
    assert list(report.problems.items()) == [("no-tab", 19), ("invalid-utf8", 1)]
    assert len(report.places["no-tab"]) == PLACES_SHOWN
    assert report.places["no-tab"][0] == "line 1: no tab"
    assert tally.commonest_problem() == "line 1: no tab"
    assert tally.problems == 20


def test_nothing_at_all() -> None:
    tally = LoadStatistics("book")
    assert list(tally.entries([])) == []
    assert (tally.problems, tally.commonest_problem()) == (0, "")
    assert tally.report(DICTIONARY).with_examples == 0


def test_progress_is_told_now_and_then_and_at_the_end() -> None:
    told: list[tuple[str, int, int | None]] = []
    tally = LoadStatistics("book", 2500, lambda *said: told.append(said))
    list(tally.entries(Entry(f"w{number}") for number in range(2500)))
    assert told == [("book", 1000, 2500), ("book", 2000, 2500), ("book", 2500, 2500)]


@given(st.lists(st.sampled_from([CAT, DOG, IDIOM, About("title", "x"), lost(1), mended(2)])))
def test_every_record_is_counted_once(records: list[Record]) -> None:
    tally = LoadStatistics("book")
    kept = list(tally.entries(records))
    report = tally.report(DICTIONARY)
    assert report.read == report.kept + report.merged + report.skipped
    assert report.kept == len(kept) == len(set(kept))
    assert sum(report.problems.values()) == sum(isinstance(record, Problem) for record in records) == tally.problems
