"""What it is for a headword to begin with a text that is still being typed."""

from dictsvc.language.keys import Toned, lacks_only_marks
from dictsvc.language.vietnamese.keys import TONE_MARKS


def is_accented_prefix(typed: Toned, headword: Toned) -> bool:
    """Whether the marks typed so far stand in a headword that begins with the letters typed so far.

    >>> from dictsvc.language.profiles import profile_of
    >>> key = profile_of("vi").toned_key
    >>> is_accented_prefix(key("nghị qu"), key("nghị quyết")), is_accented_prefix(key("má"), key("mà"))
    (True, False)
    """
    if typed.isascii():
        return True
    pairs = zip(typed.split(" "), headword.split(" "), strict=False)
    return all(lacks_only_marks(Toned(one), _beginning(other, len(one.rstrip(TONE_MARKS)))) for one, other in pairs)


def _beginning(syllable: str, letters: int) -> Toned:
    """The first letters of a syllable, with its tone."""
    bare = syllable.rstrip(TONE_MARKS)
    return Toned(bare[:letters] + syllable[len(bare) :])
