"""The words of a passage: pyvi says where Vietnamese words end, the headwords say which of them can be explained.

The likeliest way to join words to headwords is the cheapest path through the text, found by the Viterbi algorithm: its
states are the languages, its steps the spans of words that are headwords.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from dictsvc.language.frequency import MAX_COMMONNESS
from dictsvc.language.keys import VIETNAMESE, Toned, canonical, lacks_only_marks
from dictsvc.language.noise import NoiseModel
from dictsvc.language.profiles import profile_of
from dictsvc.language.profiles.base import LanguageProfile
from dictsvc.language.scripts import foreign_scripts
from dictsvc.language.vietnamese.segmentation import is_warm, segmented
from dictsvc.model import Part
from dictsvc.search.search_index import SearchIndex, scope_of
from dictsvc.storage.key_rows import HEADWORD, HEADWORD_KINDS, WORD_KINDS
from dictsvc.storage.queries import KeyRow

MOST_CHARACTERS = 2000
"""Characters of a passage, at most: a long paragraph, read in some 40 ms."""
_MAX_WORDS = 6
"""Words of a span that is looked up: longer headwords are hardly ever met in running text."""
_WORD = re.compile("(?:[^\\W_]|[\u0300-\u036f])+(?:['’](?:[^\\W_]|[\u0300-\u036f])+)*")
_COST_OF_HEADWORD = 1.0
_COST_OF_OTHER = 2.0
_COST_OF_RARITY = 0.5
"""Cost of the rarest headword: it decides between paths of as many words, as unaccented text has them."""
_COST_OF_CHANGE = 0.7
"""Cost of another language in the next span, as unaccented Vietnamese and English are read for each other."""
_COST_OF_NO_MARKS = 0.15
_COST_OF_MISSING_MARKS = 1.75
"""Cost of a span without its marks where no word bears any, and where others do: high enough that separate headwords
are not joined for its sake."""
_COST_OF_CUT = 0.3
"""Cost of each end of a span that cuts through one of pyvi's words: it decides between equally long paths."""


class _Word(Struct, frozen=True):
    start: int
    end: int
    token: int
    """Which of pyvi's words it belongs to."""


class _Key(Struct, frozen=True):
    """The keys of a span, made of those of its words."""

    toned: Toned
    folded: str


class _Span(Struct, frozen=True):
    """Neighbouring words `first` … `last` that are a headword."""

    first: int
    last: int
    row: KeyRow
    cuts: int
    """How many of its ends cut through a word of pyvi's."""
    profile: LanguageProfile
    complete: bool
    """Whether it is typed with the marks of the headword."""


class _Path(Struct, frozen=True):
    """The likeliest way to read a text up to some word, by its last step."""

    cost: float
    first: int = 0
    """The first word of the last span."""
    row: KeyRow | None = None
    before: _Path | None = None


