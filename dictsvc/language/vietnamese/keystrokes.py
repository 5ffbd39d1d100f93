"""Keystrokes that no input method caught → Vietnamese, and English that a Telex left on has mangled.

The three ways of typing Vietnamese on a Latin keyboard agree in all but their keys: a key gives the syllable
its tone, or a letter its mark, and it may come right after the letter or anywhere later in the syllable.

| | sắc huyền hỏi ngã nặng | â ê ô | ơ ư | ă | đ |
|---|---|---|---|---|---|
| Telex | s f r x j | the letter again | w | w | d again |
| VNI | 1 2 3 4 5 | 6 | 7 | 8 | 9 |
| VIQR | ' ` ? ~ . | ^ | + or * | ( | d again |

In Telex a key typed twice stands for itself (`ass` → as), `[` and `]` are ơ and ư, and a lone w is ư.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice, product

from msgspec import Struct

from dictsvc.language.vietnamese.syllables import parsed, spelled

_SAC, _HUYEN, _HOI, _NGA, _NANG = "\u0301", "\u0300", "\u0309", "\u0303", "\u0323"
_ROOF, _HORN, _BREVE = str.maketrans("aeo", "âêô"), str.maketrans("ou", "ơư"), str.maketrans("a", "ă")
_HORNED = {"uo": "ươ", "uu": "ưu"}
"""Of two vowels, which get the horn: both of `uo`, the first of `uu`."""
_MOST_READINGS = 24
_MOST_PARSES = 200
_LONGEST_TYPED = 11
"""Keystrokes of the longest syllable: `nghieengs` and two keys to spare."""
_VOWELS = frozenset("aeiouyăâêôơư")


class Method(Struct, frozen=True, eq=False):
    """A way of typing: its keys."""

    name: str
    tones: dict[str, str]
    """Key → combining tone mark."""
    roofs: str
    """Keys of â ê ô; in Telex the letter itself is."""
    horns: str
    breves: str
    bars: str
    """Keys of đ; elsewhere a second d."""
    letters: dict[str, str]
    """Keys that are a letter by themselves."""
    remover: str
    """The key that takes the tone away again."""


TELEX = Method(
    "telex",
    {"s": _SAC, "f": _HUYEN, "r": _HOI, "x": _NGA, "j": _NANG},
    "",
    "w",
    "w",
    "",
    {"w": "ư", "[": "ơ", "]": "ư"},
    "z",
)
VNI = Method("vni", {"1": _SAC, "2": _HUYEN, "3": _HOI, "4": _NGA, "5": _NANG}, "6", "7", "8", "9", {}, "0")
VIQR = Method("viqr", {"'": _SAC, "`": _HUYEN, "?": _HOI, "~": _NGA, ".": _NANG}, "^", "+*", "(", "", {}, "-")

_QUOTES = str.maketrans("\u2019\u2018\u00b4", "''`")
_TELEX_KEYS = re.compile(r"[sfrxjwz\[\]]|aa|ee|oo|dd|([aeod]).*\1")
_VNI_KEYS = re.compile(r"[a-z]+[1-9]")
_VIQR_KEYS = re.compile(r"[aeiouy][\^+*(]?['`?~.]|[aeo]\^|[ou][+*]|a\(|dd")


def readings(text: str, *, telex: bool = True) -> tuple[str, ...]:
    """What raw keystrokes may stand for, likeliest first: Vietnamese texts with marks; none where no key shows.

    Every syllable of a reading is one that Vietnamese has, but for words in which no key was seen. Whether
    it is a word only a dictionary can tell; without `telex` only the two ways whose keys show are tried.

    >>> readings("tuwf ddieenr")[0], readings("nghi5 quye61t")[0], readings("phu+o+.ng")[0]
    ('từ điển', 'nghị quyết', 'phượng')
    >>> readings("nongslongf")
    ('nóng lòng',)
    """
    if not text.isascii():
        text = text.translate(_QUOTES)
        if not text.isascii():
            return ()
    typed = text.lower().strip()
    found: dict[str, None] = {}
    for method, keys in ((VNI, _VNI_KEYS), (VIQR, _VIQR_KEYS), (TELEX, _TELEX_KEYS)):
        if (telex or method is not TELEX) and keys.search(typed):
            for reading in islice(_phrases(typed, method), _MOST_READINGS):
                found.setdefault(reading)
    found.pop(typed, None)
    return tuple(found)


def _phrases(typed: str, method: Method) -> Iterator[str]:
    parts = typed.split()
    words = [_word(part, method, alone=len(parts) == 1) for part in parts]
    if all(words):
        for choice in islice(product(*words), _MOST_READINGS):
            yield " ".join(choice)


def _word(typed: str, method: Method, *, alone: bool) -> tuple[str, ...]:
    """The readings of what was typed without a space: as one syllable, else (if alone, also) as several."""
    whole = _syllable(typed, method)
    if whole and not alone:
        return whole
    return (*whole, *_several(typed, method)) or ((typed,) if typed.isalpha() else ())


@lru_cache(maxsize=1024)
def _syllable(typed: str, method: Method) -> tuple[str, ...]:
    """The Vietnamese syllables that these keystrokes make, the strictest reading first."""
    if len(typed) > _LONGEST_TYPED:
        return ()
    made = (state.syllable() for state in islice(_typed(_State((), ""), typed, method), _MOST_PARSES))
    return tuple(dict.fromkeys(syllable for syllable in made if syllable))


@lru_cache(maxsize=1024)
def _several(typed: str, method: Method) -> tuple[str, ...]:
    """The ways to read keystrokes as one syllable or more, those with the fewest syllables first."""
    if not typed:
        return ("",)
    found: dict[str, None] = {}
    for end in range(min(len(typed), _LONGEST_TYPED), 0, -1):
        heads = _syllable(typed[:end], method)
        rests = _several(typed[end:], method) if heads else ()
        for head, rest in product(heads, rests):
            found.setdefault(f"{head} {rest}".rstrip())
    return tuple(sorted(found, key=lambda reading: reading.count(" "))[:_MOST_READINGS])


class _State(Struct, frozen=True):
    """A syllable while it is typed."""

    letters: tuple[str, ...]
    tone: str

    def syllable(self) -> str | None:
        word = "".join(self.letters).replace("ưo", "ươ")  # the key came before the o: nuwoc
        taken_apart = parsed(word + self.tone)
        return spelled(taken_apart) if taken_apart else None

    def has_vowel(self) -> bool:
        return any(letter in _VOWELS for letter in self.letters)

    def marked(self, table: dict[int, int], *, only: str = "") -> _State | None:
        """The state with the mark of `table` on the last letter that takes it."""
        word = "".join(self.letters)
        if table is _HORN:
            for pair in ("uo", "uu"):
                if pair in word:
                    return _State((*word.replace(pair, _HORNED[pair], 1),), self.tone)
        for i in range(len(word) - 1, -1, -1):
            if ord(word[i]) in table and only in ("", word[i]):
                return _State((*word[:i], word[i].translate(table), *word[i + 1 :]), self.tone)
        return None


def _typed(state: _State, keys: str, method: Method) -> Iterator[_State]:
    """Every state after typing `keys`: a key as a key first, as a letter where that makes sense too."""
    if not keys:
        yield state
        return
    key, rest = keys[0], keys[1:]
    for after in _after(state, key, method):
        yield from _typed(after, rest, method)


def _after(state: _State, key: str, method: Method) -> Iterator[_State]:
    if key == method.remover and state.tone:
        yield _State(state.letters, "")
        return
    if key in method.tones and state.has_vowel():
        if state.tone != method.tones[key]:
            yield _State(state.letters, method.tones[key])
        elif key.isalpha():
            yield _State((*state.letters, key), "")  # typed twice: the letter itself
        return
    yield from filter(None, _marks(state, key, method))
    if key.isalpha() or key in method.letters:
        yield _State((*state.letters, method.letters.get(key, key)), state.tone)


def _marks(state: _State, key: str, method: Method) -> Iterator[_State | None]:
    """What a key makes of the letters before it; None where there is no letter that takes its mark."""
    if key in method.roofs:
        yield state.marked(_ROOF)
    elif method is TELEX and key in "aeo":
        yield state.marked(_ROOF, only=key)
        if state.letters[-1:] == (key.translate(_ROOF),):
            yield _State((*state.letters[:-1], key, key), state.tone)  # typed three times: the letter twice
    elif key in method.horns and key in method.breves:  # Telex w: mua → mưa, but hoa → hoă
        first, second = (_HORN, _BREVE) if state.letters[-2:] == ("u", "a") else (_BREVE, _HORN)
        yield state.marked(first)
        yield state.marked(second)
    elif key in method.horns:
        yield state.marked(_HORN)
    elif key in method.breves:
        yield state.marked(_BREVE)
    if (key in method.bars or key == "d") and state.letters[:1] == ("d",):
        yield _State(("đ", *state.letters[1:]), state.tone)


_KEY_OF_MARK = {mark: key for key, mark in TELEX.tones.items()} | {"\u0306": "w", "\u031b": "w", "\u0335": "d"}
_MOST_UNDONE = 64
_MOST_TAKEN = 3
"""Marks that a Telex leaves in one word; text with more is Vietnamese."""


def undone(word: str) -> tuple[str, ...]:
    """What a word may have been before a Telex left on took some of its letters for keys.

    Each mark goes back to the key that made it, at every position after its letter; likeliest, the nearest, first.

    >>> "export" in undone("ẽport"), "haproxy" in undone("hảpoxy"), "window" in undone("ưindow")
    (True, True, True)
    """
    if word.isascii():
        return ()
    bare, taken = _taken(word.casefold())
    if len(taken) > _MOST_TAKEN:
        return ()
    texts = {bare: None}
    for first, key in taken:
        texts = {
            text[:at] + key + text[at:]: None
            for text in islice(texts, _MOST_UNDONE)
            for at in range(first, len(text) + 1)
        }
        if key == "w" and bare[first - 1] == "u":  # a w alone had become ư
            texts[bare[: first - 1] + key + bare[first:]] = None
    return tuple(islice(texts, _MOST_UNDONE)) if taken else ()


def _taken(word: str) -> tuple[str, list[tuple[int, str]]]:
    """The word without marks, and the keys that made them, each with the first position at which it can have stood."""
    letters: list[str] = []
    taken = []
    for character in unicodedata.normalize("NFD", word.replace("đ", "d\u0335")):
        if not unicodedata.combining(character):
            letters.append(character)
        elif letters:
            taken.append((len(letters), _KEY_OF_MARK.get(character) or letters[-1]))
    return "".join(letters), taken
