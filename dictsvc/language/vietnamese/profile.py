"""The profile of Vietnamese: tones and regions have keys of their own."""

from __future__ import annotations

from dictsvc.language.keys import Canonical, Region, Toned, region, toned
from dictsvc.language.profiles.base import LanguageProfile


class VietnameseProfile(LanguageProfile, frozen=True):
    """Vietnamese."""

    code: str = "vi"

    def toned(self, key: Canonical) -> Toned:
        """The canonical key with each syllable's tone mark at its end, and i for y where either is written."""
        return toned(key)

    def region(self, key: Toned) -> Region:
        """The toned key with the sounds that regions confuse made one."""
        return region(key)


VIETNAMESE_PROFILE = VietnameseProfile()
