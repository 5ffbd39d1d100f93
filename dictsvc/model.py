"""The nouns of a dictionary service, as frozen structs without behaviour.

The JSON of the API is the msgspec encoding of these structs, and the OpenAPI schemas are made from them,
so the two cannot drift apart.
"""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta, Struct

from dictsvc.match_kinds import MatchKind


class Dictionary(Struct, frozen=True, kw_only=True):
    """A dictionary as it is loaded: what it is called, whose it is, and what state it is in."""

    id: str
    title: str
    source_language: str
    """ISO 639-1 code of the headwords' language, such as `vi`."""
    target_language: str
    licence: str = ""
    origin: str = ""
    """Where it comes from: a URL, an author or a project."""
    description: str = ""
    version: str = ""
    entry_count: int = 0
    digest: str = ""
    """Hexadecimal digest of the description above and of every entry; empty before loading."""


class Example(Struct, frozen=True):
    """A sentence or phrase that shows a sense in use, and its translation where there is one."""

    source: str
    target: str | None = None


class Collocation(Struct, frozen=True):
    """A phrase in which a sense is typical, such as `make an effort`, and its translation where there is one."""

    phrase: str
    translation: str | None = None


class Sense(Struct, frozen=True):
    """One meaning of a headword or idiom."""

    part_of_speech: str | None = None
    labels: tuple[str, ...] = ()
    """Where the sense is used, as the dictionary puts it: `y học`, `arch.`"""
    gloss: str = ""
    note: str | None = None
    """Classifiers, prepositions, irregular forms."""
    examples: tuple[Example, ...] = ()
    pronunciation: str | None = None
    """IPA, only where it differs from the entry's: record (noun, verb)."""
    collocations: tuple[Collocation, ...] = ()
    synonyms: tuple[str, ...] = ()
    """Headwords that mean about the same."""
    antonyms: tuple[str, ...] = ()
    """Headwords that mean the opposite."""


class Idiom(Struct, frozen=True):
    """A set phrase explained under a headword."""

    phrase: str
    senses: tuple[Sense, ...] = ()


class RegionalPronunciation(Struct, frozen=True):
    """How a headword is pronounced in a region."""

    region: str
    """Abbreviation in capitals: `US`."""
    ipa: str


LinkKind = Literal["see", "former", "current"]
"""What a headword is to another: see also; what it was called before (trước là); what it is called now (nay là)."""


class Link(Struct, frozen=True):
    """Another headword that an entry leads to."""

    kind: LinkKind
    headword: str
    note: str | None = None
    """A date or a reason: `từ 3/2025`."""


class Entry(Struct, frozen=True):
    """Everything a dictionary says of one headword. Headwords repeat: they are no key."""

    headword: str
    variants: tuple[str, ...] = ()
    """Other spellings of the headword."""
    pronunciation: str | None = None
    senses: tuple[Sense, ...] = ()
    idioms: tuple[Idiom, ...] = ()
    forms: tuple[str, ...] = ()
    """Inflected forms that the dictionary itself names, such as `went` for `go`."""
    regional_pronunciations: tuple[RegionalPronunciation, ...] = ()
    """Where they differ from `pronunciation`."""
    etymology: str | None = None
    """Where the word comes from, such as its chữ Hán: 決議 for nghị quyết."""
    homonym: int = 0
    """Number that the dictionary gives this one among the entries of its headword, from 1; 0 where it gives none."""
    links: tuple[Link, ...] = ()
    """By kind, in the order of `LinkKind`."""


class Problem(Struct, frozen=True):
    """A record of a dictionary file that was skipped or mended, and why."""

    location: str
    """Where: `line 12`, `record 7 (ba)`."""
    code: str
    """What kind of fault, a word or two that reports count by: `invalid-utf8`, `empty-headword`."""
    detail: str
    skipped: bool = True
    """False where the record was mended and kept."""


class Match(Struct, frozen=True):
    """Why an entry is among the results."""

    kind: MatchKind
    matched: str
    """What the query was found to mean: the headword, a variant, a form, an idiom or a gloss."""
    distance: int
    """Edit distance (OSA) between the folded query and the folded match; 0 where letters agree."""
    score: float
    """0 to 1, comparable within one answer."""


class Hit(Struct, frozen=True):
    """An entry among the results, with the reason why it is there."""

    id: str
    """Stable across reloads of the same entry: `/entry/<id>` is its permalink."""
    headword: str
    dictionary: str
    match: Match
    pronunciation: str | None
    senses: tuple[Sense, ...]
    idioms: tuple[Idiom, ...]
    variants: tuple[str, ...]
    regional_pronunciations: tuple[RegionalPronunciation, ...]
    etymology: str | None
    homonym: int
    """Its number among the entries of the headword in the dictionary, from 1; 0 where it is the only one."""
    links: tuple[Link, ...]
    see_also: Annotated[tuple[str, ...], Meta(extra_json_schema={"deprecated": True})]
    """The headwords of the links of kind `see`; use `links`."""


class Part(Struct, frozen=True):
    """A stretch of a text, and the headword it is or belongs to.

    `start` and `end` are offsets in code points of the text as it was sent.
    """

    text: str
    start: int
    end: int
    headword: str | None = None
    dictionary: str | None = None


class DictionaryReference(Struct, frozen=True):
    """The little that every answer says of a dictionary it drew on."""

    id: str
    title: str
    licence: str
    version: str


class LookupResult(Struct, frozen=True):
    """The whole answer to one query."""

    query: str
    found: bool
    """True when the best hit is of a better kind than prefix, translation and part."""
    generation: str
    more: int
    """How many hits there are beyond the limit."""
    dictionaries: tuple[DictionaryReference, ...]
    results: tuple[Hit, ...]
    suggestions: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()


class LoadReport(Struct, frozen=True, kw_only=True):
    """What loading one dictionary came to."""

    dictionary: Dictionary
    read: int
    kept: int
    skipped: int
    merged: int = 0
    problems: dict[str, int]
    """Count of problems by code, mended records included."""
    places: dict[str, list[str]]
    """The first few places of each code, each with its detail."""
    with_part_of_speech: float
    """Shares of the kept entries, 0 to 1."""
    with_pronunciation: float
    with_examples: float
    seconds: float
    replaced: bool = False
    changed: bool = True
