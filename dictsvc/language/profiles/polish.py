"""Polish."""

from dictsvc.language.profiles.base import LanguageProfile

PROFILE = LanguageProfile(code="pl", is_inflected=True)
