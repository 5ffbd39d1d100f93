"""Queries for the benchmark: thousands of different ones of each kind, the same in every run."""

from __future__ import annotations

import random
import string
from collections.abc import Sequence
from itertools import accumulate
from urllib.parse import quote

from dictsvc.language.profiles import GENERIC, profile_of
from dictsvc.loading import LoadRequest
from dictsvc.model import Entry
from dictsvc.sources.formats import open_source

_SEED = 20_000
_LEAST_LETTERS = 5


def headwords(requests: Sequence[LoadRequest]) -> list[str]:
    """Every headword of dictionary files, each once."""
    found: dict[str, None] = {}
    for request in requests:
        records = open_source(request.path, request.format).records
        found.update((record.headword, None) for record in records if isinstance(record, Entry))
    return list(found)


def exact(words: Sequence[str], count: int) -> list[str]:
    """Headwords as they stand."""
    usable = [word for word in words if len(word) <= 100]
    return random.Random(_SEED).sample(usable, count)


def unaccented(words: Sequence[str], count: int) -> list[str]:
    """Accented headwords without their accents."""
    folded = dict.fromkeys(profile_of("vi").keys_of(word).folded for word in words if not word.isascii())
    usable = [key for key in folded if key and len(key) <= 100]
    return random.Random(_SEED).sample(usable, count)


def typos(words: Sequence[str], count: int) -> list[str]:
    """Headwords with one or two slips of the hand that are no headwords, nor any headword's letters."""
    rng = random.Random(_SEED)
    known = {GENERIC.keys_of(word).folded for word in words}
    usable = [key for key in sorted(known) if _LEAST_LETTERS <= len(key) <= 40]
    made: dict[str, None] = {}
    while len(made) < count:
        slipped = str(rng.choice(usable))
        for _ in range(rng.choice((1, 1, 1, 2))):
            slipped = _slip(slipped, rng)
        if slipped not in known and slipped.strip():
            made[slipped] = None
    return list(made)


def _slip(word: str, rng: random.Random) -> str:
    place = rng.randrange(len(word) - 1)
    letter = rng.choice(string.ascii_lowercase)
    return rng.choice((
        word[:place] + word[place + 1 :],
        word[:place] + letter + word[place:],
        word[:place] + letter + word[place + 1 :],
        word[:place] + word[place + 1] + word[place] + word[place + 2 :],
    ))  # fmt: skip


def zipf_mix(kinds: Sequence[Sequence[str]], count: int) -> list[str]:
    """Queries of all kinds as people ask them: the n-th commonest once for n times the commonest."""
    rng = random.Random(_SEED)
    every = [query for kind in kinds for query in kind]
    rng.shuffle(every)
    weights = list(accumulate(1 / rank for rank in range(1, len(every) + 1)))
    return rng.choices(every, cum_weights=weights, k=count)


def lookup_paths(queries: Sequence[str]) -> list[str]:
    """The addresses that look them up."""
    return [f"/lookup?q={quote(query, safe='')}" for query in queries]
