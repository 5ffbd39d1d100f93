"""What a worker takes up at its start agrees with the rows that it was put together from.

1. The keys are those of every headword and variant, each once, in order.
2. A key is as common as the commonest headword of its language that has it, and absent where none has.
3. The spellings are how the headwords and variants of Vietnamese are written, in the order of the keys.
4. Each key has its sound.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest

from dictsvc.language.keys import VIETNAMESE, Folded
from dictsvc.language.sounds import sound
from dictsvc.storage.key_rows import HEADWORD_KINDS, KeyKind
from dictsvc.storage.snapshot import Snapshot
from dictsvc.storage.vocabulary import FIRST_LETTER, SEPARATOR

_ROWS = "SELECT k.key, k.kind, k.text, e.headword, e.commonness, e.id FROM key k JOIN entry e ON e.id = k.entry"
Spelt = dict[tuple[str, str], int]


@pytest.fixture
def snapshot(mini_database: Path) -> Snapshot:
    return Snapshot(mini_database)


@pytest.fixture
def spelt(snapshot: Snapshot) -> dict[str, Spelt]:
    """By language: key and spelling → the highest commonness of a headword that is so written."""
    ranges = {d.source_language: snapshot.entry_range(d.id) for d in snapshot.dictionaries.values()}
    found: dict[str, Spelt] = {language: defaultdict(int) for language in ranges}
    for key, kind, written, headword, commonness, entry in snapshot.rows(_ROWS):
        if kind in HEADWORD_KINDS:
            (language,) = (code for code, (first, last) in ranges.items() if first <= entry <= last)
            spelling = written or (headword if kind == KeyKind.FOLDED else key)
            found[language][key, spelling] = max(commonness, found[language][key, spelling])
    return found


def test_keys_and_how_common_they_are(snapshot: Snapshot, spelt: dict[str, Spelt]) -> None:
    listed = snapshot.keys()
    keys = listed.keys.split(SEPARATOR)
    assert keys == sorted({key for of_language in spelt.values() for key, _ in of_language})
    assert listed.commonness.keys() == spelt.keys() == {"vi", "en"}
    for language, letters in listed.commonness.items():
        highest: dict[str, int] = defaultdict(lambda: -1)
        for (key, _), commonness in spelt[language].items():
            highest[key] = max(commonness, highest[key])
        assert [ord(letter) - FIRST_LETTER for letter in letters] == [highest[key] for key in keys]


def test_spellings_of_vietnamese(snapshot: Snapshot, spelt: dict[str, Spelt]) -> None:
    spellings = snapshot.spellings(VIETNAMESE)
    keys = sorted({key for key, _ in spelt[VIETNAMESE]})
    counts = [int(count) for count in spellings.counts.split()]
    assert counts == [sum(one == key for one, _ in spelt[VIETNAMESE]) for key in keys]
    owners = [key for key, count in zip(keys, counts, strict=True) for _ in range(count)]
    written = spellings.written.split(SEPARATOR)
    commonness = [ord(letter) - FIRST_LETTER for letter in spellings.commonness]
    assert dict(zip(zip(owners, written, strict=True), commonness, strict=True)) == spelt[VIETNAMESE]


def test_sounds(snapshot: Snapshot) -> None:
    listed = snapshot.keys()
    expected = [sound(Folded(key)) for key in listed.keys.split(SEPARATOR)]
    assert listed.sounds.split(SEPARATOR) == expected
