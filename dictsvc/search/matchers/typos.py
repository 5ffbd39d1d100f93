"""Misspelt queries: the keys near them, what the spellers make of those, and the headwords that stand under them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from dictsvc.language.keys import VIETNAMESE, Keys
from dictsvc.model import MatchKind
from dictsvc.search import ranking
from dictsvc.search.candidate import Candidate, weighed
from dictsvc.search.context import QueryContext
from dictsvc.search.fuzzy.guess import Guess, is_doubtful, most_edits
from dictsvc.search.fuzzy.spelling_index import Neighbour
from dictsvc.search.search_index import Speller
from dictsvc.storage.key_rows import HEADWORD_KINDS


class _Guesses(Struct, frozen=True):
    """What one speller makes of the query."""

    speller: Speller
    mine: Keys
    """The query's, among the headwords of its languages."""
    languages: Sequence[str]
    near: list[Guess]

    @property
    def vietnamese(self) -> bool:
        return VIETNAMESE in self.languages

    def farther(self) -> list[Guess]:
        return self.speller.farther(self.mine, self.near, self.languages)


def meant(search: QueryContext) -> Iterator[Candidate]:
    """Headwords that the query may misspell, the likeliest by their letters and commonness."""
    made = list(_guesses(search))
    far = all(is_doubtful(guesses.near, search.length_bonus[guesses.languages[0]]) for guesses in made)
    wanted = {
        (guesses.vietnamese, guess.key, guess.written): guess
        for guesses in made
        for guess in (guesses.farther() if far else guesses.near)
    }
    for row in search.snapshot.find(list(dict.fromkeys(key for _, key, _ in wanted))):
        if row.dictionary in search.priority and row.kind in HEADWORD_KINDS:
            written, language = row.written, row.language
            vietnamese = language == VIETNAMESE
            guess = wanted.get((vietnamese, row.key, written)) or wanted.get((vietnamese, row.key, ""))
            if guess:
                slip = ranking.slip_of_typo(search.keys_for(language), written, language, guess)
                yield weighed(row, MatchKind.TYPO, written, guess.distance, slip)


def _guesses(search: QueryContext) -> Iterator[_Guesses]:
    near = _near(search)
    for speller in search.search_index.spellers:
        languages = [language for language in search.languages if language in speller.languages]
        mine = search.keys_for(languages[0]) if languages else None
        if mine and mine.folded:
            yield _Guesses(speller, mine, languages, speller.guesses(mine, near[mine.folded], languages))


def _near(search: QueryContext) -> dict[str, list[Neighbour]]:
    """The keys near each of the query's, looked for once for all languages."""
    languages = list(search.languages)
    only = languages if len(languages) < len(search.search_index.everything.languages) else ()
    vietnamese = languages == [VIETNAMESE]
    index = search.search_index.spelling
    return {key: index.within(key, most_edits(key, vietnamese=vietnamese), only) for key in search.folded_keys}
