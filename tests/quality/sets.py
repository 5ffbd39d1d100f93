"""The sets of real queries, each with the headwords that were meant, and how an answer is judged."""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path

from msgspec import Struct

from dictsvc.language.vietnamese.keys import TONE_MARKS
from dictsvc.loading import load
from tests.conftest import ROOT, corpus_requests

SHARED = (ROOT / os.environ.get("DICTSVC_SHARED", "../shared")).resolve()


class Pair(Struct, frozen=True):
    """A query and the headwords that were meant by it."""

    query: str
    answers: tuple[str, ...]


class QuerySet(Struct, frozen=True):
    """Pairs of one source, to be asked of one dictionary."""

    dictionary: str
    name: str
    pairs: tuple[Pair, ...]


def full_database() -> Path:
    """The database of the full dictionaries, made anew in the folder for what is built."""
    database = ROOT / "build" / "quality" / "full.sqlite3"
    database.parent.mkdir(parents=True, exist_ok=True)
    load(database, corpus_requests(SHARED))
    return database


def query_sets(pattern: str = "*") -> list[QuerySet]:
    """The sets below `quality/dev` of the shared folder whose names fit a pattern, in order."""
    sets = []
    for path in sorted((SHARED / "quality" / "dev").glob(f"{pattern}.tsv")):
        rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines() if "\t" in line]
        pairs = tuple(Pair(query, tuple(answers.split("|"))) for query, answers in rows)
        sets.append(QuerySet(path.name.split(".")[0], path.name.removesuffix(".tsv"), pairs))
    return sets


def goals() -> dict[str, dict[str, float]]:
    """What each set must reach: set → metric (`r1`, `r5`, `r10`) → share."""
    found: dict[str, dict[str, float]] = {}
    for line in (SHARED / "quality" / "goals.tsv").read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            name, metric, value = line.split()
            found.setdefault(name, {})[metric] = float(value)
    return found


def comparable(headword: str) -> str:
    """A headword as answers are compared: composed, without case, each syllable's tone mark at its end.

    >>> comparable("Hòa bình") == comparable("hoà bình")
    True
    """
    syllables = []
    for syllable in unicodedata.normalize("NFC", headword).casefold().split():
        letters = unicodedata.normalize("NFD", syllable)
        bare = "".join(c for c in letters if c not in TONE_MARKS)
        syllables.append(unicodedata.normalize("NFC", bare) + "".join(c for c in letters if c in TONE_MARKS))
    return " ".join(syllables)


def rank(found: list[str], pair: Pair) -> int:
    """At which place among the different headwords found the right one stands, from 1; 0 where it does not."""
    wanted = set(map(comparable, pair.answers))
    different = dict.fromkeys(map(comparable, found))
    return next((place for place, headword in enumerate(different, 1) if headword in wanted), 0)
