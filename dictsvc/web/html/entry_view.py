"""An entry as a page shows it: grouped by part of speech, the long parts folded away, what matched marked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import get_args

from msgspec import Struct
from msgspec.structs import replace

from dictsvc import messages
from dictsvc.language.keys import canonical
from dictsvc.language.profiles import GENERIC, profile_of
from dictsvc.match_kinds import Matched, Tier
from dictsvc.messages import Language
from dictsvc.model import Collocation, Dictionary, Hit, Idiom, LinkKind, Match, RegionalPronunciation, Sense
from dictsvc.model import Link as EntryLink
from dictsvc.search.context import is_pattern
from dictsvc.search.references import References
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


class NotedLink(Struct, frozen=True):
    """A headword that may lead to its entry, and what is said of it."""

    link: Link
    note: str | None = None


class LinkGroup(Struct, frozen=True):
    """Headwords that an entry or sense names, and what they are to it."""

    name: str
    """`Xem thêm`, `Đồng nghĩa`."""
    links: tuple[NotedLink, ...]


class SenseView(Struct, frozen=True):
    """A sense; `examples` stand open, `more_examples` are folded away."""

    labels: tuple[str, ...]
    gloss: str
    note: str | None
    pronunciation: str | None
    collocations: tuple[Collocation, ...]
    related: tuple[LinkGroup, ...]
    """Synonyms and antonyms."""
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
    homonym: int
    """Its number among the entries of the headword in the dictionary; 0 where it is the only one."""
    pronunciation: str | None
    regional_pronunciations: tuple[RegionalPronunciation, ...]
    etymology: str | None
    source_language: str
    target_language: str
    dictionary: str
    reason: str | None
    groups: tuple[SenseGroup, ...]
    idioms: tuple[IdiomView, ...]
    more_idioms: tuple[IdiomView, ...]
    variants: tuple[str, ...]
    links: tuple[LinkGroup, ...]
    whole_entry: str | None
    """Text of the link to the whole entry, where only the idiom that matched is shown."""


class _Shown(Struct, frozen=True):
    """What the views of one entry's parts need beside the parts."""

    word: Marker
    gloss: Marker
    language: str
    """Of the headword."""
    urls: UrlBuilder
    references: References

    def link(self, headword: str) -> Link:
        """A headword that leads to its search, in all dictionaries where the chosen ones lack it; else plain text."""
        found_in = self.references.get((self.language, headword))
        if not found_in:
            return Link(headword, "")
        is_chosen = not self.urls.dictionaries or not found_in.isdisjoint(self.urls.dictionaries)
        return (self.urls if is_chosen else replace(self.urls, dictionaries=())).search_link(headword)

    def groups(self, **headwords: Iterable[tuple[str, str | None]]) -> tuple[LinkGroup, ...]:
        """Headwords with their notes, by the label of what they are; empty ones are left out."""
        links = {
            label: tuple(NotedLink(self.link(name), note) for name, note in named) for label, named in headwords.items()
        }
        return tuple(
            LinkGroup(messages.label(label.replace("_", "-"), self.urls.language), group)
            for label, group in links.items()
            if group
        )


def entry_view(
    hit: Hit,
    dictionary: Dictionary,
    urls: UrlBuilder,
    *,
    query: str,
    report_to: str,
    references: References,
    continued: bool = False,
) -> EntryView:
    """A hit as the answer to `query`.

    `report_to` is where mistakes are reported, empty for nowhere; `references` says which headwords there are.
    """
    match, language = hit.match, urls.language
    profile = profile_of(dictionary.source_language)
    matched = [idiom for idiom in hit.idioms if _is_matched(idiom, match, profile.infinitive_marker)]
    word = word_marker(match.matched if matched else hit.headword, profile)
    gloss = folded_marker(query) if match.kind.traits.matched is Matched.GLOSS else unmarked
    shown = _Shown(word, gloss, dictionary.source_language, urls, references)
    senses = () if matched else hit.senses
    idioms = [_idiom_view(idiom, shown) for idiom in matched or hit.idioms]
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
        homonym=hit.homonym,
        pronunciation=hit.pronunciation,
        regional_pronunciations=hit.regional_pronunciations,
        etymology=hit.etymology,
        source_language=dictionary.source_language,
        target_language=dictionary.target_language,
        dictionary=dictionary.title,
        reason=_reason(match, query, language),
        groups=tuple(_groups(senses, shown)),
        idioms=tuple(idioms[:shown_idioms]),
        more_idioms=tuple(idioms[shown_idioms:]),
        variants=hit.variants,
        links=() if matched else _links(hit.links, shown),
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


def _links(links: Iterable[EntryLink], shown: _Shown) -> tuple[LinkGroup, ...]:
    """The links of an entry by kind: what the name is now and was before, then what else to see."""
    of_kind = {kind: [(link.headword, link.note) for link in links if link.kind == kind] for kind in get_args(LinkKind)}
    return shown.groups(current=of_kind["current"], former=of_kind["former"], see_also=of_kind["see"])


def _groups(senses: Iterable[Sense], shown_in: _Shown) -> Iterator[SenseGroup]:
    for (name, detail), group in groupby(_with_kind_of_verb(senses), key=lambda pair: pair[0]):
        views = [_sense_view(sense, shown_in, detail) for _, sense in group]
        shown = _shown(len(views), _SENSES_SHOWN)
        named = messages.part_of_speech(name, shown_in.urls.language) if name else None
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


def _sense_view(sense: Sense, shown_in: _Shown, detail: str | None = None) -> SenseView:
    examples = [ExampleView(shown_in.word(example.source), example.target) for example in sense.examples]
    shown = _shown(len(examples), _EXAMPLES_SHOWN)
    return SenseView(
        labels=sense.labels,
        gloss=shown_in.gloss(sense.gloss),
        note=sense.note if sense.note != detail else None,
        pronunciation=sense.pronunciation,
        collocations=sense.collocations,
        related=shown_in.groups(
            synonyms=[(synonym, None) for synonym in sense.synonyms],
            antonyms=[(antonym, None) for antonym in sense.antonyms],
        ),
        examples=tuple(examples[:shown]),
        more_examples=tuple(examples[shown:]),
    )


def _idiom_view(idiom: Idiom, shown: _Shown) -> IdiomView:
    return IdiomView(shown.word(idiom.phrase), tuple(_sense_view(sense, shown) for sense in idiom.senses))


def _shown(count: int, most: int) -> int:
    """How many of `count` stand open."""
    return count if count < most + _MIN_FOLDED else most
