"""Under which keys and words an entry is found: the rows of table `key` and the full texts, made only here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from dictsvc.entry_parts import glosses_of
from dictsvc.language.keys import Canonical, folded, spaceless
from dictsvc.language.profiles import GENERIC
from dictsvc.language.profiles.base import LanguageProfile
from dictsvc.model import Entry


class KeyKind:
    """Numbers that say what a row of table `key` is a key of.

    Plain numbers: finding a member of an enum takes 60 ns, and lookups name these for every row.
    """

    FOLDED = 0
    """The headword, folded."""
    VARIANT = 1
    """Another spelling of the headword, folded."""
    FORM = 2
    """An inflected form of the headword, folded."""
    REGION = 3
    """The headword, with what regions of Vietnam confuse made one."""
    SPACELESS = 4
    """The headword, folded and without spaces."""
    IDIOM = 5
    """A phrase explained under the headword, folded."""


HEADWORD = frozenset({KeyKind.FOLDED})
"""The kind of the folded key of a headword itself."""
HEADWORD_KINDS = frozenset({KeyKind.FOLDED, KeyKind.VARIANT})
"""Kinds of the folded keys of headwords as they are written, in any of their spellings."""
WORD_KINDS = HEADWORD_KINDS | {KeyKind.FORM}
"""Kinds of the folded keys of words in a text: headwords in any spelling, inflected or not."""
FOLDED_KINDS = WORD_KINDS | {KeyKind.IDIOM}
"""Kinds of all folded keys: what a row has is found by folding the whole query."""
SPACELESS_KINDS = HEADWORD | {KeyKind.SPACELESS}
"""Kinds of the keys by which a headword is found whatever its spaces."""
REGION_KINDS = HEADWORD | {KeyKind.REGION}
"""Kinds of the keys by which a headword is found however some region speaks it."""


class NewKeyRow(NamedTuple):
    """A row of table `key` to be written."""

    key: str
    kind: int
    entry_id: int
    text: str | None
    """The variant, form or idiom as written, where it is not the key itself."""


def key_rows(entry: Entry, entry_id: int, profile: LanguageProfile) -> Iterator[NewKeyRow]:
    """The rows of table `key` for an entry: a key equal to a finer one is not stored."""
    keys = profile.keys_of(entry.headword)
    if keys.folded:
        yield NewKeyRow(keys.folded, KeyKind.FOLDED, entry_id, None)
        joined = str(spaceless(keys.folded))
        if joined and joined != keys.folded:
            yield NewKeyRow(joined, KeyKind.SPACELESS, entry_id, None)
    sound = str(profile.region(keys.toned))
    if sound and sound != keys.folded:
        yield NewKeyRow(sound, KeyKind.REGION, entry_id, None)
    yield from spelling_rows(KeyKind.VARIANT, entry.variants, [entry_id], profile)
    yield from spelling_rows(KeyKind.FORM, entry.forms, [entry_id], profile)
    yield from spelling_rows(KeyKind.IDIOM, _phrases(entry, profile), [entry_id], profile)


def spelling_rows(
    kind: int, spellings: Iterable[str], entry_ids: Sequence[int], profile: LanguageProfile
) -> Iterator[NewKeyRow]:
    """The rows of table `key` for variants, forms or idioms of these entries; an empty key makes none."""
    for spelling in spellings:
        key = profile.keys_of(spelling).folded
        if key:
            for entry_id in entry_ids:
                yield NewKeyRow(key, kind, entry_id, spelling if spelling != key else None)


def _phrases(entry: Entry, profile: LanguageProfile) -> list[str]:
    """The idioms that an entry explains, and what follows the `to` of those that are English verbs."""
    phrases = dict.fromkeys(idiom.phrase for idiom in entry.idioms if idiom.phrase != entry.headword)
    bare = (phrase.removeprefix(profile.infinitive_marker) for phrase in phrases)
    return list(dict.fromkeys((*phrases, *bare)))


def gloss_text(entry: Entry) -> str:
    """The folded text under which an entry is found by its glosses."""
    text = " ; ".join(glosses_of(entry))
    return folded(Canonical(text.casefold())) if text else ""


def phrase_text(entry: Entry) -> str:
    """The folded text under which an entry is found by the words of its headword and idioms; empty for one word."""
    texts = [entry.headword, *[idiom.phrase for idiom in entry.idioms]]
    keys = (GENERIC.keys_of(text).folded for text in texts)
    return " ; ".join(key for key in keys if " " in key)
