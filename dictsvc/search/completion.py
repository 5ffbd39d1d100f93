"""How what is being typed may go on: headwords that begin with it, else what it may have been meant to be."""

from collections.abc import Iterator

import msgspec
from msgspec import Struct

from dictsvc.language.vietnamese.keystrokes import readings
from dictsvc.language.vietnamese.tones import is_whole
from dictsvc.model import Sense
from dictsvc.search.accented_prefix import is_accented_prefix
from dictsvc.search.context import Query, QueryContext, checked_text
from dictsvc.search.lookup import lookup
from dictsvc.search.search_index import SearchIndex
from dictsvc.storage.key_rows import HEADWORD
from dictsvc.storage.queries import KeyRow

_MAX_KEYS = 32
"""Keys of a language that are looked at: where accents are typed, only some of their headwords go on from the text."""
_MAX_READINGS = 3
"""Readings of raw keystrokes that are tried, the likeliest."""
_Rank = tuple[bool, bool, bool, int, str, int]


class Completion(Struct, frozen=True):
    """A headword that the text being typed may become."""

    headword: str
    dictionary: str
    gloss: str
    """The first gloss of its entry; empty where there is none."""


def completions(search_index: SearchIndex, query: Query) -> tuple[Completion, ...]:
    """Up to `query.limit` headwords that go on from the text, each once: the text itself first, then the commonest.

    Accents that are typed count. Where no headword begins with the text, those that begin with what its raw
    keystrokes stand for, else those that a lookup finds, stand in. Raises what `lookup` raises.
    """
    checked_text(query.text)
    for text in _texts(query.text):
        rows = _continuing(QueryContext(search_index, msgspec.structs.replace(query, text=text)))
        if rows:
            return tuple(Completion(r.headword, r.dictionary, _first_gloss(r.entry().senses)) for r in rows)
    found: dict[str, Completion] = {}
    for hit in lookup(search_index, query).results:
        found.setdefault(hit.headword, Completion(hit.headword, hit.dictionary, _first_gloss(hit.senses)))
    return tuple(found.values())


def _first_gloss(senses: tuple[Sense, ...]) -> str:
    return next((sense.gloss for sense in senses if sense.gloss), "")


def _texts(typed: str) -> Iterator[str]:
    """What may be meant: the text itself, then, lazily: what its keystrokes stand for."""
    yield typed
    yield from readings(typed)[:_MAX_READINGS]


def _continuing(search: QueryContext) -> list[KeyRow]:
    """The likeliest headwords that go on from the text, each once."""
    found: dict[str, KeyRow] = {}
    for row in _beginning(search):
        found.setdefault(row.headword, row)
        if len(found) == search.query.limit:
            break
    return list(found.values())


def _beginning(search: QueryContext) -> Iterator[KeyRow]:
    """Headwords that go on from the text, the likeliest first."""
    index = search.search_index.spelling
    rows: list[tuple[_Rank, KeyRow]] = []
    for language, asked in search.languages.items():
        prefixes = asked.profile.prefix_keys(search.text, asked.keys)
        keys = {key for prefix in prefixes for key in index.commonest(index.prefixed(prefix), _MAX_KEYS, language)}
        found = search.find(sorted(keys), HEADWORD, asked.dictionaries)
        rows += [(_rank(search, row, asked.keys.folded), row) for row in found]
    for _, row in sorted(rows, key=lambda found: found[0]):
        asked = search.languages[row.language]
        if is_accented_prefix(asked.keys.toned, asked.profile.toned_key(row.headword)):
            yield row


def _rank(search: QueryContext, row: KeyRow, key: str) -> _Rank:
    """The text itself comes first, then, where its last syllable bears a tone and is thus whole, its compounds."""
    is_other_syllable = is_whole(search.text) and not row.key.startswith(key + " ")
    is_other = row.key != key, row.headword != search.text
    return *is_other, is_other_syllable, -row.commonness, row.headword, search.scope.priority[row.dictionary]
