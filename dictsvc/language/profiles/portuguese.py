"""Portuguese."""

from dictsvc.language.profiles.base import LanguageProfile

PROFILE = LanguageProfile(code="pt", is_inflected=True)
