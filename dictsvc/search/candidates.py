"""The generators of candidates, cheapest first, and how far each query has to go down the ladder."""

from __future__ import annotations

import math
from collections.abc import Callable, Container, Iterable, Iterator
from functools import lru_cache

import msgspec
from msgspec import Struct
from rapidfuzz.distance import OSA

from dictsvc.language.articles import without_article
from dictsvc.language.confusions import syllables_cost
from dictsvc.language.keys import (
    VIETNAMESE,
    Keys,
    Toned,
    keys_of,
    lacks_only_marks,
    region,
    spaceless,
    toned_key,
)
from dictsvc.language.vietnamese.charsets import decodings
from dictsvc.language.vietnamese.keystrokes import readings, undone
from dictsvc.model import MatchKind, Mode
from dictsvc.search import ranking
from dictsvc.search.accented_prefix import beginnings, is_accented_prefix
from dictsvc.search.candidate import Candidate, weighed
from dictsvc.search.context import QueryContext
from dictsvc.search.matchers import typos, wildcards
from dictsvc.search.passages import Passage
from dictsvc.storage.key_rows import FOLDED_KINDS, HEADWORD_KINDS, REGION_KINDS, SPACELESS_KINDS, KeyKind
from dictsvc.storage.queries import KeyRow

KINDS_OF_MODE = {
    Mode.EXACT: frozenset({MatchKind.EXACT, MatchKind.SPELLING}),
    Mode.STRICT: frozenset({MatchKind.EXACT, MatchKind.SPELLING, MatchKind.FORM, MatchKind.UNACCENTED}),
    Mode.PREFIX: frozenset({MatchKind.EXACT, MatchKind.SPELLING, MatchKind.PREFIX}),
    Mode.AUTO: frozenset(MatchKind),
}
_PUNCTUATION = " .,;:!?…\"'()[]{}«»“”‘’"
_MOST_PREFIXES = 20
_MORE_WITH_MARKS = 2
"""Times as many keys are looked at where marks are typed, which not all of their headwords have."""
_MOST_GLOSSES = 60


class Matcher(Struct, frozen=True):
    """A rung of the ladder: the kinds of match it can find, and how."""

    kinds: frozenset[MatchKind]
    candidates: Callable[[QueryContext], Iterable[Candidate]]
    unless: float = ranking.CERTAIN
    """Not asked where the doubt about what was found is no greater than this."""
    conclusive: bool = False
    """Whether there is no doubt left where it finds something."""


def same_letters(search: QueryContext) -> Iterator[Candidate]:
    """Headwords, variants, forms and idioms whose folded key is the query's: from exact to other marks."""
    search.rows = search.snapshot.find(search.folded_keys)
    for row in search.rows:
        if row.dictionary in search.priority and row.kind in FOLDED_KINDS:
            mine = search.keys_for(row.language)
            if row.key == mine.folded:
                yield classified(search.text, mine, row)


def classified(text: str, mine: Keys, row: KeyRow) -> Candidate:
    """The candidate that a row of the query's own folded key makes, by how much else agrees."""
    written = row.written
    kind, slip = (MatchKind.EXACT, 0.0) if written == text else _difference(mine.toned, written, row.language)
    if row.kind == KeyKind.FORM and kind is not MatchKind.ACCENTS:
        kind = MatchKind.FORM
        slip += ranking.SLIP_OF_FORM
    elif row.kind == KeyKind.IDIOM:
        kind = MatchKind.IDIOM
        slip += ranking.SLIP_OF_IDIOM
    return weighed(row, kind, written, 0, slip)


@lru_cache(maxsize=64)  # homographs stand in every dictionary of their language
def _difference(typed: Toned, written: str, language: str) -> tuple[MatchKind, float]:
    """In what a text of the query's folded key differs from the query, and what that costs."""
    theirs = toned_key(written, vietnamese=language == VIETNAMESE)
    if typed == theirs:
        return MatchKind.SPELLING, 0.0
    kind = MatchKind.UNACCENTED if lacks_only_marks(typed, theirs) else MatchKind.ACCENTS
    return kind, ranking.slip_of_marks(typed, theirs, language)


def keystrokes(search: QueryContext) -> Iterator[Candidate]:
    """Vietnamese headwords that the query types key by key, and others that a Telex left on has mangled."""
    for language, dictionaries in search.languages.items():
        vietnamese = language == VIETNAMESE
        if vietnamese:
            texts = readings(search.text, telex=search.search_index.keystrokes.may_hold(search.text))
        else:
            texts = undone(search.text)
        slip = ranking.SLIP_OF_KEYSTROKES
        yield from _read_as(search, texts, MatchKind.KEYSTROKES, slip, dictionaries, vietnamese=vietnamese)


