"""The view of an answer: what `fragment.html` is filled with, every label in the reader's language."""

from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from dictsvc import messages
from dictsvc.match_kinds import Mode
from dictsvc.messages import Language
from dictsvc.model import Dictionary, LookupResult, Part
from dictsvc.search.browsing import ContainedIdiom, Neighbours
from dictsvc.search.context import MOST_RESULTS, is_pattern
from dictsvc.search.homographs import ToneGroup
from dictsvc.search.references import References
from dictsvc.web.html.entry_view import EntryView, entry_view
from dictsvc.web.html.urls import Link, UrlBuilder
from dictsvc.web.parameters import LookupParameters

EXAMPLE_QUERIES = ("nghị quyết", "nghi quyet", "tuwf ddieenr", "resolution")
EXAMPLE_WILDCARDS = ("nghị q*", "h?c")


class View(Struct, frozen=True, kw_only=True):
    """Base of views: labels in the reader's language."""

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
    """Phrases that contain a headword: longer headwords, and idioms of other entries."""

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
    """The box, where nothing has been looked up yet."""
    query: str = ""
    title: str = ""
    """The title of the page that shows it."""
    summary: str = ""
    """The sentence that a screen reader announces."""
    message: str | None = None
    failed: bool = False
    examples: tuple[Link, ...] = ()
    """Queries to begin with."""
    hints: tuple[Link, ...] = ()
    """Queries that show what to try where nothing was found."""
    homographs: tuple[ToneView, ...] = ()
    """Tone variants of the query that are headwords."""
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
    parameters: LookupParameters,
    dictionaries: Mapping[str, Dictionary],
    urls: UrlBuilder,
    *,
    report_to: str,
    references: References,
    homographs: Iterable[ToneGroup] = (),
    phrases: PhrasesView | None = None,
) -> FragmentView:
    """The fragment that shows an answer; `report_to` and `references` as in `entry_view`."""
    language, query = urls.language, result.query.strip()
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
        hints=() if result.results else _searches(EXAMPLE_WILDCARDS, urls),
        homographs=tuple(_tone_view(group, urls) for group in homographs),
        suggestions=_searches(result.suggestions, urls),
        parts=tuple(_part_link(part, urls) for part in result.parts),
        entries=tuple(_entry_views(result, dictionaries, urls, report_to, references)),
        more=messages.label("more", language, count=result.more) if result.more else None,
        more_url=urls.search(result.query, limit=MOST_RESULTS, **mode) if can_show_more else None,
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
    result: LookupResult,
    dictionaries: Mapping[str, Dictionary],
    urls: UrlBuilder,
    report_to: str,
    references: References,
) -> Iterator[EntryView]:
    above: tuple[str, str] | None = None
    for hit in result.results:
        dictionary = dictionaries[hit.dictionary]
        word = hit.headword, dictionary.source_language
        query = result.query.strip()
        yield entry_view(
            hit,
            dictionary,
            urls,
            query=query,
            report_to=report_to,
            references=references,
            continued=word == above and not hit.homonym,
        )
        above = word


def empty_view(urls: UrlBuilder) -> FragmentView:
    """The fragment before anything is looked up."""
    return FragmentView(
        language=urls.language,
        title=messages.label("site-title", urls.language),
        message=messages.label("welcome", urls.language),
        examples=_searches(EXAMPLE_QUERIES, urls),
    )


def error_view(sentence: str, language: Language) -> FragmentView:
    """The fragment that reports an error."""
    return FragmentView(language=language, summary=sentence, message=sentence, failed=True)


def box_view(
    dictionaries: Mapping[str, Dictionary], urls: UrlBuilder, *, text: str, chosen: tuple[str, ...]
) -> BoxView:
    """The box, filled as it was sent; several chosen dictionaries are a choice of their own."""
    known = tuple(identifier for identifier in chosen if identifier in dictionaries)
    choices = [DictionaryChoice("", messages.label("all-dictionaries", urls.language), not known)]
    if len(known) > 1:
        titles = " + ".join(dictionaries[identifier].title for identifier in known)
        choices.append(DictionaryChoice(",".join(known), titles, chosen=True))
    choices += [DictionaryChoice(d.id, d.title, known == (d.id,)) for d in dictionaries.values()]
    action = urls.base_url + urls.home
    return BoxView(language=urls.language, action=action, text=text, choices=tuple(choices))


def phrases_view(
    headword: str, language: str, longer: Iterable[str], idioms: Iterable[ContainedIdiom], urls: UrlBuilder
) -> PhrasesView | None:
    """The phrases that contain a headword of a language; None where there are none."""
    links = tuple(IdiomLink(idiom.phrase, urls.search_link(idiom.headword)) for idiom in idioms)
    view = PhrasesView(headword, language, _searches(longer, urls), links)
    return view if view.longer or view.idioms else None


def neighbours_view(headword: str, dictionary: Dictionary, neighbours: Neighbours, urls: UrlBuilder) -> NeighboursView:
    """The neighbours of a headword of a dictionary."""
    start = neighbours.before[0] if neighbours.before else headword
    return NeighboursView(
        _searches(neighbours.before, urls),
        headword,
        _searches(neighbours.after, urls),
        dictionary.source_language,
        urls.browse(dictionary.id, start),
    )


def credit(dictionary: Dictionary) -> str:
    """Title, version and licence of a dictionary."""
    return " · ".join(filter(None, (dictionary.title, dictionary.version, dictionary.licence)))


def _searches(texts: Iterable[str], urls: UrlBuilder) -> tuple[Link, ...]:
    return tuple(map(urls.search_link, texts))


def _tone_view(group: ToneGroup, urls: UrlBuilder) -> ToneView:
    return ToneView(messages.label(f"tone-{group.tone}", urls.language), _searches(group.headwords, urls))


def _part_link(part: Part, urls: UrlBuilder) -> Link:
    return Link(part.text, urls.search(part.headword) if part.headword else "")
