"""What the templates of whole pages are given."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec import Struct

from dictsvc import messages
from dictsvc.language.collation import alphabet
from dictsvc.messages import Language
from dictsvc.model import Dictionary
from dictsvc.search.browsing import HeadwordPage
from dictsvc.web.html.fragment_view import BoxView, FragmentView, View, credit
from dictsvc.web.html.urls import Address, Link


class Tip(Struct, frozen=True):
    """A sentence on how to search, and queries that show it."""

    text: str
    examples: tuple[Link, ...]


class BrowseView(Struct, frozen=True):
    """A stretch of a dictionary in alphabetical order."""

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


def page_view(
    box: BoxView,
    address: Address,
    dictionaries: Iterable[Dictionary],
    *,
    title: str,
    other_url: str,
    fragment: FragmentView | None = None,
    browsing: BrowseView | None = None,
) -> PageView:
    """A page; `other_url` is the same page in the other language."""
    language = address.language
    site = messages.label("site-title", language)
    return PageView(
        language=language,
        title=" – ".join(filter(None, (title.strip(), site))),
        base_url=address.base_url,
        home_url=Address(address.base_url, language, home=address.home).search(),
        docs_url=address.docs(),
        box=box,
        fragment=fragment,
        browsing=browsing,
        other_language=Link(messages.label("other-language", language), other_url),
        dictionaries=tuple(Link(d.title, address.browse(d.id)) for d in dictionaries),
        tips=tuple(_tip(sentence.in_(language), queries, address) for sentence, queries in messages.TIPS),
        framed=address.home != "/",
    )


def _tip(sentence: str, queries: Iterable[str], address: Address) -> Tip:
    return Tip(sentence, tuple(map(Address(address.base_url, address.language).search_link, queries)))


def browse_view(
    page: HeadwordPage, dictionary: Dictionary, address: Address, *, start: str, language: Language
) -> BrowseView:
    """The headwords of a dictionary from `start` on."""

    def url(place: str | None) -> str | None:
        return None if place is None else address.browse(dictionary.id, place)

    count = f"{dictionary.entry_count:,}".replace(",", "." if language == "vi" else ",")
    searches = Address(address.base_url, address.language, (dictionary.id,))
    return BrowseView(
        dictionary=dictionary.id,
        title=dictionary.title,
        entries=messages.label("entries", language, count=count),
        credit=credit(dictionary),
        language=dictionary.source_language,
        letters=tuple(
            Link(letter.upper(), address.browse(dictionary.id, letter))
            for letter in alphabet(dictionary.source_language)
        ),
        start=start,
        action=f"{address.base_url}/browse",
        headwords=tuple(map(searches.search_link, page.headwords)),
        previous_url=url(page.before),
        next_url=url(page.after),
    )


def other_language(address: Address) -> Address:
    """The same address in the other language."""
    other: Language = "en" if address.language == "vi" else "vi"
    return Address(address.base_url, other, address.dictionaries, address.home)


def titles(dictionaries: Mapping[str, Dictionary], chosen: Iterable[str]) -> str:
    """The titles of chosen dictionaries in a row."""
    return ", ".join(dictionaries[identifier].title for identifier in chosen if identifier in dictionaries)
