"""What the service needs to know of a language, and what it assumes of one that has no profile of its own."""

from __future__ import annotations

from msgspec import Struct

from dictsvc.language.keys import Canonical, Keys, Region, Toned, canonical, folded


class LanguageProfile(Struct, frozen=True):
    """One language of headwords or glosses; the defaults serve any language written letter by letter."""

    code: str = ""
    """ISO 639-1; empty for the profile of languages that have none of their own."""

    def toned(self, key: Canonical) -> Toned:
        """The canonical key with spellings of one word that this language allows made one."""
        return Toned(key)

    def region(self, key: Toned) -> Region:
        """The toned key with what regions confuse made one; empty where the language has no such key."""
        return Region("")

    def toned_key(self, text: str) -> Toned:
        """The toned key of a headword or query."""
        return self.toned(canonical(text))

    def keys_of(self, text: str) -> Keys:
        """The keys of a headword or query."""
        first = canonical(text)
        second = self.toned(first)
        return Keys(first, second, folded(second))
