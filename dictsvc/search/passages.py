"""The words of a passage: pyvi says where Vietnamese words end, the headwords say which of them can be explained."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from dictsvc.language.frequency import MOST as MOST_COMMON
from dictsvc.language.keys import VIETNAMESE, Toned, keys_of, lacks_only_marks, toned_key
from dictsvc.language.vietnamese.segmentation import is_warm, segmented
from dictsvc.model import Part
from dictsvc.search.context import scope_of
from dictsvc.search.search_index import SearchIndex
from dictsvc.storage.key_rows import WORD_KINDS
from dictsvc.storage.queries import KeyRow

MOST_CHARACTERS = 2000
"""Of a passage: a long paragraph, read in some 40 ms."""
_MOST_WORDS = 6
"""Words of a stretch that is looked up: longer headwords are hardly ever met in running text."""
_WORD = re.compile("(?:[^\\W_]|[\u0300-\u036f])+(?:['’](?:[^\\W_]|[\u0300-\u036f])+)*")
_COST_OF_HEADWORD = 1.0
_COST_OF_OTHER = 2.0
_COST_OF_RARITY = 0.5
"""For the rarest headword: it decides between ways of as many words, as unaccented text has them."""
_COST_OF_CHANGE = 0.7
"""Of language from one part to the next, as unaccented Vietnamese and English are read for each other."""
_COST_OF_NO_MARKS = 0.15
_COST_OF_MISSING_MARKS = 1.75
"""Where other words bear marks: so much that words are not joined for it that are headwords as they stand."""
_COST_OF_CUT = 0.3
"""For each end of a stretch that cuts through one of pyvi's words: it decides between equally long ways."""


class _Word(Struct, frozen=True):
    start: int
    end: int
    token: int
    """Which of pyvi's words it belongs to."""


class _Key(Struct, frozen=True):
    """The keys of a stretch, made of those of its words."""

    toned: Toned
    folded: str


class _Stretch(Struct, frozen=True):
    """Neighbouring words `first` … `last` that are a headword."""

    first: int
    last: int
    row: KeyRow
    cuts: int
    """How many of its ends cut through a word of pyvi's."""
    vietnamese: bool
    complete: bool
    """Whether it is typed with the marks of the headword."""


class _Way(Struct, frozen=True):
    """The likeliest way to read a text up to some place, by its last step."""

    cost: float
    first: int = 0
    """The first word of the last part."""
    row: KeyRow | None = None
    before: _Way | None = None


