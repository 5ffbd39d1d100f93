"""`make quality` measures what the reference evaluator of the shared folder measures."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from dictsvc.search.search_index import SearchIndex
from tests.quality import sets
from tests.quality.__main__ import asking_here
from tests.quality.calibration import operating_curve, reliability
from tests.quality.measures import Ask, Measured, measure
from tests.quality.sets import FITTED_LETTER_SETS, FITTED_SYLLABLE_SETS, SetKind, named_sets, query_sets

pytestmark = pytest.mark.shared
_ROWS = 60
_SETS = ("en-vi.en_mitton_birkbeck", "en-vi.questions", "vi-en.vi_phrase.parts", "en-vi.en_phrase.parts",
         "en-vi.pseudo.absent", "en-vi.names.absent")  # fmt: skip


@pytest.fixture(scope="module")
def reference(shared: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("evaluate", shared / "quality" / "evaluate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def ask(full_lexicon: SearchIndex) -> Ask:
    return asking_here(full_lexicon)


@pytest.fixture(scope="module")
def measured(shared: Path, ask: Ask) -> list[Measured]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sets, "MOST_ROWS", _ROWS)
        return [measure(queries, ask) for queries in named_sets(_SETS)]


class _Client:
    """Stands in for the reference's HTTP client."""

    def __init__(self, reference: ModuleType, ask: Ask) -> None:
        self._comparable, self._ask = reference.comparable, ask
        self.seconds: list[float] = []

    def lookup(self, query: str, dictionary: str) -> tuple[list[str], bool, str, float]:
        answer = self._ask(query, tuple(dictionary.split(",")))
        assert answer is not None
        match = answer.results[0].match if answer.results else None
        headwords = list(dict.fromkeys(self._comparable(hit.headword) for hit in answer.results))
        return headwords, answer.found, match.kind if match else "", match.score if match else 0.0


def test_the_figures_are_those_of_the_reference(
    shared: Path, reference: ModuleType, ask: Ask, measured: list[Measured], capsys: pytest.CaptureFixture[str]
) -> None:
    client, firsts = _Client(reference, ask), []  # type: ignore[var-annotated]
    for own in measured:
        path = shared / "quality" / "dev" / f"{own.queries.name}.tsv"
        got = reference.evaluate(client, path, _ROWS, firsts)
        assert got.pop("n") == len(own.judged) == _ROWS
        assert {name: value for name, value in got.items() if name not in ("p50", "p99")} == own.metrics
    error = reference.print_calibration(firsts)
    assert reliability(measured).expected_error == pytest.approx(error)
    assert f"Brier score {reliability(measured).brier:.3f}" in capsys.readouterr().out


def test_a_higher_threshold_finds_fewer(measured: list[Measured]) -> None:
    curve = operating_curve(measured)[1:]
    assert [p.typos for p in curve] == sorted((p.typos for p in curve), reverse=True)
    assert [p.absent for p in curve] == sorted((p.absent for p in curve), reverse=True)
    assert curve[0].typos > curve[-1].typos


def test_every_set_is_read(shared: Path) -> None:
    every = [*query_sets("*"), *query_sets("small/*")]
    files = list((shared / "quality" / "dev").glob("**/*.tsv"))
    assert len(every) == len(files) > 60
    assert {queries.kind for queries in every} == set(SetKind)
    for queries in every:
        assert queries.pairs, queries.name
        assert all(bool(pair.answers) == (queries.kind is not SetKind.ABSENT) for pair in queries.pairs)
        assert all(bool(pair.parts) == (queries.kind is SetKind.PARTS) for pair in queries.pairs)


def test_the_sets_that_are_fitted_are_there(shared: Path) -> None:
    assert all(queries.kind is SetKind.WORDS for queries in named_sets(FITTED_LETTER_SETS + FITTED_SYLLABLE_SETS))