def charset(search: QueryContext) -> Iterator[Candidate]:
    """Vietnamese headwords that the query is in a legacy character set."""
    dictionaries = search.languages.get(VIETNAMESE)
    texts = [decoding.text for decoding in decodings(search.query.text)] if dictionaries else []
    if dictionaries and texts:
        slip = ranking.slip_of_charset(search.text)
        yield from _read_as(search, texts, MatchKind.CHARSET, slip, dictionaries, vietnamese=True)


def _read_as(
    search: QueryContext,
    texts: Iterable[str],
    kind: MatchKind,
    slip: float,
    dictionaries: Container[str],
    *,
    vietnamese: bool,
) -> Iterator[Candidate]:
    """The headwords that a reading of the query names, marks and all."""
    keys: dict[str, str] = {
        reading.toned: reading.folded for reading in (keys_of(text, vietnamese=vietnamese) for text in texts)
    }
    for row in search.snapshot.find(sorted(set(keys.values()))) if keys else ():
        written = row.written
        if row.dictionary in dictionaries and row.kind in HEADWORD_KINDS:
            theirs = keys_of(written, vietnamese=vietnamese)
            if theirs.toned in keys or (not vietnamese and theirs.folded in keys):
                yield weighed(row, kind, written, 0, slip)


def unpunctuated(search: QueryContext) -> Iterator[Candidate]:
    """Headwords, forms and idioms that the query is but for punctuation around it, as pasted from a sentence."""
    bare = search.text.strip(_PUNCTUATION)
    for found in _same_letters_as(search, bare):
        kind = MatchKind.SPELLING if found.kind is MatchKind.EXACT else found.kind
        yield weighed(found.row, kind, found.matched, found.distance, found.slip)


def article_candidates(search: QueryContext) -> Iterator[Candidate]:
    """Headwords, forms and idioms that stand in the query behind a word such as `the`."""
    bare = search.text.strip(_PUNCTUATION)
    texts: dict[str, set[str]] = {}
    for language in search.languages:
        texts.setdefault(without_article(bare, language), set()).add(language)
    texts.pop(bare, None)
    for text, languages in texts.items():
        for found in _same_letters_as(search, text):
            if found.row.language in languages:
                kind = MatchKind.IDIOM if found.kind is MatchKind.IDIOM else MatchKind.FORM
                matched = found.matched if kind is MatchKind.IDIOM else bare
                yield weighed(found.row, kind, matched, found.distance, found.slip + ranking.SLIP_OF_ARTICLE)


def _same_letters_as(search: QueryContext, text: str) -> Iterator[Candidate]:
    """What another text than the query's finds; nothing where it is none."""
    if text and text != search.text:
        yield from same_letters(QueryContext(search.search_index, msgspec.structs.replace(search.query, text=text)))


def joined(search: QueryContext) -> Iterator[Candidate]:
    """Headwords that differ from the query by spaces only."""
    for row in search.coarse_rows:
        mine = search.keys_for(row.language)
        if row.dictionary in search.priority and row.kind in SPACELESS_KINDS:
            theirs = keys_of(row.headword, vietnamese=row.language == VIETNAMESE)
            if theirs.folded != mine.folded and row.key == spaceless(mine.folded):
                distance = abs(len(mine.folded) - len(row.key))
                slip = ranking.slip_of_spaces(mine, theirs)
                yield weighed(row, MatchKind.JOINED, row.headword, distance, slip)


def regional(search: QueryContext) -> Iterator[Candidate]:
    """Vietnamese headwords that some region speaks as the query is written."""
    dictionaries = search.languages.get(VIETNAMESE)
    if not dictionaries:
        return
    mine = search.vietnamese_keys
    sound = region(mine.toned)
    for row in search.coarse_rows:
        if row.key == sound and row.dictionary in dictionaries and row.kind in REGION_KINDS:
            theirs = keys_of(row.headword, vietnamese=True)
            if region(theirs.toned) == sound and theirs.folded != mine.folded:
                distance = OSA.distance(mine.folded, theirs.folded)
                slip = syllables_cost(mine.toned, theirs.toned)
                yield weighed(row, MatchKind.REGIONAL, row.headword, distance, slip)


def prefix(search: QueryContext) -> Iterator[Candidate]:
    """Headwords that begin with the query, marks and all: the commonest, or in mode prefix the first."""
    index = search.search_index.spelling
    chosen = index.first if search.query.mode is Mode.PREFIX else index.commonest
    stretches: dict[str, slice] = {}
    for language, dictionaries in search.languages.items():
        mine, vietnamese = search.keys_for(language), language == VIETNAMESE
        most = _MOST_PREFIXES * (1 if mine.toned.isascii() else _MORE_WITH_MARKS)
        for start in beginnings(search.text, mine.folded, vietnamese=vietnamese):
            begun = stretches.get(start) or stretches.setdefault(start, index.begun(start))
            keys = [key for key in chosen(begun, most, language) if key != mine.folded]
            for row in search.snapshot.find(keys):
                written = row.written
                if row.dictionary in dictionaries and row.kind in HEADWORD_KINDS:
                    theirs = keys_of(written, vietnamese=vietnamese)
                    if is_accented_prefix(mine.toned, theirs.toned):
                        missing = len(row.key) - len(mine.folded)
                        yield weighed(row, MatchKind.PREFIX, written, missing, ranking.slip_of_prefix(missing))


