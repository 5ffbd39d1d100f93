"""Reading on: a dictionary in alphabetical order, a headword's neighbours there, phrases that contain it."""

import heapq
from collections.abc import Callable, Iterable, Iterator
from itertools import islice

from msgspec import Struct

from dictsvc.language.profiles import GENERIC, profile_of
from dictsvc.language.profiles.base import LanguageProfile
from dictsvc.search.search_index import SearchIndex
from dictsvc.storage.queries import Headword
from dictsvc.storage.snapshot import Snapshot

_CHUNK = 64
_ENTRIES_PER_PHRASE = 8
"""Entries that are looked at for each phrase wanted; bounds the time of words that are everywhere."""
_MAX_READ = 30
"""Entries read whole for their idioms."""


class HeadwordPage(Struct, frozen=True):
    """A page of a dictionary's headwords, each once."""

    headwords: tuple[str, ...]
    before: str | None
    """The first headword of the page before this one; None at the start."""
    after: str | None
    """The first headword of the next page; None at the end."""


class Neighbours(Struct, frozen=True):
    """The headwords beside one, in alphabetical order."""

    before: tuple[str, ...]
    after: tuple[str, ...]


class ContainedIdiom(Struct, frozen=True):
    """An idiom that stands under another headword."""

    phrase: str
    headword: str


def headword_page(search_index: SearchIndex, dictionary: str, start: str, most: int) -> HeadwordPage:
    """`most` headwords of a dictionary from `start`, which need not be one; the first ones where it is blank."""
    snapshot = search_index.snapshot
    first, _ = snapshot.entry_range(dictionary)
    rank = snapshot.position_of(dictionary, start) if start.strip() else first
    found = list(islice(_onwards(snapshot, dictionary, rank), most + 1))
    before = list(islice(_backwards(snapshot, dictionary, rank), most))
    return HeadwordPage(tuple(found[:most]), before[-1] if before else None, found[most] if len(found) > most else None)


def neighbours(search_index: SearchIndex, headword: str, dictionary: str, each_side: int) -> Neighbours:
    """Up to `each_side` headwords before and after one of a dictionary's headwords."""
    rank = search_index.snapshot.position_of(dictionary, headword)
    before = islice(_backwards(search_index.snapshot, dictionary, rank), each_side)
    after = (word for word in _onwards(search_index.snapshot, dictionary, rank) if word != headword)
    return Neighbours(tuple(before)[::-1], tuple(islice(after, each_side)))


def _onwards(snapshot: Snapshot, dictionary: str, rank: int) -> Iterator[str]:
    _, last = snapshot.entry_range(dictionary)
    chunks = (snapshot.headwords_between(dictionary, p, p + _CHUNK) for p in range(rank, last + 1, _CHUNK))
    return _distinct(headword for chunk in chunks for headword in chunk)


def _backwards(snapshot: Snapshot, dictionary: str, rank: int) -> Iterator[str]:
    first, _ = snapshot.entry_range(dictionary)
    chunks = (snapshot.headwords_between(dictionary, p - _CHUNK, p) for p in range(rank, first, -_CHUNK))
    return _distinct(headword for chunk in chunks for headword in reversed(chunk))


def _distinct(headwords: Iterable[Headword]) -> Iterator[str]:
    """Equal headwords stand side by side: each once."""
    last = None
    for found in headwords:
        if found.headword != last:
            last = found.headword
            yield last


def longer_headwords(
    search_index: SearchIndex, headword: str, dictionaries: Iterable[str], most: int
) -> tuple[str, ...]:
    """Headwords of several words that contain `headword`, accents and all; the commonest first."""
    containing = [_longer_in(search_index, headword, dictionary, most) for dictionary in dictionaries]
    found: dict[str, None] = {}
    for row in heapq.merge(*containing, key=lambda row: -row.commonness):
        found[row.headword] = None
        if len(found) == most:
            break
    return tuple(found)


def _longer_in(search_index: SearchIndex, headword: str, dictionary: str, most: int) -> Iterator[Headword]:
    contains = _containing(headword, _profile_of(search_index, dictionary))
    return (row for row in _with_words(search_index, headword, dictionary, most) if contains(row.headword))


def idioms_with(search_index: SearchIndex, headword: str, dictionary: str, most: int) -> tuple[ContainedIdiom, ...]:
    """Idioms that contain `headword` and stand under other headwords, those of the commonest words first."""
    contains = _containing(headword, _profile_of(search_index, dictionary))
    rows = _with_words(search_index, headword, dictionary, most)
    others = [row.entry_id for row in rows if row.headword != headword and not contains(row.headword)]
    found: dict[str, ContainedIdiom] = {}
    for stored in search_index.snapshot.entries(others[:_MAX_READ]):
        for idiom in stored.entry().idioms:
            if contains(idiom.phrase):
                found.setdefault(idiom.phrase, ContainedIdiom(idiom.phrase, stored.headword))
    return tuple(found.values())[:most]


def _with_words(search_index: SearchIndex, headword: str, dictionary: str, most: int) -> list[Headword]:
    """The entries that have all the words of `headword` somewhere, the commonest first."""
    words = GENERIC.keys_of(headword).folded.split()
    return search_index.snapshot.phrases_with(words, dictionary, most * _ENTRIES_PER_PHRASE)


def _profile_of(search_index: SearchIndex, dictionary: str) -> LanguageProfile:
    return profile_of(search_index.snapshot.dictionaries[dictionary].source_language)


def _containing(headword: str, profile: LanguageProfile) -> Callable[[str], bool]:
    """Whether a text has `headword` among its words, accents and all, and is longer."""
    needle = f" {profile.toned_key(headword)} "
    return lambda text: len(found := f" {profile.toned_key(text)} ") > len(needle) and needle in found
