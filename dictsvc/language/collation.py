"""Alphabetical order, each language's own."""

from dictsvc.language.profiles import profile_of


def alphabet(language: str) -> tuple[str, ...]:
    """The letters under which a language's headwords are looked for, in order."""
    return profile_of(language).alphabet.initials


def sort_key(text: str, language: str) -> str:
    """A key whose order by code points is the alphabetical order of headwords.

    >>> words = ["mê", "má", "mác", "ma túy", "mà", "mạ", "ma"]
    >>> sorted(words, key=lambda word: sort_key(word, "vi"))
    ['ma', 'ma túy', 'mà', 'má', 'mạ', 'mác', 'mê']
    """
    return profile_of(language).sort_key(text)
