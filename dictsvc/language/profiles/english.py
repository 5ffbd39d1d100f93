"""English."""

import re

from dictsvc.language.profiles.base import LanguageProfile

PROFILE = LanguageProfile(
    code="en",
    article=re.compile(r"(?:the|an?|to)\s+(?=\S\S)", re.IGNORECASE),
    infinitive_marker="to ",
    highlighted_endings=frozenset({"", "s", "es", "d", "ed", "ing"}),
    doubling_endings=frozenset({"ed", "ing"}),
    is_inflected=True,
)
