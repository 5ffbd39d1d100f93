"""An entry being read: whatever the format, its parts arrive one after the other, as they stand in the file."""

from __future__ import annotations

from collections.abc import Iterable
from typing import get_args

from dictsvc.entry_parts import see_links
from dictsvc.language.text import cleaned
from dictsvc.model import Collocation, Entry, Example, Idiom, Link, LinkKind, RegionalPronunciation, Sense


class EntryDraft:
    """Collects the parts of one entry; `entry()` gives what they come to. Texts are to come cleaned."""

    def __init__(self, headword: str) -> None:
        self.headword = headword
        self.pronunciation: str | None = None
        self.variants: list[str] = []
        self.forms: list[str] = []
        self.see_also: list[str] = []
        self.links: list[Link] = []
        """Links of kinds other than `see`, in any order."""
        self.etymology: str | None = None
        self.homonym = 0
        self.regional_pronunciations: list[RegionalPronunciation] = []
        self._senses: list[_SenseDraft] = []
        self._idioms: list[tuple[str, list[_SenseDraft]]] = []
        self._part_of_speech: str | None = None
        self._in_idiom = False

    def part_of_speech(self, name: str | None) -> None:
        """The senses that follow are of this part of speech; idioms are over."""
        self._part_of_speech = name or None
        self._in_idiom = False

    def idiom(self, phrase: str) -> None:
        """A set phrase; the senses that follow are its own. One that comes twice in a row goes on."""
        self._in_idiom = True
        phrase = phrase.strip()
        if not self._idioms or self._idioms[-1][0] != phrase:
            self._idioms.append((phrase, []))

    @property
    def in_idiom(self) -> bool:
        """Whether the next sense is one of an idiom."""
        return self._in_idiom

    def sense(self, gloss: str, labels: Iterable[str] = (), note: str | None = None) -> None:
        """A sense of the headword or of the idiom that was begun last; one that stays empty is dropped."""
        part = None if self._in_idiom else self._part_of_speech
        self._drafts().append(_SenseDraft(part, tuple(labels), gloss, note or None))

    def extend_gloss(self, text: str) -> None:
        """More glosses of the sense that came last."""
        last = self._last()
        last.gloss = f"{last.gloss}, {text}" if last.gloss else text

    def example(self, source: str, target: str | None = None) -> None:
        """An example of the sense that came last."""
        if source:
            self._last().examples.append(Example(source.strip(), (target or "").strip() or None))

    def note(self, text: str) -> None:
        """More to say of the sense that came last."""
        if text:
            last = self._last()
            last.note = f"{last.note}; {text}" if last.note else text

    def collocation(self, phrase: str, translation: str | None = None) -> None:
        """A phrase in which the sense that came last is typical."""
        if phrase:
            self._last().collocations.append(Collocation(phrase.strip(), (translation or "").strip() or None))

    def synonyms(self, words: Iterable[str]) -> None:
        """Headwords that mean about the same as the sense that came last."""
        self._last().synonyms += words

    def antonyms(self, words: Iterable[str]) -> None:
        """Headwords that mean the opposite of the sense that came last."""
        self._last().antonyms += words

    def has_senses(self) -> bool:
        """Whether any sense or idiom has come yet."""
        return bool(self._senses or self._idioms)

    def entry(self) -> Entry:
        """The entry that the parts so far make. What stands there twice is kept once."""
        return Entry(
            headword=self.headword,
            variants=_others(self.variants, self.headword),
            pronunciation=self.pronunciation or None,
            senses=self._kept(self._senses),
            idioms=tuple(Idiom(phrase, self._kept(drafts)) for phrase, drafts in self._idioms if phrase),
            forms=_others(self.forms, self.headword),
            regional_pronunciations=tuple(self.regional_pronunciations),
            etymology=self.etymology or None,
            homonym=self.homonym,
            links=see_links(_others(self.see_also, self.headword)) + self._other_links(),
        )

    def _other_links(self) -> tuple[Link, ...]:
        links = [link for link in dict.fromkeys(self.links) if link.headword not in ("", self.headword)]
        return tuple(sorted(links, key=lambda link: get_args(LinkKind).index(link.kind)))

    def _kept(self, drafts: list[_SenseDraft]) -> tuple[Sense, ...]:
        senses = dict.fromkeys(draft.sense(self.headword) for draft in drafts)
        return tuple(sense for sense in senses if sense != Sense(sense.part_of_speech, sense.labels))

    def _drafts(self) -> list[_SenseDraft]:
        return self._idioms[-1][1] if self._in_idiom else self._senses

    def _last(self) -> _SenseDraft:
        if not self._drafts():
            self.sense("")
        return self._drafts()[-1]


class _SenseDraft:
    __slots__ = ("antonyms", "collocations", "examples", "gloss", "labels", "note", "part_of_speech", "synonyms")

    def __init__(self, part: str | None, labels: tuple[str, ...], gloss: str, note: str | None) -> None:
        self.part_of_speech = part
        self.labels = labels
        self.gloss = gloss
        self.note = note
        self.examples: list[Example] = []
        self.collocations: list[Collocation] = []
        self.synonyms: list[str] = []
        self.antonyms: list[str] = []

    def sense(self, headword: str) -> Sense:
        labels = tuple(filter(None, map(str.strip, self.labels)))
        note = self.note.strip() if self.note else None
        return Sense(
            self.part_of_speech,
            labels,
            self.gloss.strip(),
            note or None,
            tuple(self.examples),
            collocations=tuple(self.collocations),
            synonyms=_others(self.synonyms, headword),
            antonyms=_others(self.antonyms, headword),
        )


def _others(words: Iterable[str], headword: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for word in words if word and word != headword)) if words else ()


def is_empty(entry: Entry) -> bool:
    """Whether an entry says nothing of its headword."""
    return not (entry.senses or entry.idioms or entry.links)


def one_line(text: str | None) -> str:
    """Text from a structured format as one clean line; empty where there is none."""
    return cleaned(" ".join(text.split())) if text else ""
