"""A query as it is searched for: checked, keyed once for each language, with the rows that stand under its keys."""

import re
import unicodedata
from collections.abc import Container, Iterable, Sequence
from functools import cached_property

from msgspec import Struct

from dictsvc.errors import BadQueryError
from dictsvc.language.keys import Folded, Keys, Toned, canonical, folded, spaceless
from dictsvc.language.profiles.base import LanguageProfile
from dictsvc.language.scripts import foreign_scripts
from dictsvc.match_kinds import Mode
from dictsvc.model import Part
from dictsvc.search.search_index import SearchIndex, scope_of
from dictsvc.storage.queries import KeyRow

MOST_CHARACTERS = 200
"""Characters of a query, at most."""
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


def is_pattern(text: str) -> bool:
    """Whether a query holds wildcards beside letters."""
    return ("*" in text or "?" in text) and any(c.isalnum() for c in text)


class LanguageQuery(Struct, frozen=True, eq=False, gc=False):
    """A query as it is searched for among the headwords of one language."""

    profile: LanguageProfile
    dictionaries: frozenset[str]
    """Ids of the chosen dictionaries of the language."""
    keys: Keys


class QueryContext:
    """A query on its way through the matchers.

    Raises `UnknownDictionaryError` where one of its dictionaries is not loaded.
    """

    def __init__(self, search_index: SearchIndex, query: Query) -> None:
        self.search_index = search_index
        self.snapshot = search_index.snapshot
        self.query = query
        self.text = " ".join(unicodedata.normalize("NFC", query.text).split())
        self.scope = scope = scope_of(search_index, query.dictionaries)
        self.parts: tuple[Part, ...] = ()
        """The words of the query, once the matcher of phrases has separated them."""
        key = canonical(self.text)
        plain = Keys(key, Toned(key), folded(key))
        self.languages: dict[str, LanguageQuery] = {}
        """The query by the languages of the chosen dictionaries."""
        folds: dict[Folded, None] = {}
        for language, profile in scope.profiles.items():
            toned = profile.toned(key)
            keys = plain if toned == plain.toned else Keys(key, toned, folded(toned))
            self.languages[language] = LanguageQuery(profile, scope.languages[language], keys)
            folds[keys.folded] = None
        self.folded_keys = [fold for fold in folds if fold]
        """Under which keys headwords of the same letters stand."""
        self._scripts = foreign_scripts(self.text)

    def chosen(
        self, rows: Iterable[KeyRow], kinds: Container[int], dictionaries: Container[str] | None = None
    ) -> list[KeyRow]:
        """The rows of these kinds of keys and of these dictionaries, all chosen ones where none are named.

        A row that agrees with the query only because one was transliterated from another script is left out.
        """
        among = self.scope.priority if dictionaries is None else dictionaries
        found = [row for row in rows if row.kind in kinds and row.dictionary in among]
        return [row for row in found if self.shares_script(row.written)] if self._scripts else found

    def find(
        self, keys: Sequence[str], kinds: Container[int], dictionaries: Container[str] | None = None
    ) -> list[KeyRow]:
        """The rows under these keys, chosen as by `chosen`."""
        return self.chosen(self.snapshot.find(keys), kinds, dictionaries)

    def shares_script(self, text: str) -> bool:
        """Whether a text has letters of every script but Latin that the query has."""
        return self._scripts <= foreign_scripts(text)

    @cached_property
    def rows(self) -> list[KeyRow]:
        """Every headword, variant, form and idiom of the query's letters."""
        return self.snapshot.find(self.folded_keys)

    @cached_property
    def length_bonus(self) -> dict[str, float]:
        """Language → cost taken off every guess for the query's length."""
        return {
            language: asked.profile.noise.length_bonus(asked.keys.folded) for language, asked in self.languages.items()
        }

    @cached_property
    def coarse_rows(self) -> list[KeyRow]:
        """`rows`, and every headword that some region speaks alike or that differs by spaces only."""
        regions = [asked.profile.region(asked.keys.toned) for asked in self.languages.values()]
        keys = dict.fromkeys([*regions, *map(spaceless, self.folded_keys)])
        return [*self.rows, *self.snapshot.find([key for key in keys if key and key not in self.folded_keys])]