class Passage:
    """A text being read with the headwords of some dictionaries.

    Raises `UnknownDictionaryError` where a dictionary is not loaded.
    """

    def __init__(self, search_index: SearchIndex, text: str, dictionaries: tuple[str, ...] = ()) -> None:
        self._snapshot = search_index.snapshot
        self._text = text
        scope = scope_of(search_index, dictionaries)
        self._priority = scope.priority
        by_noise: dict[NoiseModel, LanguageProfile] = {}
        self._profile_of = {
            language: by_noise.setdefault(profile_of(language).noise, profile_of(language))
            for language in sorted(scope.languages)
        }
        """By language the profile with which its words are keyed; languages of one noise model share theirs."""
        self._profiles = tuple(by_noise.values())
        self._scripts = foreign_scripts(text)
        self._accented = not canonical(text).isascii()
        self._words = self._read()
        words = [text[word.start : word.end] for word in self._words]
        self._keys = {profile: [profile.keys_of(word) for word in words] for profile in self._profiles}

    def _read(self) -> list[_Word]:
        found = list(_WORD.finditer(self._text))
        if not (self._accented and VIETNAMESE in self._profile_of and is_warm()):  # pyvi knows accented Vietnamese only
            return [_Word(word.start(), word.end(), token) for token, word in enumerate(found)]
        starts = [token.start for token in segmented(self._text)]
        return [_Word(word.start(), word.end(), bisect_right(starts, word.start())) for word in found]

    def parts(self) -> tuple[Part, ...]:
        """Every word of the text in order, joined to headwords in the likeliest way."""
        spans: dict[tuple[int, LanguageProfile], list[_Span]] = {}
        for span in self._spans(range(len(self._words))):
            spans.setdefault((span.last, span.profile), []).append(span)
        best = [dict.fromkeys(self._profiles, _Path(0.0))]
        for last in range(len(self._words)):
            best.append({
                profile: min(self._paths_to(last, spans.get((last, profile), ()), best, profile), key=_cost_of)
                for profile in self._profiles
            })  # fmt: skip
        parts, end = [], len(self._words)
        path = min(best[end].values(), key=_cost_of)
        while path.before:
            parts.append(self._part(path.first, end - 1, path.row))
            end, path = path.first, path.before
        return tuple(reversed(parts))

    def _paths_to(
        self,
        last: int,
        spans: Sequence[_Span],
        best: Sequence[Mapping[LanguageProfile, _Path]],
        profile: LanguageProfile,
    ) -> Iterator[_Path]:
        """The ways to read the text up to the word `last` of which the last span is of one language."""
        steps = [(span.first, span.row, self._cost(span)) for span in spans]
        for first, row, cost in ((last, None, _COST_OF_OTHER), *steps):
            for language, before in best[first].items():
                change = 0.0 if language is profile else _COST_OF_CHANGE
                yield _Path(before.cost + cost + change, first, row, before)

    def around(self, offset: int) -> tuple[Part, ...]:
        """What the word at `offset` belongs to, the likeliest first, and last the word itself.

        First come the longest headwords that pyvi's words agree with. Empty where there is no word.
        """
        at = next((i for i, word in enumerate(self._words) if word.start <= offset <= word.end), None)
        if at is None:
            return ()
        near = range(max(0, at - _MAX_WORDS + 1), min(len(self._words), at + _MAX_WORDS))
        held = [s for s in self._spans(near) if s.first <= at <= s.last and (s.complete or not self._accented)]
        held.sort(key=lambda s: (s.first == s.last, s.cuts > 0, s.first - s.last, self._rank(s.row)))
        rows = {(s.first, s.last): s.row for s in reversed(held)}
        parts = [self._part(first, last, row) for (first, last), row in reversed(rows.items())]
        if not held or held[-1].first != held[-1].last:
            parts.append(self._part(at, at, None))
        return tuple(parts)

    def _part(self, first: int, last: int, row: KeyRow | None) -> Part:
        start, end = self._words[first].start, self._words[last].end
        named = (row.headword, row.dictionary) if row else (None, None)
        return Part(self._text[start:end], start, end, *named)

    def _spans(self, words: range) -> Iterator[_Span]:
        """The spans of neighbouring words among `words` that are headwords, of each language the likeliest."""
        runs = [(first, last) for first in words for last in self._lasts(first, words.stop)]
        keyed = {profile: [self._key(first, last, profile) for first, last in runs] for profile in self._profiles}
        rows = self._rows({key.folded for keys in keyed.values() for key in keys})
        for number, (first, last) in enumerate(runs):
            for profile, keys in keyed.items():
                typed = keys[number]
                own = [row for row in rows.get(typed.folded, ()) if self._profile_of[row.language] is profile]
                found = self._agreeing(self._of_same_script(own, first, last), typed.toned, profile)
                if found:
                    row = min(found, key=self._rank)
                    complete = typed.toned == profile.toned_key(row.written)
                    yield _Span(first, last, row, self._cuts(first, last), profile, complete)

    def _rank(self, row: KeyRow) -> tuple[bool, bool, int, int]:
        """Headwords come first, then variants; of these the commonest."""
        is_other = row.kind not in HEADWORD
        return is_other, row.kind not in HEADWORD_KINDS, -row.commonness, self._priority[row.dictionary]

    def _lasts(self, first: int, stop: int) -> Iterator[int]:
        """Where spans that begin at `first` may end: no punctuation stands inside."""
        for last in range(first, min(first + _MAX_WORDS, stop)):
            if last > first and not self._adjoin(last - 1, last):
                return
            yield last

    def _key(self, first: int, last: int, profile: LanguageProfile) -> _Key:
        words = self._keys[profile][first : last + 1]
        return _Key(Toned(" ".join([word.toned for word in words])), " ".join([word.folded for word in words]))

    def _rows(self, keys: Iterable[str]) -> dict[str, list[KeyRow]]:
        found: dict[str, list[KeyRow]] = {}
        for row in self._snapshot.find(sorted(filter(None, keys))):
            if row.kind in WORD_KINDS and row.dictionary in self._priority:
                found.setdefault(row.key, []).append(row)
        return found

    def _of_same_script(self, rows: list[KeyRow], first: int, last: int) -> list[KeyRow]:
        """Drops rows that agree with a span only by transliteration."""
        if not self._scripts:
            return rows
        scripts = foreign_scripts(self._text[self._words[first].start : self._words[last].end])
        return [row for row in rows if scripts <= foreign_scripts(row.written)]

    def _agreeing(self, rows: Sequence[KeyRow], typed: Toned, profile: LanguageProfile) -> list[KeyRow]:
        """Those with the marks typed; where no marks are, and where none has just these, those with more."""
        written = [(row, profile.toned_key(row.written)) for row in rows]
        same = [row for row, meant in written if typed == meant] if self._accented else []
        return same or [row for row, meant in written if lacks_only_marks(typed, meant)]

    def _adjoin(self, left: int, right: int) -> bool:
        return self._text[self._words[left].end : self._words[right].start].strip() in ("", "-", "‑")

    def _cuts(self, first: int, last: int) -> int:
        words = self._words
        before = first > 0 and words[first - 1].token == words[first].token
        after = last + 1 < len(words) and words[last + 1].token == words[last].token
        return before + after

    def _cost(self, span: _Span) -> float:
        rarity = 1 - span.row.commonness / MAX_COMMONNESS
        of_marks = _COST_OF_MISSING_MARKS if self._accented else _COST_OF_NO_MARKS
        marks = 0.0 if span.complete else of_marks
        return _COST_OF_HEADWORD + _COST_OF_RARITY * rarity + _COST_OF_CUT * span.cuts + marks


def _cost_of(path: _Path) -> float:
    return path.cost
