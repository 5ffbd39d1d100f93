"""What the template of the fragment is given: one typed object, with every label in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from dictsvc import messages
from dictsvc.match_kinds import Mode
from dictsvc.messages import Language
from dictsvc.model import Dictionary, LookupResult, Part
from dictsvc.search.browsing import ContainedIdiom, Neighbours
from dictsvc.search.context import MOST_RESULTS, is_pattern
from dictsvc.search.homographs import ToneGroup
from dictsvc.web.html.entry_view import EntryView, entry_view
from dictsvc.web.html.urls import Address, Link
from dictsvc.web.parameters import Parameters

EXAMPLE_QUERIES = ("nghị quyết", "nghi quyet", "tuwf ddieenr", "resolution")
EXAMPLE_WILDCARDS = ("nghị q*", "h?c")


class View(Struct, frozen=True, kw_only=True):
    """What every template is given."""

    language: Language

    def label(self, name: str, **values: object) -> str:
        """A label in the reader's language."""
        return messages.label(name, self.language, **values)


class DictionaryChoice(Struct, frozen=True):
    """A line of the list "Từ điển"; its value is an id, several with commas, or empty for all."""

    value: str
    title: str
    chosen: bool


class BoxView(View, frozen=True, kw_only=True):
    """The box "Tra từ / Từ điển"."""

    action: str
    text: str
    choices: tuple[DictionaryChoice, ...]


class ToneView(Struct, frozen=True):
    """The headwords of one tone."""

    name: str
    links: tuple[Link, ...]


class IdiomLink(Struct, frozen=True):
    """An idiom that stands under another headword, which the link leads to."""

    phrase: str
    link: Link


class PhrasesView(Struct, frozen=True):
    """What contains a headword: longer headwords, and idioms of other entries."""

    headword: str
    language: str
    longer: tuple[Link, ...]
    idioms: tuple[IdiomLink, ...] = ()


class NeighboursView(Struct, frozen=True):
    """The headwords beside an entry's in alphabetical order."""

    before: tuple[Link, ...]
    headword: str
    after: tuple[Link, ...]
    language: str
    browse_url: str


class FragmentView(View, frozen=True, kw_only=True):
    """The answer: results, or a sentence where there are none."""

    box: BoxView | None = None
    """The box itself, where nothing was looked up yet."""
    query: str = ""
    title: str = ""
    """What the page that shows it is called."""
    summary: str = ""
    """What a screen reader announces."""
    message: str | None = None
    failed: bool = False
    examples: tuple[Link, ...] = ()
    """Queries to begin with."""
    hints: tuple[Link, ...] = ()
    """Queries that show what to try where nothing was found."""
    homographs: tuple[ToneView, ...] = ()
    suggestions: tuple[Link, ...] = ()
    parts: tuple[Link, ...] = ()
    """A phrase word by word; a word that is no headword has no URL."""
    entries: tuple[EntryView, ...] = ()
    more: str | None = None
    more_url: str | None = None
    phrases: PhrasesView | None = None
    neighbours: NeighboursView | None = None
    credits: tuple[str, ...] = ()


def result_view(
    result: LookupResult,
    parameters: Parameters,
    dictionaries: Mapping[str, Dictionary],
    address: Address,
    *,
    report_to: str,
    homographs: Iterable[ToneGroup] = (),
    phrases: PhrasesView | None = None,
) -> FragmentView:
    """The fragment that shows an answer; `report_to` is where mistakes are reported, empty for nowhere."""
    language, query = address.language, result.query.strip()
    message = _message(result, query, language)
    shown = {hit.dictionary for hit in result.results}
    can_show_more = result.more and parameters.limit < MOST_RESULTS
    mode: dict[str, object] = {} if parameters.mode is Mode.AUTO else {"mode": parameters.mode.value}
    return FragmentView(
        language=language,
        query=query,
        title=f"{query} – {messages.label('site-title', language)}",
        summary=message or messages.label("summary", language, query=query, count=len(result.results) + result.more),
        message=message,
        hints=() if result.results else _searches(EXAMPLE_WILDCARDS, address),
        homographs=tuple(_tone_view(group, address) for group in homographs),
        suggestions=_searches(result.suggestions, address),
        parts=tuple(_part_link(part, address) for part in result.parts),
        entries=tuple(_entry_views(result, dictionaries, address, report_to)),
        more=messages.label("more", language, count=result.more) if result.more else None,
        more_url=address.search(result.query, limit=MOST_RESULTS, **mode) if can_show_more else None,
        phrases=phrases,
        credits=tuple(credit(dictionary) for identifier, dictionary in dictionaries.items() if identifier in shown),
    )


