"""Which headwords that entries name there are, and in which dictionaries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from dictsvc.entry_parts import references_of
from dictsvc.language.profiles import profile_of
from dictsvc.model import Hit
from dictsvc.search.search_index import SearchIndex
from dictsvc.storage.key_rows import HEADWORD_KINDS

References = Mapping[tuple[str, str], frozenset[str]]
"""(language, headword) → ids of the dictionaries that have it as a headword or variant; no pair without any."""


def resolved_references(search_index: SearchIndex, hits: Iterable[Hit]) -> References:
    """The headwords that hits link to or name as synonyms and antonyms, as far as dictionaries have them."""
    dictionaries = search_index.snapshot.dictionaries
    keys: dict[tuple[str, str], tuple[str, str]] = {}
    for hit in hits:
        language = dictionaries[hit.dictionary].source_language
        for headword in references_of(hit):
            found = profile_of(language).keys_of(headword)
            keys[language, headword] = found.toned, found.folded
    found_in: dict[tuple[str, str], set[str]] = {}
    for row in search_index.snapshot.find(sorted({folded for _, folded in keys.values() if folded})):
        if row.kind in HEADWORD_KINDS:
            toned = profile_of(row.language).toned_key(row.written)
            found_in.setdefault((row.language, toned), set()).add(row.dictionary)
    pairs = ((name, found_in.get((name[0], toned))) for name, (toned, _) in keys.items())
    return {name: frozenset(ids) for name, ids in pairs if ids}
