"""The languages that the service knows more of than their letters: one file each, and the table of them all."""

from __future__ import annotations

from dictsvc.language.profiles.base import LanguageProfile
from dictsvc.language.vietnamese.profile import VIETNAMESE_PROFILE

GENERIC = LanguageProfile()
"""For any other language, and for text whose language does not matter."""
_PROFILES = {profile.code: profile for profile in (VIETNAMESE_PROFILE,)}


def profile_of(language: str) -> LanguageProfile:
    """The profile of a language by its ISO 639-1 code; `GENERIC` where it has none of its own."""
    return _PROFILES.get(language, GENERIC)
