"""The Vietnamese syllable: onset, rime and tone, and how the three are spelled.

Spelling is regular: an onset of consonants, a rime of one to three vowels with at most one final, and one of
six tones. The onsets, the rimes and the limits on their meeting are those of Vietnamese school grammar;
loanwords (`xăng`, `pin`) keep to them, foreign names and untamed loans (`internet`, `blốc`) do not.
"""

import unicodedata
from functools import lru_cache

from msgspec import Struct

from dictsvc.language.vietnamese.keys import TONE_MARKS

# ruff: noqa: SIM905  the tables below are read as rows of letters

_ONSETS = (*"ngh ng nh ch gh gi kh ph qu th tr b c d đ g h k l m n p r s t v x".split(), "")
"""Longest first, so that the first that fits is the right one."""
_RIMES = frozenset(
    """
    a ac ach ai am an ang anh ao ap at au ay  ăc ăm ăn ăng ăp ăt  âc âm ân âng âp ât âu ây
    e ec em en eng eo ep et  ê êch êm ên ênh êp êt êu
    i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu
    o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong
    ooc oong op ot  ô ôc ôi ôm ôn ông ôp ôt  ơ ơi ơm ơn ơp ơt
    u ua uân uâng uât uây uc uê uêch uênh uêu ui um un ung uơ uôc uôi uôm uôn uông uôt up ut
    uy uya uych uyên uyêt uyn uynh uyp uyt uyu
    ư ưa ưc ưi ưm ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu
    """.split()
)
_RIMES_IN_Y = frozenset("y yêm yên yêng yêt yêu".split())
"""Rimes of syllables without an onset; the bare y also follows h k l m s t."""
_RIMES_AFTER_QU = frozenset(
    """
    a ac ach ai an ang anh ao at au ay ăc ăm ăn ăng ăp ăt âc ân âng ât ây
    e ech en eng eo et ê êch ên ênh êt i it ơ ơi ôc y ych yên yêt ynh yp yt
    """.split()
)
_FRONT = "ieêy"
_ONSETS_BEFORE_FRONT = {"k", "gh", "ngh"}
_ONSETS_BEFORE_BACK = {"c", "g", "ng"}
_ONSETS_BEFORE_Y = {"", "h", "k", "l", "m", "s", "t"}
_STOPS = ("c", "ch", "p", "t")
_TONES_OF_STOPS = {"\u0301", "\u0323"}
_MARKED_VOWELS = "ăâêôơư"
_VOWELS = "aeiouy" + _MARKED_VOWELS
_LONGEST = 7
"""`nghiêng` has the most letters a syllable can have."""


class Syllable(Struct, frozen=True):
    """A syllable taken apart; the tone is its combining mark, empty for the level tone."""

    onset: str
    rime: str
    tone: str


@lru_cache(maxsize=8192)
def parsed(text: str) -> Syllable | None:
    """The syllable that `text` spells, wherever its tone mark stands; None where it spells no possible one.

    >>> parsed("nghị"), parsed("hoà") == parsed("hòa"), parsed("đản"), parsed("blốc")
    (Syllable(onset='ngh', rime='i', tone='̣'), True, Syllable(onset='đ', rime='an', tone='̉'), None)
    """
    letters = unicodedata.normalize("NFD", text.lower())
    tone = "".join(c for c in letters if c in TONE_MARKS)
    bare = unicodedata.normalize("NFC", "".join(c for c in letters if c not in TONE_MARKS))
    if len(tone) > 1 or len(bare) > _LONGEST:
        return None
    for onset in _ONSETS:
        if bare.startswith(onset):
            rime = bare[len(onset) :]
            if _is_combined(onset, rime) and (tone in _TONES_OF_STOPS or not rime.endswith(_STOPS)):
                return Syllable(onset, rime, tone)
    return None


def _is_combined(onset: str, rime: str) -> bool:
    if onset == "qu":
        return rime in _RIMES_AFTER_QU
    if rime in _RIMES_IN_Y:
        return onset in _ONSETS_BEFORE_Y if rime == "y" else not onset
    if rime not in _RIMES or (not onset and rime.startswith("iê")):
        return False
    front = rime[0] in _FRONT
    if onset == "g" and rime[0] == "i":  # gì, gìn, giêng: the i of the onset gi is also the vowel
        return True
    return onset not in (_ONSETS_BEFORE_BACK if front else _ONSETS_BEFORE_FRONT)


def spelled(syllable: Syllable) -> str:
    """The syllable in lower case with its tone mark in the traditional place: `hòa`, `khỏe`, `thủy`, `quý`.

    >>> spelled(parsed("hoà")), spelled(parsed("quí")), spelled(parsed("tuyến"))
    ('hòa', 'quí', 'tuyến')
    """
    marked = _marked_index(syllable.rime)
    before, after = syllable.rime[: marked + 1], syllable.rime[marked + 1 :]
    return unicodedata.normalize("NFC", syllable.onset + before + syllable.tone + after)


def _marked_index(rime: str) -> int:
    """The index of the vowel of a rime that bears the tone mark.

    The vowel with a mark of its own takes it, the second of `ươ`; else the last vowel before a final
    consonant; else, in an open rime, the last vowel but one.
    """
    marked = [index for index, letter in enumerate(rime) if letter in _MARKED_VOWELS]
    if marked:
        return marked[-1]
    vowels = sum(letter in _VOWELS for letter in rime)
    return vowels - 1 if vowels < len(rime) or vowels == 1 else vowels - 2
