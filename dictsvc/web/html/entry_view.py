"""An entry as a page shows it: grouped by part of speech, the long parts folded away, what matched marked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from msgspec import Struct

from dictsvc import messages
from dictsvc.language.keys import canonical
from dictsvc.language.profiles import GENERIC, profile_of
from dictsvc.match_kinds import Matched, Tier
from dictsvc.messages import Language
from dictsvc.model import Dictionary, Example, Hit, Idiom, Match, Sense
from dictsvc.search.context import is_pattern
from dictsvc.web.html.highlighting import Marker, beginning, folded_marker, unmarked, word_marker
from dictsvc.web.html.urls import Link, UrlBuilder, report_url

_SENSES_SHOWN = 8
_EXAMPLES_SHOWN = 2
_IDIOMS_SHOWN = 4
_MIN_FOLDED = 2
"""Senses, examples or idioms at least that are folded away: for fewer it is not worth it."""
_KINDS_OF_VERB = ("nội động từ", "ngoại động từ")


class ExampleView(Struct, frozen=True):
    """An example, what matched in it marked."""

    source: str
    target: str | None


class SenseView(Struct, frozen=True):
    """A sense; `examples` stand open, `more_examples` are folded away."""

    labels: tuple[str, ...]
    gloss: str
    note: str | None
    examples: tuple[ExampleView, ...]
    more_examples: tuple[ExampleView, ...]


class SenseGroup(Struct, frozen=True):
    """Neighbouring senses of one part of speech; `senses` stand open, `more_senses` are folded away."""

    part_of_speech: str | None
    detail: str | None
    """The dictionary's note on the whole group: `nội động từ, ran, run`."""
    senses: tuple[SenseView, ...]
    more_senses: tuple[SenseView, ...]


class IdiomView(Struct, frozen=True):
    """An idiom with its senses."""

    phrase: str
    senses: tuple[SenseView, ...]


class EntryView(Struct, frozen=True):
    """One entry."""

    id: str
    headword: str
    shown: str
    """The headword, its beginning marked where only that matched."""
    continued: bool
    """Whether the entry above, of another dictionary, is of the same headword."""
    url: str
    report_url: str | None
    pronunciation: str | None
    source_language: str
    target_language: str
    dictionary: str
    reason: str | None
    groups: tuple[SenseGroup, ...]
    idioms: tuple[IdiomView, ...]
    more_idioms: tuple[IdiomView, ...]
    variants: tuple[str, ...]
    see_also: tuple[Link, ...]
    whole_entry: str | None
    """Text of the link to the whole entry, where only the idiom that matched is shown."""


def entry_view(
    hit: Hit, dictionary: Dictionary, urls: UrlBuilder, *, query: str, report_to: str, continued: bool = False
) -> EntryView:
    """A hit as the answer to `query`; `report_to` is where mistakes are reported, empty for nowhere."""
    match, language = hit.match, urls.language
    profile = profile_of(dictionary.source_language)
    matched = [idiom for idiom in hit.idioms if _is_matched(idiom, match, profile.infinitive_marker)]
    word = word_marker(match.matched if matched else hit.headword, profile)
    gloss = folded_marker(query) if match.kind.traits.matched is Matched.GLOSS else unmarked
    senses = () if matched else hit.senses
    idioms = [_idiom_view(idiom, word, gloss) for idiom in matched or hit.idioms]
    shown_idioms = _shown(len(idioms), _IDIOMS_SHOWN)
    url = urls.entry(hit.id)
    subject = messages.label("report-subject", language, headword=hit.headword)
    return EntryView(
        id=hit.id,
        headword=hit.headword,
        shown=_headword(hit, query),
        continued=continued,
        url=url,
        report_url=report_url(report_to, hit.id, subject, url) if report_to else None,
        pronunciation=hit.pronunciation,
        source_language=dictionary.source_language,
        target_language=dictionary.target_language,
        dictionary=dictionary.title,
        reason=_reason(match, query, language),
        groups=tuple(_groups(senses, language, word, gloss)),
        idioms=tuple(idioms[:shown_idioms]),
        more_idioms=tuple(idioms[shown_idioms:]),
        variants=hit.variants,
        see_also=() if matched else tuple(map(urls.search_link, hit.see_also)),
        whole_entry=messages.label("whole-entry", language, headword=hit.headword) if matched else None,
    )


def _is_matched(idiom: Idiom, match: Match, infinitive_marker: str) -> bool:
    """Whether it is the idiom for which the entry was found; a verb's also without its marker."""
    is_idiom = match.kind.traits.matched is Matched.IDIOM
    return is_idiom and idiom.phrase.removesuffix(match.matched) in ("", infinitive_marker)


def _reason(match: Match, query: str, language: Language) -> str | None:
    if match.kind.traits.tier is Tier.EXACT:
        return None
    if match.kind.traits.matched is Matched.BEGINNING and is_pattern(query):
        return messages.label("fits-pattern", language)
    return messages.reason(match.kind, match.matched, language)


def _headword(hit: Hit, query: str) -> str:
    if hit.match.kind.traits.matched is Matched.BEGINNING:
        letters = len(canonical(query))
        if GENERIC.keys_of(hit.headword).folded.startswith(GENERIC.keys_of(query).folded):
            return beginning(hit.headword, letters)
    return unmarked(hit.headword)


def _groups(senses: Iterable[Sense], language: Language, word: Marker, gloss: Marker) -> Iterator[SenseGroup]:
    for (name, detail), group in groupby(_with_kind_of_verb(senses), key=lambda pair: pair[0]):
        views = [_sense_view(sense, word, gloss, detail) for _, sense in group]
        shown = _shown(len(views), _SENSES_SHOWN)
        named = messages.part_of_speech(name, language) if name else None
        yield SenseGroup(named, detail, tuple(views[:shown]), tuple(views[shown:]))


def _with_kind_of_verb(senses: Iterable[Sense]) -> Iterator[tuple[tuple[str | None, str | None], Sense]]:
    """Each sense with what heads its group: a note such as `nội động từ, ran, run` holds until the next one."""
    name: str | None = None
    detail: str | None = None
    for sense in senses:
        if sense.part_of_speech != name:
            name, detail = sense.part_of_speech, None
        if sense.note and sense.note.startswith(_KINDS_OF_VERB):
            detail = sense.note
        yield (name, detail), sense


def _sense_view(sense: Sense, word: Marker, gloss: Marker, detail: str | None = None) -> SenseView:
    examples = [_example_view(example, word) for example in sense.examples]
    shown = _shown(len(examples), _EXAMPLES_SHOWN)
    note = sense.note if sense.note != detail else None
    return SenseView(sense.labels, gloss(sense.gloss), note, tuple(examples[:shown]), tuple(examples[shown:]))


def _example_view(example: Example, word: Marker) -> ExampleView:
    return ExampleView(word(example.source), example.target)


def _idiom_view(idiom: Idiom, word: Marker, gloss: Marker) -> IdiomView:
    return IdiomView(word(idiom.phrase), tuple(_sense_view(sense, word, gloss) for sense in idiom.senses))


def _shown(count: int, most: int) -> int:
    """How many of `count` stand open."""
    return count if count < most + _MIN_FOLDED else most
