"""The tone variants of an unaccented syllable that are headwords: ma · mà · mả · mã · má · mạ."""

from msgspec import Struct

from dictsvc.language.keys import VIETNAMESE
from dictsvc.language.profiles import profile_of
from dictsvc.language.vietnamese.tones import TONES, tone_of
from dictsvc.search.search_index import SearchIndex, scope_of
from dictsvc.storage.key_rows import HEADWORD


class ToneGroup(Struct, frozen=True):
    """The headwords of one tone."""

    tone: str
    """One of `language.vietnamese.tones.TONES`."""
    headwords: tuple[str, ...]


def homographs(search_index: SearchIndex, text: str, dictionaries: tuple[str, ...]) -> tuple[ToneGroup, ...]:
    """Vietnamese tone variants of one unaccented syllable, grouped by tone; empty where there are fewer than two."""
    profile = profile_of(VIETNAMESE)
    key = profile.keys_of(text).folded
    if not text.isascii() or not key.isalpha():
        return ()
    chosen = scope_of(search_index, dictionaries).languages.get(VIETNAMESE, frozenset())
    rows = search_index.snapshot.find([key])
    found = {row.headword.casefold() for row in rows if row.kind in HEADWORD and row.dictionary in chosen}
    if len(found) < 2:  # noqa: PLR2004
        return ()
    ordered = sorted(found, key=profile.sort_key)
    by_tone = {tone: tuple(word for word in ordered if tone_of(word) == tone) for tone in TONES}
    return tuple(ToneGroup(tone, words) for tone, words in by_tone.items() if words)
