"""German."""

import re

from dictsvc.language.profiles.base import LanguageProfile

PROFILE = LanguageProfile(
    code="de",
    article=re.compile(r"(?:der|die|das|eine?|sich)\s+(?=\S\S)", re.IGNORECASE),
    is_inflected=True,
)
