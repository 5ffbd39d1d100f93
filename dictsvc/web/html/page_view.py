"""Whole pages: what `page.html` is filled with."""

from collections.abc import Iterable, Mapping

from msgspec import Struct

from dictsvc import messages
from dictsvc.language.collation import alphabet
from dictsvc.model import Dictionary
from dictsvc.search.browsing import HeadwordPage
from dictsvc.web.html.fragment_view import BoxView, FragmentView, View, box_view, credit
from dictsvc.web.html.rendering import render
from dictsvc.web.html.urls import HOME_PATH, Link, UrlBuilder


class Tip(Struct, frozen=True):
    """A sentence on how to search, and queries that show it."""

    text: str
    examples: tuple[Link, ...]


class BrowseView(Struct, frozen=True):
    """Some headwords of a dictionary in alphabetical order."""

    dictionary: str
    title: str
    entries: str
    credit: str
    language: str
    """Of the headwords."""
    letters: tuple[Link, ...]
    start: str
    action: str
    headwords: tuple[Link, ...]
    previous_url: str | None
    next_url: str | None


class PageView(View, frozen=True, kw_only=True):
    """A whole page: the box, and below it a fragment, or a dictionary's headwords."""

    title: str
    base_url: str
    home_url: str
    docs_url: str
    box: BoxView
    fragment: FragmentView | None = None
    browsing: BrowseView | None = None
    other_language: Link
    dictionaries: tuple[Link, ...]
    """Each leads to its headwords in alphabetical order."""
    tips: tuple[Tip, ...] = ()
    framed: bool = False
    """Whether it is shown in a frame on a portal's page: the box and the answer only."""


def render_page(
    dictionaries: Mapping[str, Dictionary],
    urls: UrlBuilder,
    *,
    other_url: str,
    title: str = "",
    text: str = "",
    chosen: tuple[str, ...] = (),
    fragment: FragmentView | None = None,
    browsing: BrowseView | None = None,
) -> bytes:
    """A page in UTF-8, its box filled with `text` and the `chosen` dictionaries.

    `other_url` is that of the same page in the other language.
    """
    language = urls.language
    site = messages.label("site-title", language)
    view = PageView(
        language=language,
        title=" – ".join(filter(None, (title.strip(), site))),
        base_url=urls.base_url,
        home_url=UrlBuilder(urls.base_url, language, home=urls.home).search(),
        docs_url=urls.docs(),
        box=box_view(dictionaries, urls, text=text, chosen=chosen),
        fragment=fragment,
        browsing=browsing,
        other_language=Link(messages.label("other-language", language), other_url),
        dictionaries=tuple(Link(d.title, urls.browse(d.id)) for d in dictionaries.values()),
        tips=tuple(_tip(sentence.in_(language), queries, urls) for sentence, queries in messages.TIPS),
        framed=urls.home != HOME_PATH,
    )
    return render("page.html", view)


def _tip(sentence: str, queries: Iterable[str], urls: UrlBuilder) -> Tip:
    return Tip(sentence, tuple(map(UrlBuilder(urls.base_url, urls.language).search_link, queries)))


def browse_view(page: HeadwordPage, dictionary: Dictionary, urls: UrlBuilder, *, start: str) -> BrowseView:
    """The headwords of a dictionary from `start` on."""

    def url(headword: str | None) -> str | None:
        return None if headword is None else urls.browse(dictionary.id, headword)

    count = f"{dictionary.entry_count:,}".replace(",", "." if urls.language == "vi" else ",")
    searches = UrlBuilder(urls.base_url, urls.language, (dictionary.id,))
    return BrowseView(
        dictionary=dictionary.id,
        title=dictionary.title,
        entries=messages.label("entries", urls.language, count=count),
        credit=credit(dictionary),
        language=dictionary.source_language,
        letters=tuple(
            Link(letter.upper(), urls.browse(dictionary.id, letter)) for letter in alphabet(dictionary.source_language)
        ),
        start=start,
        action=f"{urls.base_url}/browse",
        headwords=tuple(map(searches.search_link, page.headwords)),
        previous_url=url(page.before),
        next_url=url(page.after),
    )
