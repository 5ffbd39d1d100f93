"""What it is for a headword to begin with a text that is still being typed."""

from __future__ import annotations

from dictsvc.language.collation import tone_of
from dictsvc.language.keys import TONE_MARKS, Toned, canonical, folded, lacks_only_marks


def is_whole(text: str) -> bool:
    """Whether the last syllable of a text bears a tone, so that nobody goes on typing it."""
    return bool(tone_of(text.rsplit(maxsplit=1)[-1]))


def beginnings(text: str, own: str, *, vietnamese: bool) -> list[str]:
    """The folded keys that headwords beginning with `text` may begin with.

    Two for `quy`: as a whole syllable it is keyed as `qui`, as the beginning of `quyết` as it stands.
    """
    ways = {own, folded(canonical(text))} if vietnamese else {own}
    if vietnamese and is_whole(text):
        ways.add(own + " ")
    return sorted(way for way in ways if way.strip())


def is_accented_prefix(typed: Toned, headword: Toned) -> bool:
    """Whether the marks typed so far stand in a headword that begins with the letters typed so far.

    >>> from dictsvc.language.keys import toned
    >>> is_accented_prefix(toned(canonical("nghị qu")), toned(canonical("nghị quyết")))
    True
    >>> from dictsvc.language.keys import toned
    >>> is_accented_prefix(toned(canonical("má")), toned(canonical("mà")))
    False
    """
    if typed.isascii():
        return True
    pairs = zip(typed.split(" "), headword.split(" "), strict=False)
    return all(lacks_only_marks(Toned(mine), _begun(theirs, len(mine.rstrip(TONE_MARKS)))) for mine, theirs in pairs)


def _begun(syllable: str, letters: int) -> Toned:
    """The first letters of a syllable, with its tone."""
    bare = syllable.rstrip(TONE_MARKS)
    return Toned(bare[:letters] + syllable[len(bare) :])
