"""French."""

import re

from dictsvc.language.profiles.base import LanguageProfile

PROFILE = LanguageProfile(
    code="fr",
    article=re.compile(r"(?:(?:les?|la|une?|des|du|se)\s+|[lds]['’]\s*)(?=\S\S)", re.IGNORECASE),
    is_inflected=True,
)
