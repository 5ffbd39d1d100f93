"""Under which keys and words an entry is found: the rows of table `key` and the full texts, made only here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from dictsvc.entry_parts import glosses_of, senses_of
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
    """The headword, with what regions of Vietnam confuse treated alike."""
    SPACELESS = 4
    """The headword, folded and without spaces."""
    IDIOM = 5
    """A phrase explained under the headword, folded."""
    COLLOCATION = 6
    """A phrase in which a sense of the headword is typical, folded."""


HEADWORD = frozenset({KeyKind.FOLDED})
"""Kind of the folded key of a headword as it is shown."""
HEADWORD_KINDS = HEADWORD | {KeyKind.VARIANT}
"""Kinds of the folded keys of headwords in any of their spellings."""
WORD_KINDS = HEADWORD_KINDS | {KeyKind.FORM}
"""Kinds of the folded keys of words in a text: headwords in any spelling, inflected or not."""
FOLDED_KINDS = WORD_KINDS | {KeyKind.IDIOM, KeyKind.COLLOCATION}
"""Kinds of all folded keys."""
SPACELESS_KINDS = HEADWORD | {KeyKind.SPACELESS}
"""Kinds that a query without spaces meets; a spaceless key equal to the folded one is not stored."""
REGION_KINDS = HEADWORD | {KeyKind.REGION}
"""Kinds that a regional spelling meets; a region's key equal to the folded one is not stored."""


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
    region = str(profile.region(keys.toned))
    if region and region != keys.folded:
        yield NewKeyRow(region, KeyKind.REGION, entry_id, None)
    yield from spelling_rows(KeyKind.VARIANT, entry.variants, [entry_id], profile)
    yield from spelling_rows(KeyKind.FORM, entry.forms, [entry_id], profile)
    idioms = (idiom.phrase for idiom in entry.idioms)
    yield from spelling_rows(KeyKind.IDIOM, _phrases(entry, idioms, profile), [entry_id], profile)
    collocations = (collocation.phrase for sense in senses_of(entry) for collocation in sense.collocations)
    yield from spelling_rows(KeyKind.COLLOCATION, _phrases(entry, collocations, profile), [entry_id], profile)


def spelling_rows(
    kind: int, spellings: Iterable[str], entry_ids: Sequence[int], profile: LanguageProfile
) -> Iterator[NewKeyRow]:
    """The rows of table `key` for variants, forms or idioms of these entries; an empty key makes none."""
    for spelling in spellings:
        key = profile.keys_of(spelling).folded
        if key:
            for entry_id in entry_ids:
                yield NewKeyRow(key, kind, entry_id, spelling if spelling != key else None)


def _phrases(entry: Entry, texts: Iterable[str], profile: LanguageProfile) -> list[str]:
    """Phrases of an entry that are not its headword, those that are verbs also without their infinitive's marker."""
    phrases = dict.fromkeys(text for text in texts if text != entry.headword)
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
