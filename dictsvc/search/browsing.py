"""Reading on: a dictionary in alphabetical order, a headword's neighbours there, phrases that contain it."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Iterator
from itertools import islice

from msgspec import Struct

from dictsvc.language.keys import VIETNAMESE, canonical, keys_of, toned
from dictsvc.search.search_index import SearchIndex
from dictsvc.storage.queries import Headword
from dictsvc.storage.snapshot import Snapshot

_CHUNK = 64
_LOOKED_AT_FOR_ONE = 8
"""For each phrase wanted, so many entries are looked at; bounds the time of words that are everywhere."""
_MOST_READ = 30
"""Entries read whole for their idioms."""


class HeadwordPage(Struct, frozen=True):
    """A stretch of a dictionary's headwords, each once."""

    headwords: tuple[str, ...]
    before: str | None
    """Where the stretch before this one begins; None at the start."""
    after: str | None
    """Where the next one begins; None at the end."""


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
    place = snapshot.position_of(dictionary, start) if start.strip() else first
    found = list(islice(_onwards(snapshot, dictionary, place), most + 1))
    before = list(islice(_backwards(snapshot, dictionary, place), most))
    return HeadwordPage(tuple(found[:most]), before[-1] if before else None, found[most] if len(found) > most else None)


def neighbours(search_index: SearchIndex, headword: str, dictionary: str, each_side: int) -> Neighbours:
    """Up to `each_side` headwords before and after one of a dictionary's headwords."""
    place = search_index.snapshot.position_of(dictionary, headword)
    before = islice(_backwards(search_index.snapshot, dictionary, place), each_side)
    after = (word for word in _onwards(search_index.snapshot, dictionary, place) if word != headword)
    return Neighbours(tuple(before)[::-1], tuple(islice(after, each_side)))


def _onwards(snapshot: Snapshot, dictionary: str, place: int) -> Iterator[str]:
    _, last = snapshot.entry_range(dictionary)
    chunks = (snapshot.headwords_between(dictionary, p, p + _CHUNK) for p in range(place, last + 1, _CHUNK))
    return _distinct(headword for chunk in chunks for headword in chunk)


def _backwards(snapshot: Snapshot, dictionary: str, place: int) -> Iterator[str]:
    first, _ = snapshot.entry_range(dictionary)
    chunks = (snapshot.headwords_between(dictionary, p - _CHUNK, p) for p in range(place, first, -_CHUNK))
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
    contains = _needle(headword, vietnamese=_is_vietnamese(search_index, dictionaries))
    rows = heapq.merge(*_with_words(search_index, headword, dictionaries, most), key=lambda row: -row.commonness)
    found = _unrepeated(row.headword for row in rows if contains(row.headword))
    return tuple(islice(found, most))


def idioms_with(search_index: SearchIndex, headword: str, dictionary: str, most: int) -> tuple[ContainedIdiom, ...]:
    """Idioms that contain `headword` and stand under other headwords, those of the commonest words first."""
    contains = _needle(headword, vietnamese=_is_vietnamese(search_index, [dictionary]))
    rows = (row for rows in _with_words(search_index, headword, [dictionary], most) for row in rows)
    others = [row.entry_id for row in rows if row.headword != headword and not contains(row.headword)]
    found: dict[str, ContainedIdiom] = {}
    for stored in search_index.snapshot.entries(others[:_MOST_READ]):
        for idiom in stored.entry().idioms:
            if contains(idiom.phrase):
                found.setdefault(idiom.phrase, ContainedIdiom(idiom.phrase, stored.headword))
    return tuple(found.values())[:most]


def _with_words(
    search_index: SearchIndex, headword: str, dictionaries: Iterable[str], most: int
) -> list[list[Headword]]:
    """For each dictionary the entries that have all the words of `headword` somewhere, the commonest first."""
    words = keys_of(headword, vietnamese=False).folded.split()
    return [
        search_index.snapshot.phrases_with(words, identifier, most * _LOOKED_AT_FOR_ONE) for identifier in dictionaries
    ]


def _is_vietnamese(search_index: SearchIndex, dictionaries: Iterable[str]) -> bool:
    described = search_index.snapshot.dictionaries
    return any(described[identifier].source_language == VIETNAMESE for identifier in dictionaries)


def _needle(headword: str, *, vietnamese: bool) -> Callable[[str], bool]:
    """Whether a text has `headword` among its words, accents and all, and is longer."""
    key_of = (lambda text: str(toned(canonical(text)))) if vietnamese else canonical
    needle = f" {key_of(headword)} "
    return lambda text: len(found := f" {key_of(text)} ") > len(needle) and needle in found


def _unrepeated(texts: Iterable[str]) -> Iterator[str]:
    seen: set[str] = set()
    for text in texts:
        if text not in seen:
            seen.add(text)
            yield text
