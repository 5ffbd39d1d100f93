"""A query as it is searched for: checked, keyed once for each kind of language, and what was found so far."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cached_property

from msgspec import Struct

from dictsvc.errors import BadQueryError, UnknownDictionaryError
from dictsvc.language.confusions import length_bonus
from dictsvc.language.keys import VIETNAMESE, Keys, Toned, canonical, folded, region, spaceless, toned
from dictsvc.model import Mode, Part
from dictsvc.search.candidate import Candidate
from dictsvc.search.search_index import Scope, SearchIndex, make_scope
from dictsvc.storage.queries import KeyRow

MOST_CHARACTERS = 200
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]")
"""Unicode's category Cc without those that are spaces in a pasted text: tab, line ends, next line."""
DEFAULT_LIMIT = 10
MOST_RESULTS = 50


class Query(Struct, frozen=True, kw_only=True):
    """What a client asks for."""

    text: str
    dictionaries: tuple[str, ...] = ()
    """Ids in order of priority; empty for all."""
    limit: int = DEFAULT_LIMIT
    mode: Mode = Mode.AUTO


def checked_text(text: str) -> str:
    """The text of a query if it can be looked up. Raises `BadQueryError` where it cannot."""
    if not text.strip():
        raise BadQueryError("blank-query", "The query is blank.")
    if len(text) > MOST_CHARACTERS:
        raise BadQueryError(
            "query-too-long",
            f"The query has {len(text)} characters; {MOST_CHARACTERS} are the most.",
            count=len(text),
            most=MOST_CHARACTERS,
        )
    if _CONTROLS.search(text):
        raise BadQueryError("control-characters", "The query holds control characters.")
    return text


def checked_dictionaries(search_index: SearchIndex, chosen: tuple[str, ...]) -> tuple[str, ...]:
    """The ids of the chosen dictionaries, each once; all where none is named.

    Raises `UnknownDictionaryError` where one is not loaded.
    """
    return scope_of(search_index, chosen).dictionaries


def scope_of(search_index: SearchIndex, chosen: tuple[str, ...]) -> Scope:
    """Where to look: in the chosen dictionaries, or in all where none is named.

    Raises `UnknownDictionaryError` where one is not loaded.
    """
    if not chosen:
        return search_index.everything
    known = search_index.snapshot.dictionaries
    for identifier in chosen:
        if identifier not in known:
            raise UnknownDictionaryError(f"There is no dictionary {identifier!r}.", id=identifier)
    return make_scope(search_index.snapshot, tuple(dict.fromkeys(chosen)))


class QueryContext:
    """One query on its way through the generators."""

    def __init__(self, search_index: SearchIndex, query: Query) -> None:
        self.search_index = search_index
        self.snapshot = search_index.snapshot
        self.query = query
        self.text = " ".join(unicodedata.normalize("NFC", query.text).split())
        self.scope = scope = scope_of(search_index, query.dictionaries)
        self.dictionaries = scope.dictionaries
        self.priority = scope.priority
        self.languages = scope.languages
        self.rows: list[KeyRow] = []
        """Every headword, variant, form and idiom of the query's letters, once a generator has read them."""
        self.found: dict[int, Candidate] = {}
        self.parts: tuple[Part, ...] = ()
        """The words of the query, once a generator has told them apart."""
        own = canonical(self.text)
        as_typed, in_vietnamese = Toned(own), toned(own)
        self.other_keys = keys = Keys(own, as_typed, folded(own))
        """The query's keys among the headwords of languages other than Vietnamese."""
        if in_vietnamese != as_typed and VIETNAMESE in scope.languages:
            keys = Keys(own, in_vietnamese, folded(in_vietnamese))
        self.vietnamese_keys = keys
        folds = dict.fromkeys((keys.folded, self.other_keys.folded))
        self.folded_keys = [key for key in folds if key]
        """Under which keys headwords of the same letters stand."""

    def keys_for(self, language: str) -> Keys:
        """The query's keys among the headwords of a language."""
        return self.vietnamese_keys if language == VIETNAMESE else self.other_keys

    @cached_property
    def length_bonus(self) -> dict[str, float]:
        """By language what the length of the query is worth to every guess at it."""
        return {
            language: length_bonus(self.keys_for(language).folded, vietnamese=language == VIETNAMESE)
            for language in self.languages
        }

    @cached_property
    def coarse_rows(self) -> list[KeyRow]:
        """The same and every headword that some region speaks alike or that differs by spaces only."""
        keys = [region(self.vietnamese_keys.toned), *map(spaceless, self.folded_keys)]
        coarse = [key for key in dict.fromkeys(keys) if key and key not in self.folded_keys]
        return [*self.rows, *self.snapshot.find(coarse)]

    def keep(self, candidates: Iterable[Candidate]) -> None:
        """Add candidates; of two for one entry the better kind stays, then the likelier, then the first."""
        found = self.found
        for candidate in candidates:
            number = candidate.row.entry_id
            present = found.get(number)
            if present is None or (candidate.tier, candidate.slip) < (present.tier, present.slip):
                found[number] = candidate
