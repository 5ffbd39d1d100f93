"""The bundled dictionaries as the rules see them: every entry read, and what the rules allow."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import TypeVar

import msgspec
from msgspec import Struct

from dictsvc.entry_parts import senses_of
from dictsvc.errors import SourceError
from dictsvc.language.keys import Toned
from dictsvc.language.profiles import profile_of
from dictsvc.model import Entry, Example, Problem
from dictsvc.sources.catalog import Catalog
from dictsvc.sources.formats import open_source

_BRACKETS = re.compile(r"\s*\([^()]*\)\s*")


class Exceptions(Struct, frozen=True, forbid_unknown_fields=True):
    """What `dictionaries/exceptions.toml` lets pass."""

    loanwords: frozenset[str] = frozenset()
    """Words in Vietnamese text that are not made of Vietnamese syllables."""
    cognates: frozenset[str] = frozenset()
    """Headwords that may stand as their own gloss."""
    written_with_i: frozenset[str] = frozenset()
    """Words that end a syllable in i where Sino-Vietnamese words have y."""
    not_in_wordfreq: frozenset[str] = frozenset()
    """Headwords that are words, although no frequency of theirs is known."""


class BundledDictionary:
    """One dictionary file with its languages, its raw text and all that could be read from it."""

    def __init__(self, identifier: str, source_language: str, target_language: str, path: Path) -> None:
        self.id = identifier
        self.source_language = source_language
        self.target_language = target_language
        self.text = path.read_text(encoding="utf-8", errors="replace")
        records = list(open_source(path, "tsv").records)
        self.entries = [record for record in records if isinstance(record, Entry)]
        self.problems = [record for record in records if isinstance(record, Problem)]

    @cached_property
    def keys(self) -> frozenset[Toned]:
        """The toned keys of all headwords and variants."""
        return frozenset(self.key(word) for entry in self.entries for word in (entry.headword, *entry.variants))

    @cached_property
    def glosses(self) -> Mapping[Toned, frozenset[Toned]]:
        """Headword or variant → what it is translated by, all as toned keys."""
        found: dict[Toned, set[Toned]] = {}
        for entry in self.entries:
            meanings = {self.gloss_key(gloss) for sense in entry.senses for gloss in equivalents(sense.gloss)}
            for word in (entry.headword, *entry.variants):
                found.setdefault(self.key(word), set()).update(meanings)
        return {word: frozenset(meanings) for word, meanings in found.items()}

    def key(self, headword: str) -> Toned:
        """The toned key of a headword."""
        return profile_of(self.source_language).toned_key(headword)

    def gloss_key(self, gloss: str) -> Toned:
        """The key that a gloss, or what is left of it without brackets, has among headwords of its language."""
        return profile_of(self.target_language).toned_key(bare(gloss))


class Bundle(Struct, frozen=True):
    """All bundled dictionaries by id, and what the rules allow."""

    dictionaries: Mapping[str, BundledDictionary]
    exceptions: Exceptions

    def opposite(self, dictionary: BundledDictionary) -> BundledDictionary | None:
        """The dictionary of the other direction, where there is one."""
        return self.dictionaries.get(f"{dictionary.target_language}-{dictionary.source_language}")


def read_bundle(folder: Path) -> Bundle:
    """The bundled dictionaries of a folder with `catalog.toml` and `exceptions.toml`.

    Raises `SourceError` where one of the files is missing or damaged.
    """
    catalog = _decoded(folder / "catalog.toml", Catalog)
    return Bundle(
        {
            identifier: BundledDictionary(identifier, offer.source_language, offer.target_language, folder / offer.file)
            for identifier, offer in catalog.bundled.items()
        },
        _decoded(folder / "exceptions.toml", Exceptions),
    )


_Kind = TypeVar("_Kind")


def _decoded(path: Path, kind: type[_Kind]) -> _Kind:
    try:
        return msgspec.toml.decode(path.read_bytes(), type=kind)
    except OSError as error:
        raise SourceError(f"{path.name} cannot be read: {error.strerror}.") from error
    except msgspec.MsgspecError as error:
        raise SourceError(f"{path.name} is damaged: {error}.") from error


def examples_of(entry: Entry) -> Iterator[Example]:
    """All examples of an entry."""
    for sense in senses_of(entry):
        yield from sense.examples


def equivalents(gloss: str) -> list[str]:
    """The equivalents that a gloss lists.

    >>> equivalents("kettle; pot (for tea; coffee)")
    ['kettle', 'pot (for tea; coffee)']
    """
    return [part.strip() for part in re.split(r";(?![^()]*\))", gloss)]


def bare(gloss: str) -> str:
    """An equivalent without what stands in brackets.

    >>> bare("wear (on the head)")
    'wear'
    """
    return _BRACKETS.sub(" ", gloss).strip()
