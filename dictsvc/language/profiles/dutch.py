"""Dutch."""

from dictsvc.language.profiles.base import LanguageProfile

PROFILE = LanguageProfile(code="nl", is_inflected=True)
