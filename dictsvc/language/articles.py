"""Words that stand before a headword in running text: articles, the English `to`, the French `se`."""

from __future__ import annotations

import re

INFINITIVE = "to "
"""What dictionaries put before an English verb of an idiom."""
_INTRODUCTIONS = {
    "en": re.compile(r"(?:the|an?|to)\s+(?=\S\S)", re.IGNORECASE),
    "fr": re.compile(r"(?:(?:les?|la|une?|des|du|se)\s+|[lds]['’]\s*)(?=\S\S)", re.IGNORECASE),
    "de": re.compile(r"(?:der|die|das|eine?|sich)\s+(?=\S\S)", re.IGNORECASE),
}
"""By the code of the language."""


def without_article(text: str, language: str) -> str:
    """The text without the word that introduces it; as it stands where none does.

    >>> without_article("the government", "en"), without_article("l’école", "fr")
    ('government', 'école')
    >>> without_article("theory", "en")
    'theory'
    """
    introduction = _INTRODUCTIONS.get(language)
    found = introduction.match(text) if introduction else None
    return text[found.end() :] if found else text
