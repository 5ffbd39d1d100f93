"""Sets of real queries, what each must reach, and the databases they are asked of.

They lie below `quality/` of the folder that DICTSVC_SHARED names; its README says where they are from.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path

from msgspec import Struct

from dictsvc.loading import LoadRequest, load
from tests.conftest import ROOT, corpus_requests

SHARED = (ROOT / os.environ.get("DICTSVC_SHARED", "../shared")).resolve()
_DEV = SHARED / "quality" / "dev"
_SMALL = "small/"
_FULL_IDS = ("en-vi", "vi-en", "fr-vi")
MOST_ROWS = 1000

FITTED_LETTER_SETS = (
    "en-vi.en_codespell",
    "en-vi.en_mitton_aspell",
    "en-vi.en_mitton_birkbeck",
    "en-vi.en_mitton_holbrook",
    "en-vi.en_mitton_wikipedia",
    "en-vi.en_norvig_testset1",
    "en-vi.en_norvig_testset2",
    "en-vi.en_symspell_noisy",
)
"""Names of the sets on which the costs of letters are fitted: one by one, so that a new set changes no fit."""
FITTED_SYLLABLE_SETS = (
    "vi-en.vi_viwiki_syllable",
    "vi-en.vi_viwiki_word",
    "vi-en.vi_libreoffice",
    "vi-en.vi_web_lists",
    "vi-en.vi_variants_iy_dgi",
)
"""Names of the sets on which the costs of Vietnamese syllables are fitted."""


class SetKind(StrEnum):
    """What is meant by the queries of a set."""

    WORDS = "words"
    """One of some headwords."""
    PARTS = "parts"
    """A phrase that is no headword, of words that are."""
    ABSENT = "absent"
    """Nothing that the dictionary holds."""


class Pair(Struct, frozen=True):
    """A query and what was meant by it."""

    query: str
    answers: tuple[str, ...] = ()
    """Headwords, any of which is right as the first result."""
    parts: tuple[str, ...] = ()
    """Headwords that all have to be among the results."""


class QuerySet(Struct, frozen=True):
    """Pairs of one source and kind."""

    dictionaries: tuple[str, ...]
    """Ids of the dictionaries to ask."""
    name: str
    """Name of the file without its ending; `small/` stands before those asked of the small dictionaries."""
    kind: SetKind
    pairs: tuple[Pair, ...]

    @property
    def small(self) -> bool:
        """Whether it is asked of the small dictionaries, not of the full ones."""
        return self.name.startswith(_SMALL)


def query_sets(pattern: str) -> list[QuerySet]:
    """The sets whose names fit a pattern (`vi-en.telex*`, `small/*`), in the order of their names."""
    return [_read(path) for path in sorted(_DEV.glob(f"{pattern}.tsv"))]


def named_sets(names: Iterable[str]) -> list[QuerySet]:
    """The sets of these names. Raises `FileNotFoundError` where there is none of a name."""
    return [_read(_DEV / f"{name}.tsv") for name in names]


def _read(path: Path) -> QuerySet:
    name = path.relative_to(_DEV).as_posix().removesuffix(".tsv")
    dictionaries, *_, last = path.stem.split(".")
    kind = SetKind(last) if last in (SetKind.PARTS, SetKind.ABSENT) else SetKind.WORDS
    lines = path.read_text(encoding="utf-8").splitlines()
    rows = [line for line in lines if (line.strip() if kind is SetKind.ABSENT else "\t" in line)]
    return QuerySet(tuple(dictionaries.split(",")), name, kind, tuple(_pair(row, kind) for row in rows[:MOST_ROWS]))


def _pair(row: str, kind: SetKind) -> Pair:
    query, *columns = row.split("\t")
    if kind is SetKind.ABSENT:
        return Pair(query)
    answers = tuple(columns[0].split("|"))
    if kind is SetKind.WORDS:
        return Pair(query, answers)
    parts = tuple(answers[0].split("+"))
    return Pair(query, (*parts, *answers[1:]), parts)


def goals() -> dict[str, dict[str, float]]:
    """What must be reached: name of a set without its folder → metric (`r1`, `found`, …) → value."""
    found: dict[str, dict[str, float]] = {}
    for line in (SHARED / "quality" / "goals.tsv").read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            name, metric, value = line.split()
            found.setdefault(name, {})[metric] = float(value)
    return found


def full_database() -> Path:
    """The path of a database of the full dictionaries, brought up to date."""
    return _load_database("full", [request for request in corpus_requests(SHARED) if request.id in _FULL_IDS])


def small_database() -> Path:
    """The path of a database of the small dictionaries that the sets of `small/` are asked of, brought up to date."""
    languages = {"hanh-chinh": ("vi", "en")}
    requests = []
    for path in sorted((SHARED / "quality" / "small").glob("*.tsv")):
        source, target = languages.get(path.stem) or path.stem.split("-")
        requests.append(LoadRequest(path=path, id=path.stem, source_language=source, target_language=target))
    return _load_database("small", requests)


def _load_database(name: str, requests: list[LoadRequest]) -> Path:
    database = ROOT / "build" / "quality" / f"{name}.sqlite3"
    database.parent.mkdir(parents=True, exist_ok=True)
    load(database, requests)
    return database
