"""The languages that the service knows more of than their letters: a module each, which exports its PROFILE."""

import importlib
import pkgutil

from dictsvc.language.profiles.base import LanguageProfile
from dictsvc.language.vietnamese.profile import PROFILE as VIETNAMESE_PROFILE

GENERIC = LanguageProfile()
"""For any other language, and for text whose language does not matter."""


def _found_profiles() -> dict[str, LanguageProfile]:
    """The profiles of this folder's modules and of Vietnamese, which has a folder of its own, by code."""
    modules = [importlib.import_module(f"{__name__}.{found.name}") for found in pkgutil.iter_modules(__path__)]
    profiles = [module.PROFILE for module in modules if hasattr(module, "PROFILE")]
    return {profile.code: profile for profile in (VIETNAMESE_PROFILE, *profiles)}


_PROFILES = _found_profiles()


def profile_of(language: str) -> LanguageProfile:
    """The profile of a language by its ISO 639-1 code; `GENERIC` where it has none of its own."""
    return _PROFILES.get(language, GENERIC)