def translation(search: QueryContext) -> Iterator[Candidate]:
    """Entries whose glosses hold the query: first those whose gloss it is."""
    words = search.other_keys.folded.split()
    in_vietnamese = keys_of(search.text, vietnamese=True)
    for row in search.snapshot.gloss_matches(words, search.dictionaries, _MOST_GLOSSES):
        vietnamese = search.snapshot.dictionaries[row.dictionary].target_language == VIETNAMESE
        mine = in_vietnamese if vietnamese else search.other_keys
        best = ranking.best_gloss(row.entry(), mine, vietnamese=vietnamese)
        if best is not None:
            yield weighed(row, MatchKind.TRANSLATION, best[0], 0, best[1])


def part(search: QueryContext) -> Iterator[Candidate]:
    """The words of a phrase or sentence that are headwords, in its order."""
    if wildcards.is_pattern(search.text) or " " not in search.text:
        return
    search.parts = Passage(search.search_index, search.query.text, search.dictionaries).parts()
    places: dict[tuple[str, str], int] = {}
    for place, found in enumerate(search.parts):
        if found.headword and found.dictionary:
            language = search.snapshot.dictionaries[found.dictionary].source_language
            places.setdefault((found.headword, language), place)
    keys = {keys_of(headword, vietnamese=language == VIETNAMESE).folded for headword, language in places}
    for row in search.snapshot.find(sorted(filter(None, keys))):
        place_of = places.get((row.headword, row.language))
        if place_of is not None and row.dictionary in search.priority and row.kind == KeyKind.FOLDED:
            yield weighed(row, MatchKind.PART, row.headword, 0, ranking.slip_of_part(place_of))


_OF_SAME_LETTERS = frozenset({
    MatchKind.EXACT, MatchKind.SPELLING, MatchKind.FORM, MatchKind.UNACCENTED, MatchKind.ACCENTS, MatchKind.IDIOM,
})  # fmt: skip
MATCHERS: tuple[Matcher, ...] = (
    Matcher(_OF_SAME_LETTERS, same_letters),
    Matcher(frozenset({MatchKind.KEYSTROKES}), keystrokes),
    Matcher(_OF_SAME_LETTERS, unpunctuated),
    Matcher(frozenset({MatchKind.CHARSET}), charset),
    Matcher(frozenset({MatchKind.REGIONAL}), regional),
    Matcher(frozenset({MatchKind.JOINED}), joined),
    Matcher(frozenset({MatchKind.FORM, MatchKind.IDIOM}), article_candidates, conclusive=True),
    Matcher(frozenset({MatchKind.TYPO}), typos.meant),
    Matcher(frozenset({MatchKind.PREFIX}), prefix, unless=ranking.CLEAR),
    Matcher(frozenset({MatchKind.TRANSLATION}), translation, unless=ranking.CONVINCING),
    Matcher(frozenset({MatchKind.PART}), part, unless=ranking.CONVINCING),
)
"""In the order in which they are asked. The ladder ends where something certain was found."""

PATTERN_MATCHERS: tuple[Matcher, ...] = (
    *MATCHERS[:4],
    Matcher(frozenset({MatchKind.PREFIX}), wildcards.matching),
)
"""For a query with wildcards, which `?` in VIQR and at the end of a question is not."""


def gather(search: QueryContext) -> list[Candidate]:
    """The candidates for a query in its mode, of each entry the likeliest, in no order."""
    if wildcards.is_pattern(search.text):
        _climb(search, PATTERN_MATCHERS)
    if not search.found:
        _climb(search, MATCHERS)
    return ranking.without_noise(search, list(search.found.values()))


def _climb(search: QueryContext, generators: tuple[Matcher, ...]) -> None:
    """Keep what the generators find, until there is no doubt left."""
    wanted = KINDS_OF_MODE[search.query.mode]
    forgiving = search.query.mode is Mode.AUTO
    doubt = math.inf
    for generator in generators:
        if doubt <= generator.unless:
            if doubt == ranking.CERTAIN:
                break
            continue
        if not forgiving and generator.kinds.isdisjoint(wanted):
            continue
        found = list(generator.candidates(search))
        if not found:
            continue
        if forgiving:
            doubt = ranking.CERTAIN if generator.conclusive else min(doubt, ranking.doubt(search, found))
        else:
            found = [candidate for candidate in found if candidate.kind in wanted]
        search.keep(found)
