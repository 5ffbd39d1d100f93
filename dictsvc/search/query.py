"""A query as it is searched for: checked, keyed once for each kind of language, and what was found so far."""

from __future__ import annotations

import re
import unicodedata

from msgspec import Struct

from dictsvc.errors import BadQueryError, UnknownDictionaryError
from dictsvc.language.keys import Keys, keys_of
from dictsvc.model import MatchKind, Mode
from dictsvc.search.lexicon import VIETNAMESE, Lexicon, Scope, make_scope
from dictsvc.storage.snapshot import KeyRow

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


def checked_dictionaries(lexicon: Lexicon, chosen: tuple[str, ...]) -> tuple[str, ...]:
    """The ids of the chosen dictionaries, each once; all where none is named.

    Raises `UnknownDictionaryError` where one is not loaded.
    """
    return scope_of(lexicon, chosen).dictionaries


def scope_of(lexicon: Lexicon, chosen: tuple[str, ...]) -> Scope:
    """Where to look: in the chosen dictionaries, or in all where none is named.

    Raises `UnknownDictionaryError` where one is not loaded.
    """
    if not chosen:
        return lexicon.everything
    known = lexicon.snapshot.dictionaries
    for identifier in chosen:
        if identifier not in known:
            raise UnknownDictionaryError(f"There is no dictionary {identifier!r}.", id=identifier)
    return make_scope(lexicon.snapshot, tuple(dict.fromkeys(chosen)))


_SCORED = 2
_TIERS = {
    MatchKind.EXACT: 0,
    MatchKind.SPELLING: 1,
    MatchKind.PREFIX: 3,
    MatchKind.TRANSLATION: 3,
    MatchKind.PART: 3,
}


class Candidate(Struct, frozen=True):
    """A headword that may be meant, with the evidence for it."""

    row: KeyRow
    kind: MatchKind
    matched: str
    distance: int
    slip: float
    """How unlikely it is to type the query and mean this: natural logarithm, 0 for certain."""

    @property
    def tier(self) -> int:
        """The hard rules of order: exact, then spelling, then all that the score orders, then the rest."""
        return _TIERS.get(self.kind, _SCORED)


class Search:
    """One query on its way through the generators."""

    def __init__(self, lexicon: Lexicon, query: Query) -> None:
        self.lexicon = lexicon
        self.snapshot = lexicon.snapshot
        self.query = query
        self.text = " ".join(unicodedata.normalize("NFC", query.text).split())
        self.scope = scope_of(lexicon, query.dictionaries)
        self.dictionaries = self.scope.dictionaries
        self.priority = self.scope.priority
        self.languages = self.scope.languages
        self.found: dict[int, Candidate] = {}
        self.other_keys = keys_of(self.text, vietnamese=False)
        """The query's keys among the headwords of languages other than Vietnamese."""
        self.vietnamese_keys = keys_of(self.text, vietnamese=True) if VIETNAMESE in self.languages else self.other_keys

    def keys_for(self, language: str) -> Keys:
        """The query's keys among the headwords of a language."""
        return self.vietnamese_keys if language == VIETNAMESE else self.other_keys

    def language_of(self, row: KeyRow) -> str:
        """The language of a headword."""
        return self.snapshot.dictionaries[row.dictionary].source_language

    def keep(self, candidate: Candidate) -> None:
        """Add a candidate; of two for one entry the better kind stays, then the likelier, then the first."""
        number = candidate.row.entry
        present = self.found.get(number)
        if present is None or (candidate.tier, candidate.slip) < (present.tier, present.slip):
            self.found[number] = candidate
