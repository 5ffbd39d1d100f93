"""Italian."""

from dictsvc.language.profiles.base import LanguageProfile

PROFILE = LanguageProfile(code="it", is_inflected=True)
