"""How what is being typed may go on: headwords that begin with it, else what it may have been meant to be."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
from msgspec import Struct

from dictsvc.language.keys import VIETNAMESE, keys_of
from dictsvc.language.vietnamese.keystrokes import readings
from dictsvc.model import Sense
from dictsvc.search.accented_prefix import beginnings, is_accented_prefix, is_whole
from dictsvc.search.context import Query, QueryContext, checked_text
from dictsvc.search.lookup import lookup
from dictsvc.search.search_index import SearchIndex
from dictsvc.storage.key_rows import KeyKind
from dictsvc.storage.queries import KeyRow

_MOST_KEYS = 32
"""Keys looked at: where accents are typed, only some of their headwords go on from the text."""
_MOST_READINGS = 3
"""Of raw keystrokes; the likeliest come first."""
_Place = tuple[bool, bool, bool, int, str, int]


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
        rows = _going_on(QueryContext(search_index, msgspec.structs.replace(query, text=text)))
        if rows:
            return tuple(Completion(r.headword, r.dictionary, _first_gloss(r.entry().senses)) for r in rows)
    found: dict[str, Completion] = {}
    for hit in lookup(search_index, query).results:
        found.setdefault(hit.headword, Completion(hit.headword, hit.dictionary, _first_gloss(hit.senses)))
    return tuple(found.values())


def _first_gloss(senses: tuple[Sense, ...]) -> str:
    return next((sense.gloss for sense in senses if sense.gloss), "")


def _texts(typed: str) -> Iterator[str]:
    """What may be meant: the text itself, and only where that is asked for more, what its keystrokes stand for."""
    yield typed
    yield from readings(typed)[:_MOST_READINGS]


def _going_on(search: QueryContext) -> list[KeyRow]:
    """The likeliest headwords that go on from the text, each once."""
    found: dict[str, KeyRow] = {}
    for row in _beginning(search):
        found.setdefault(row.headword, row)
        if len(found) == search.query.limit:
            break
    return list(found.values())


def _beginning(search: QueryContext) -> Iterator[KeyRow]:
    """Headwords that go on from the text, the likeliest first."""
    rows: list[tuple[_Place, KeyRow]] = []
    for language, dictionaries in search.languages.items():
        own = search.keys_for(language).folded
        starts = beginnings(search.text, own, vietnamese=language == VIETNAMESE)
        index = search.search_index.spelling
        begun = {key for start in starts for key in index.commonest(index.begun(start), _MOST_KEYS, language)}
        found = (r for r in search.snapshot.find(sorted(begun)) if r.dictionary in dictionaries)
        rows += [(_place(search, row, own), row) for row in found if row.kind == KeyKind.FOLDED]
    for _, row in sorted(rows, key=lambda found: found[0]):
        theirs = keys_of(row.headword, vietnamese=row.language == VIETNAMESE)
        if is_accented_prefix(search.keys_for(row.language).toned, theirs.toned):
            yield row


def _place(search: QueryContext, row: KeyRow, own: str) -> _Place:
    """The text itself comes first, then, where its last syllable bears a tone and is thus whole, its compounds."""
    another_syllable = is_whole(search.text) and not row.key.startswith(own + " ")
    itself = row.key != own, row.headword != search.text
    return *itself, another_syllable, -row.commonness, row.headword, search.priority[row.dictionary]
