"""What `dictsvc check` looks for in the entries that are loaded."""

import inspect
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator

import msgspec
from msgspec import Struct

from dictsvc.entry_parts import references_of, senses_of, texts_of
from dictsvc.language.keys import Canonical, canonical
from dictsvc.language.text import composed
from dictsvc.model import Entry
from dictsvc.storage.connection_pool import DamagedError
from dictsvc.storage.queries import StoredEntry

_SUSPICIOUS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffd]|</?[a-zA-Z][^<>]*>|&(?:[a-z]{2,8}|#\\d+);")
"""Control characters, bytes that could not be decoded, and what is left of markup."""
_SHOWN = 60
"""Characters of a suspicious text that are shown."""
_REFERENCE = "A reference leads to no headword or variant of the dictionary."
_UNREADABLE = "An entry cannot be read; load its dictionary again."


class Fault(Struct, frozen=True):
    """One kind of fault in a dictionary: how often it is there, and where first."""

    dictionary: str
    headword: str
    """Of the first entry that has it."""
    message: str
    detail: str
    """Of the first entry that has it."""
    count: int
    damaged: bool = False
    """Whether the database is at fault, and not what the dictionary says."""


Rule = Callable[[Entry], Iterator[str]]
"""Yields a detail for each fault of an entry; the rule's docstring is the message."""


def empty_entry(entry: Entry) -> Iterator[str]:
    """An entry has no sense, idiom or reference."""
    if not (entry.senses or entry.idioms or entry.links):
        yield "nothing but the headword"


def empty_gloss(entry: Entry) -> Iterator[str]:
    """A sense has no gloss."""
    for sense in senses_of(entry):
        if not sense.gloss:
            yield sense.note or next((example.source for example in sense.examples), "an empty sense")


def suspicious_text(entry: Entry) -> Iterator[str]:
    """A text holds control characters, markup, or letters that are not composed (NFC)."""
    for text in texts_of(entry):
        if _SUSPICIOUS.search(text) or not (unicodedata.is_normalized("NFC", text) or composed(text) == text):
            yield repr(text[:_SHOWN])


RULES: tuple[Rule, ...] = (empty_entry, empty_gloss, suspicious_text)


class DictionaryCheck:
    """Checks the entries of one dictionary as they pass, then tells their faults."""

    def __init__(self, dictionary: str) -> None:
        self._dictionary = dictionary
        self._faults: dict[str, Fault] = {}
        self._headwords: set[Canonical] = set()
        self._references: list[tuple[str, str]] = []

    def readable(self, stored_entries: Iterable[StoredEntry]) -> Iterator[Entry]:
        """The entries that can be read, each checked; those that cannot are a fault."""
        for stored in stored_entries:
            try:
                entry = stored.entry()
            except DamagedError:
                self._count(_UNREADABLE, stored.headword, "its bytes are no entry")
                continue
            self._headwords.update(map(canonical, (entry.headword, *entry.variants)))
            self._references += [(entry.headword, other) for other in references_of(entry)]
            for rule in RULES:
                for detail in rule(entry):
                    self._count(inspect.getdoc(rule) or rule.__name__, entry.headword, detail)
            yield entry

    def faults(self) -> list[Fault]:
        """The faults of the entries that have passed, one for each kind, commonest first."""
        for headword, other in self._references:
            if canonical(other) not in self._headwords:
                self._count(_REFERENCE, headword, other)
        self._references.clear()
        return sorted(self._faults.values(), key=lambda fault: -fault.count)

    def _count(self, message: str, headword: str, detail: str) -> None:
        first = Fault(self._dictionary, headword, message, detail, 0, damaged=message == _UNREADABLE)
        fault = self._faults.get(message, first)
        self._faults[message] = msgspec.structs.replace(fault, count=fault.count + 1)
