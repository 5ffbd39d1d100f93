"""How much of what people read the bundled dictionaries hold: `python -m tests.dictionaries.coverage`.

Reads the word lists and the portal's page in the folder that DICTSVC_SHARED names (default `../shared`), prints
a line for each measure with what is missing, and ends with status 1 where one falls short of its goal.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from msgspec import Struct

from dictsvc.language.vietnamese.segmentation import segmented
from dictsvc.sources.catalog import folder
from tests.dictionaries.lint.bundle import Bundle, BundledDictionary, read_bundle
from tests.dictionaries.lint.entry_rules import round_trip

ROOT = Path(__file__).resolve().parents[2]
SEEDS = ROOT / "seeds" / "words.tsv"
LEAST_HEADWORDS = {"vi-en": 3000, "en-vi": 3000, "hanh-chinh": 600, "vi-fr": 1000, "fr-vi": 1000}
WITH_EXAMPLE = 800
_CORE = (
    # list, dictionary, first so many words, share of them: names and words of no general use are the rest
    ("vi-core", "vi-en", 2700, 0.97),
    ("vi-core", "vi-en", 2000, 0.95),
    ("en-core", "en-vi", 2700, 0.97),
    ("en-core", "en-vi", 2000, 0.95),
    ("fr-core", "fr-vi", 900, 0.97),
    ("fr-core", "fr-vi", 2000, 0.95),
)
_MISSING_SHOWN = 40


class Measure(Struct, frozen=True):
    """A share that was measured, what it must reach, and what is missing from it."""

    name: str
    share: float
    goal: float
    missing: tuple[str, ...] = ()

    @property
    def reached(self) -> bool:
        return self.share >= self.goal


def measures(bundle: Bundle, shared: Path) -> Iterator[Measure]:
    """Every measure of the bundled dictionaries."""
    dictionaries = bundle.dictionaries
    for identifier, least in LEAST_HEADWORDS.items():
        count = len(dictionaries[identifier].entries)
        yield Measure(f"{identifier}: headwords, of {least}", count / least, 1.0)
    vietnamese = (dictionaries["vi-en"], dictionaries["hanh-chinh"])
    yield _coverage("seed words in vi-en or hanh-chinh", seed_words(), vietnamese, 1.0)
    yield _coverage("running words of the portal's page", portal_words(shared), vietnamese, 0.97)
    for name, identifier, first, goal in _CORE:
        words = core_words(shared, name)[:first]
        yield _coverage(f"first {first} of {name} in {identifier}", words, (dictionaries[identifier],), goal)
    for name, identifier in (("vi-core", "vi-en"), ("en-core", "en-vi")):
        dictionary = dictionaries[identifier]
        common = [word for word in core_words(shared, name) if dictionary.key(word) in dictionary.keys][:WITH_EXAMPLE]
        with_example = _keys_with_example(dictionary)
        missing = tuple(word for word in common if dictionary.key(word) not in with_example)
        share = 1 - len(missing) / WITH_EXAMPLE
        yield Measure(f"{identifier}: examples on the {WITH_EXAMPLE} commonest", share, 1.0, missing)
    for identifier in ("vi-en", "en-vi", "vi-fr", "fr-vi"):
        yield Measure(f"{identifier}: glosses that lead back", round_trip(dictionaries[identifier], bundle) or 0.0, 0.6)


def seed_words() -> list[str]:
    """The words of `seeds/words.tsv`, commonest first."""
    return [line.split("\t")[0] for line in SEEDS.read_text(encoding="utf-8").splitlines()]


def core_words(shared: Path, name: str) -> list[str]:
    """The words of a core list, commonest first."""
    return (shared / "wordlists" / f"{name}.txt").read_text(encoding="utf-8").split("\n")[:-1]


def portal_words(shared: Path) -> list[str]:
    """The running words of the portal's page.

    Names of several syllables, numbers, abbreviations, and lines without a Vietnamese letter are aside.
    """
    lines = (shared / "seed" / "portal-page.txt").read_text(encoding="utf-8").splitlines()
    words = [token.text for line in lines if not line.isascii() for token in segmented(line)]
    return [word for word in words if not _is_aside(word)]


def _is_aside(word: str) -> bool:
    syllables = word.split()
    name = len(syllables) > 1 and all(syllable[0].isupper() for syllable in syllables)
    number = any(character.isdigit() or character in "._" for character in word)
    return name or number or word.isupper()


def _coverage(name: str, words: Iterable[str], dictionaries: tuple[BundledDictionary, ...], goal: float) -> Measure:
    words = list(words)
    missing = [word for word in words if not any(d.key(word) in d.keys for d in dictionaries)]
    return Measure(name, 1 - len(missing) / len(words), goal, tuple(dict.fromkeys(missing)))


def _keys_with_example(dictionary: BundledDictionary) -> set[str]:
    return {
        dictionary.key(word)
        for entry in dictionary.entries
        if any(sense.examples for sense in entry.senses)
        for word in (entry.headword, *entry.variants)
    }


def main() -> int:
    """Print every measure; the exit status."""
    shared = (ROOT / os.environ.get("DICTSVC_SHARED", "../shared")).resolve()
    found = list(measures(read_bundle(folder()), shared))
    for measure in found:
        verdict = "" if measure.reached else f"  BELOW {measure.goal:.0%}"
        print(f"{measure.share:8.1%}  {measure.name}{verdict}")
        if measure.missing:
            print("          missing: " + ", ".join(measure.missing[:_MISSING_SHOWN]))
    return 0 if all(measure.reached for measure in found) else 1


if __name__ == "__main__":
    sys.exit(main())