def _message(result: LookupResult, query: str, language: Language) -> str | None:
    if result.found:
        return None
    if not result.results:
        return messages.label("nothing-found", language, query=query)
    return messages.label("fitting" if is_pattern(query) else "nothing-exact", language, query=query)


def _entry_views(
    result: LookupResult, dictionaries: Mapping[str, Dictionary], address: Address, report_to: str
) -> Iterator[EntryView]:
    above: tuple[str, str] | None = None
    for hit in result.results:
        dictionary = dictionaries[hit.dictionary]
        word = hit.headword, dictionary.source_language
        query = result.query.strip()
        yield entry_view(hit, dictionary, address, query=query, report_to=report_to, continued=word == above)
        above = word


def empty_view(address: Address, box: BoxView | None) -> FragmentView:
    """The fragment before anything was looked up."""
    return FragmentView(
        language=address.language,
        box=box,
        title=messages.label("site-title", address.language),
        message=messages.label("welcome", address.language),
        examples=_searches(EXAMPLE_QUERIES, address),
    )


def error_view(sentence: str, language: Language) -> FragmentView:
    """The fragment in the place of an answer that could not be given."""
    return FragmentView(language=language, summary=sentence, message=sentence, failed=True)


def box_view(
    dictionaries: Mapping[str, Dictionary], address: Address, *, text: str, chosen: tuple[str, ...]
) -> BoxView:
    """The box, filled as it was sent; several chosen dictionaries are a choice of their own."""
    known = tuple(identifier for identifier in chosen if identifier in dictionaries)
    choices = [DictionaryChoice("", messages.label("all-dictionaries", address.language), not known)]
    if len(known) > 1:
        titles = " + ".join(dictionaries[identifier].title for identifier in known)
        choices.append(DictionaryChoice(",".join(known), titles, chosen=True))
    choices += [DictionaryChoice(d.id, d.title, known == (d.id,)) for d in dictionaries.values()]
    action = address.base_url + address.home
    return BoxView(language=address.language, action=action, text=text, choices=tuple(choices))


def phrases_view(
    headword: str, language: str, longer: Iterable[str], idioms: Iterable[ContainedIdiom], address: Address
) -> PhrasesView | None:
    """What contains a headword of a language; None where nothing does."""
    links = tuple(IdiomLink(idiom.phrase, address.search_link(idiom.headword)) for idiom in idioms)
    view = PhrasesView(headword, language, _searches(longer, address), links)
    return view if view.longer or view.idioms else None


def neighbours_view(headword: str, dictionary: Dictionary, beside: Neighbours, address: Address) -> NeighboursView:
    """The neighbours of a headword of a dictionary."""
    start = beside.before[0] if beside.before else headword
    return NeighboursView(
        _searches(beside.before, address),
        headword,
        _searches(beside.after, address),
        dictionary.source_language,
        address.browse(dictionary.id, start),
    )


def credit(dictionary: Dictionary) -> str:
    """Title, version and licence of a dictionary."""
    return " · ".join(filter(None, (dictionary.title, dictionary.version, dictionary.licence)))


def _searches(texts: Iterable[str], address: Address) -> tuple[Link, ...]:
    return tuple(map(address.search_link, texts))


def _tone_view(group: ToneGroup, address: Address) -> ToneView:
    return ToneView(messages.label(f"tone-{group.tone}", address.language), _searches(group.headwords, address))


def _part_link(part: Part, address: Address) -> Link:
    return Link(part.text, address.search(part.headword) if part.headword else "")