class Passage:
    """A text being read with the headwords of some dictionaries.

    Raises `UnknownDictionaryError` where an id is none.
    """

    def __init__(self, search_index: SearchIndex, text: str, dictionaries: tuple[str, ...] = ()) -> None:
        self._lexicon = search_index
        self._text = text
        scope = scope_of(search_index, dictionaries)
        self._priority = scope.priority
        self._ways = sorted({language == VIETNAMESE for language in scope.languages})
        keys = keys_of(text, vietnamese=False)
        self._accented = not keys.canonical.isascii()
        self._words = self._read()
        words = [text[word.start : word.end] for word in self._words]
        self._keys = {way: [keys_of(word, vietnamese=way) for word in words] for way in self._ways}

    def _read(self) -> list[_Word]:
        found = list(_WORD.finditer(self._text))
        if not (self._accented and True in self._ways and is_warm()):  # pyvi knows accented Vietnamese only
            return [_Word(word.start(), word.end(), place) for place, word in enumerate(found)]
        starts = [token.start for token in segmented(self._text)]
        return [_Word(word.start(), word.end(), bisect_right(starts, word.start())) for word in found]

    def parts(self) -> tuple[Part, ...]:
        """Every word of the text in order, joined to headwords in the likeliest way."""
        stretches: dict[tuple[int, bool], list[_Stretch]] = {}
        for stretch in self._stretches(range(len(self._words))):
            stretches.setdefault((stretch.last, stretch.vietnamese), []).append(stretch)
        best = [dict.fromkeys(self._ways, _Way(0.0))]
        for last in range(len(self._words)):
            best.append({
                vietnamese: min(
                    self._ways_to(last, stretches.get((last, vietnamese), ()), best, vietnamese=vietnamese),
                    key=lambda way: way.cost,
                )
                for vietnamese in self._ways
            })  # fmt: skip
        parts, end = [], len(self._words)
        way = min(best[end].values(), key=lambda way: way.cost)
        while way.before:
            parts.append(self._part(way.first, end - 1, way.row))
            end, way = way.first, way.before
        return tuple(reversed(parts))

    def _ways_to(
        self, last: int, stretches: Sequence[_Stretch], best: Sequence[Mapping[bool, _Way]], *, vietnamese: bool
    ) -> Iterator[_Way]:
        """The ways to read the text up to the word `last` that end in one language."""
        steps = [(s.first, s.row, self._cost(s)) for s in stretches]
        for first, row, cost in ((last, None, _COST_OF_OTHER), *steps):
            for language, before in best[first].items():
                change = 0.0 if language == vietnamese else _COST_OF_CHANGE
                yield _Way(before.cost + cost + change, first, row, before)

    def around(self, offset: int) -> tuple[Part, ...]:
        """What the word at `offset` belongs to, the likeliest first, and last the word itself.

        First come the longest headwords that pyvi's words agree with. Empty where there is no word.
        """
        place = next((i for i, word in enumerate(self._words) if word.start <= offset <= word.end), None)
        if place is None:
            return ()
        near = range(max(0, place - _MOST_WORDS + 1), min(len(self._words), place + _MOST_WORDS))
        held = [s for s in self._stretches(near) if s.first <= place <= s.last and (s.complete or not self._accented)]
        held.sort(key=lambda s: (s.first == s.last, s.cuts > 0, s.first - s.last, self._merit(s.row)))
        spans = {(s.first, s.last): s.row for s in reversed(held)}
        parts = [self._part(first, last, row) for (first, last), row in reversed(spans.items())]
        if not held or held[-1].first != held[-1].last:
            parts.append(self._part(place, place, None))
        return tuple(parts)

    def _part(self, first: int, last: int, row: KeyRow | None) -> Part:
        start, end = self._words[first].start, self._words[last].end
        named = (row.headword, row.dictionary) if row else (None, None)
        return Part(self._text[start:end], start, end, *named)

    def _stretches(self, places: range) -> Iterator[_Stretch]:
        """The stretches of neighbouring words among `places` that are headwords."""
        runs = [(first, last) for first in places for last in self._lasts(first, places.stop)]
        keyed = {way: [self._key(first, last, way) for first, last in runs] for way in self._ways}
        rows = self._rows({key.folded for keys in keyed.values() for key in keys})
        for number, (first, last) in enumerate(runs):
            for vietnamese, keys in keyed.items():
                typed = keys[number]
                own = [row for row in rows.get(typed.folded, ()) if (row.language == VIETNAMESE) == vietnamese]
                found = self._agreeing(own, typed.toned, vietnamese=vietnamese)
                if found:
                    row = min(found, key=self._merit)
                    complete = typed.toned == toned_key(row.written, vietnamese=vietnamese)
                    yield _Stretch(first, last, row, self._cuts(first, last), vietnamese, complete)

    def _merit(self, row: KeyRow) -> tuple[int, int, int]:
        return row.kind, -row.commonness, self._priority[row.dictionary]

    def _lasts(self, first: int, stop: int) -> Iterator[int]:
        """Where stretches that begin at `first` may end: no punctuation stands inside."""
        for last in range(first, min(first + _MOST_WORDS, stop)):
            if last > first and not self._adjoin(last - 1, last):
                return
            yield last

    def _key(self, first: int, last: int, vietnamese: bool) -> _Key:
        words = self._keys[vietnamese][first : last + 1]
        return _Key(Toned(" ".join([word.toned for word in words])), " ".join([word.folded for word in words]))

    def _rows(self, keys: Iterable[str]) -> dict[str, list[KeyRow]]:
        found: dict[str, list[KeyRow]] = {}
        for row in self._lexicon.snapshot.find(sorted(filter(None, keys))):
            if row.kind in WORD_KINDS and row.dictionary in self._priority:
                found.setdefault(row.key, []).append(row)
        return found

    def _agreeing(self, rows: Sequence[KeyRow], typed: Toned, *, vietnamese: bool) -> list[KeyRow]:
        """Those with the marks typed; where no marks are, and where none has just these, those with more."""
        written = [(row, toned_key(row.written, vietnamese=vietnamese)) for row in rows]
        same = [row for row, theirs in written if typed == theirs] if self._accented else []
        return same or [row for row, theirs in written if lacks_only_marks(typed, theirs)]

    def _adjoin(self, left: int, right: int) -> bool:
        return self._text[self._words[left].end : self._words[right].start].strip() in ("", "-", "‑")

    def _cuts(self, first: int, last: int) -> int:
        words = self._words
        before = first > 0 and words[first - 1].token == words[first].token
        after = last + 1 < len(words) and words[last + 1].token == words[last].token
        return before + after

    def _cost(self, stretch: _Stretch) -> float:
        rarity = 1 - stretch.row.commonness / MOST_COMMON
        of_marks = _COST_OF_MISSING_MARKS if self._accented else _COST_OF_NO_MARKS
        marks = 0.0 if stretch.complete else of_marks
        return _COST_OF_HEADWORD + _COST_OF_RARITY * rarity + _COST_OF_CUT * stretch.cuts + marks
