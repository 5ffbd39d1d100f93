"""What the templates are given: one typed object each, with every label in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from urllib.parse import urlencode

from msgspec import Struct

from dictsvc import messages
from dictsvc.messages import Language
from dictsvc.model import Dictionary, Hit, Idiom, LookupResult, MatchKind, Mode, Sense
from dictsvc.search.query import DEFAULT_LIMIT, MOST_RESULTS
from dictsvc.web.parameters import Parameters

EXAMPLE_QUERIES = ("nghị quyết", "nghi quyet", "tuwf ddieenr", "resolution")
_PLAIN = frozenset({MatchKind.EXACT})


class Link(Struct, frozen=True):
    """A text and where it leads."""

    text: str
    url: str


class SenseGroup(Struct, frozen=True):
    """Neighbouring senses of one part of speech."""

    part_of_speech: str | None
    senses: tuple[Sense, ...]


class IdiomView(Struct, frozen=True):
    """An idiom with its senses."""

    phrase: str
    senses: tuple[Sense, ...]


class EntryView(Struct, frozen=True):
    """One entry as a page shows it."""

    id: str
    headword: str
    url: str
    pronunciation: str | None
    source_language: str
    target_language: str
    dictionary: str
    reason: str | None
    groups: tuple[SenseGroup, ...]
    idioms: tuple[IdiomView, ...]
    variants: tuple[str, ...]
    see_also: tuple[Link, ...]


class DictionaryChoice(Struct, frozen=True):
    """A line of the list "Từ điển"."""

    id: str
    title: str
    chosen: bool


class FragmentView(Struct, frozen=True):
    """The fragment: results, or a sentence where there are none."""

    language: Language
    message: str | None
    failed: bool
    entries: tuple[EntryView, ...]
    suggestions: tuple[Link, ...]
    more: str | None
    more_url: str | None
    credits: tuple[str, ...]
    examples: tuple[Link, ...]

    def label(self, name: str, **values: object) -> str:
        """A label in the reader's language."""
        return messages.label(name, self.language, **values)


class PageView(Struct, frozen=True):
    """The full page around a fragment."""

    language: Language
    title: str
    base_url: str
    text: str
    choices: tuple[DictionaryChoice, ...]
    fragment: FragmentView
    other_language: Link

    def label(self, name: str, **values: object) -> str:
        """A label in the reader's language."""
        return messages.label(name, self.language, **values)


class Address:
    """Makes the absolute links of a page: a relative one in a fragment would point at the portal."""

    def __init__(self, base_url: str, parameters: Parameters | None, language: Language) -> None:
        self._base_url = base_url
        self._dictionaries = parameters.dictionaries if parameters else ()
        self._language = language

    def entry(self, identifier: str) -> str:
        """The permalink of an entry."""
        return f"{self._base_url}/entry/{identifier}{self._query()}"

    def search(self, text: str, **more: object) -> str:
        """The page that looks a text up in the same dictionaries."""
        return f"{self._base_url}/{self._query(q=text, **more)}"

    def _query(self, **values: object) -> str:
        if self._dictionaries and "q" in values:
            values["dict"] = ",".join(self._dictionaries)
        if self._language != messages.DEFAULT_LANGUAGE:
            values["lang"] = self._language
        return f"?{urlencode(values)}" if values else ""


def entry_view(hit: Hit, dictionary: Dictionary, address: Address, language: Language) -> EntryView:
    """A hit as a page shows it."""
    match = hit.match
    return EntryView(
        id=hit.id,
        headword=hit.headword,
        url=address.entry(hit.id),
        pronunciation=hit.pronunciation,
        source_language=dictionary.source_language,
        target_language=dictionary.target_language,
        dictionary=dictionary.title,
        reason=None if match.kind in _PLAIN else messages.reason(match.kind, match.matched, language),
        groups=tuple(_groups(hit.senses, language)),
        idioms=tuple(_idiom_view(idiom) for idiom in hit.idioms),
        variants=hit.variants,
        see_also=tuple(Link(word, address.search(word)) for word in hit.see_also),
    )


def _groups(senses: tuple[Sense, ...], language: Language) -> Iterable[SenseGroup]:
    for name, group in groupby(senses, key=lambda sense: sense.part_of_speech):
        yield SenseGroup(messages.part_of_speech(name, language) if name else None, tuple(group))


def _idiom_view(idiom: Idiom) -> IdiomView:
    return IdiomView(idiom.phrase, idiom.senses)


def result_view(
    result: LookupResult, parameters: Parameters, dictionaries: dict[str, Dictionary], address: Address
) -> FragmentView:
    """The fragment that shows an answer."""
    language = parameters.language
    message = None
    if not result.results:
        message = messages.label("nothing-found", language, query=result.query.strip())
    elif not result.found:
        message = messages.label("nothing-exact", language, query=result.query.strip())
    shown = {hit.dictionary for hit in result.results}
    further: dict[str, object] = {"limit": MOST_RESULTS}
    if parameters.mode is not Mode.AUTO:
        further["mode"] = parameters.mode.value
    can_show_more = result.more and parameters.limit < MOST_RESULTS
    return FragmentView(
        language=language,
        message=message,
        failed=False,
        entries=tuple(entry_view(hit, dictionaries[hit.dictionary], address, language) for hit in result.results),
        suggestions=tuple(Link(word, address.search(word)) for word in result.suggestions),
        more=messages.label("more", language, count=result.more) if result.more else None,
        more_url=address.search(result.query, **further) if can_show_more else None,
        credits=tuple(_credit(dictionaries[identifier]) for identifier in dictionaries if identifier in shown),
        examples=(),
    )


def _credit(dictionary: Dictionary) -> str:
    return " · ".join(filter(None, (dictionary.title, dictionary.version, dictionary.licence)))


def empty_view(language: Language, address: Address) -> FragmentView:
    """The fragment before anything was looked up."""
    return FragmentView(
        language=language,
        message=messages.label("welcome", language),
        failed=False,
        entries=(),
        suggestions=(),
        more=None,
        more_url=None,
        credits=(),
        examples=tuple(Link(text, address.search(text)) for text in EXAMPLE_QUERIES),
    )


def error_view(sentence: str, language: Language) -> FragmentView:
    """The fragment in the place of an answer that could not be given."""
    return FragmentView(language, sentence, True, (), (), None, None, (), ())


def page_view(
    fragment: FragmentView,
    parameters: Parameters | None,
    dictionaries: dict[str, Dictionary],
    base_url: str,
    *,
    title: str | None = None,
) -> PageView:
    """The page around a fragment."""
    language = fragment.language
    chosen = parameters.dictionaries if parameters else ()
    text = (parameters.text or "") if parameters else ""
    site = messages.label("site-title", language)
    other: Language = "en" if language == "vi" else "vi"
    query: dict[str, object] = {"q": text} if text else {}
    if chosen:
        query["dict"] = ",".join(chosen)
    if parameters and parameters.limit != DEFAULT_LIMIT:
        query["limit"] = parameters.limit
    query["lang"] = other
    return PageView(
        language=language,
        title=" – ".join(filter(None, (title or text.strip(), site))),
        base_url=base_url,
        text=text,
        choices=tuple(DictionaryChoice(d.id, d.title, d.id in chosen) for d in dictionaries.values()),
        fragment=fragment,
        other_language=Link(messages.label("other-language", language), f"{base_url}/?{urlencode(query)}"),
    )
