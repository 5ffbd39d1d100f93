"""The markup of the Free Vietnamese Dictionary Project, wherever it stands.

    @headword /pronunciation/
    * part of speech
    - gloss
    =example+translation
    !idiom
    # see also

In HTML bodies the same lines are parted by `<br>`, `▫` begins an example, `•` an idiom.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from dictsvc.language.text import cleaned
from dictsvc.model import Entry, Example, Idiom, Problem, Sense
from dictsvc.sources.files import read_text
from dictsvc.sources.grammar import PARTS_OF_SPEECH, leading_labels, part_of_speech
from dictsvc.sources.source import Record, Source, about_records

_HEADWORD = re.compile(r"^(?P<headword>.*?)\s*(?:/(?P<slashed>[^/]+)/?|\[(?P<bracketed>[^\]]*)\])?\s*$")
_MARKERS = {
    "*": "*",
    "-": "-",
    "=": "=",
    "!": "!",
    "#": "#",
    "@": "@",
    "▫": "=",
    "•": "!",
    "°": "@",
    "/": "/",
}
_GERMAN_ARTICLES = frozenset({"der", "die", "das"})
_SEE = "xem "
_FORMS_IN_BRACKETS = re.compile(r"\(([^()]*)\)")
_LATIN_WORD = re.compile(r"[a-zA-Z][a-zA-Z'-]+")


class BodyParser:
    """Collects the lines of one entry; `entry()` gives what they come to.

    Lines that carry no mark are kept as glosses, so that nothing a body says is lost.
    """

    def __init__(self, headword: str) -> None:
        self.headword = headword
        self.pronunciation: str | None = None
        self.see_also: list[str] = []
        self.forms: list[str] = []
        self._senses: list[_SenseDraft] = []
        self._idioms: list[tuple[str, list[_SenseDraft]]] = []
        self._part_of_speech: str | None = None
        self._detail = ""
        self._in_idiom = False

    def line(self, text: str) -> None:
        """Take one line of the body."""
        text = cleaned(text)
        if not text:
            return
        mark = _MARKERS.get(text[0])
        rest = text[1:].strip() if mark else text
        if mark == "/" and not self._take_pronunciation(text):
            mark, rest = None, text
        match mark:
            case "@":
                self._take_head(rest)
            case "*":
                self._take_part_of_speech(rest)
            case "=":
                self._take_example(rest)
            case "!":
                self._in_idiom = True
                self._idioms.append((rest, []))
            case "#":
                self.see_also += [word.strip() for word in rest.split(";") if word.strip()]
            case "/":
                pass
            case _:
                self._take_gloss(rest)

    def entry(self) -> Entry:
        """The entry that the lines so far make of the headword."""
        self._flush_detail()
        return Entry(
            headword=self.headword,
            pronunciation=self.pronunciation,
            senses=tuple(draft.sense() for draft in self._senses),
            idioms=tuple(Idiom(phrase, tuple(d.sense() for d in drafts)) for phrase, drafts in self._idioms if phrase),
            forms=tuple(dict.fromkeys(form for form in self.forms if form != self.headword)),
            see_also=tuple(dict.fromkeys(self.see_also)),
        )

    def _take_head(self, rest: str) -> None:
        article, space, word = rest.partition(" ")
        if article in _GERMAN_ARTICLES and space and word.startswith(self.headword):
            self._part_of_speech, self._detail, rest = "noun", article, word
        head, dash, gloss = rest.partition(" - ")
        if dash and not head.startswith(self.headword + " -"):
            self._take_gloss(gloss.strip())
        found = _HEADWORD.match(head)
        if found and found["slashed"]:
            self.pronunciation = found["slashed"].strip()

    def _take_pronunciation(self, text: str) -> bool:
        if self.pronunciation or self._senses:
            return False
        self.pronunciation = text.strip("/ ") or None
        return True

    def _take_part_of_speech(self, rest: str) -> None:
        self._flush_detail()
        self._in_idiom = False
        if rest.startswith(_SEE):
            self.see_also.append(rest.removeprefix(_SEE).strip())
            return
        named, detail = part_of_speech(rest)
        unknown = not detail and named not in PARTS_OF_SPEECH
        self._part_of_speech, self._detail = (None, named) if unknown else (named, detail)
        if self._part_of_speech in ("verb", "noun", "adjective", "adverb"):
            for group in _FORMS_IN_BRACKETS.findall(rest):
                self.forms += _LATIN_WORD.findall(group) if group.isascii() else []

    def _flush_detail(self) -> None:
        """What stood behind a part of speech, where no gloss followed: it was the gloss."""
        if self._detail and self._detail not in _GERMAN_ARTICLES:
            detail, self._detail = self._detail, ""
            in_idiom, self._in_idiom = self._in_idiom, False
            self._take_gloss(detail)
            self._in_idiom = in_idiom

    def _drafts(self) -> list[_SenseDraft]:
        return self._idioms[-1][1] if self._in_idiom else self._senses

    def _take_gloss(self, rest: str) -> None:
        if not rest:
            return
        labels, gloss = leading_labels(rest)
        note = None if self._in_idiom else self._detail or None
        self._detail = self._detail if self._in_idiom else ""
        part = None if self._in_idiom else self._part_of_speech
        self._drafts().append(_SenseDraft(part, labels, gloss, note))

    def _take_example(self, rest: str) -> None:
        source, plus, target = rest.partition("+")
        if not source.strip():
            return
        drafts = self._drafts()
        if not drafts:
            drafts.append(_SenseDraft(None if self._in_idiom else self._part_of_speech, (), "", None))
        drafts[-1].examples.append(Example(source.strip(), (target.strip() or None) if plus else None))


class _SenseDraft:
    __slots__ = ("examples", "gloss", "labels", "note", "part_of_speech")

    def __init__(self, part: str | None, labels: tuple[str, ...], gloss: str, note: str | None) -> None:
        self.part_of_speech = part
        self.labels = labels
        self.gloss = gloss
        self.note = note
        self.examples: list[Example] = []

    def sense(self) -> Sense:
        return Sense(self.part_of_speech, self.labels, self.gloss, self.note, tuple(self.examples))


def parse_body(headword: str, lines: list[str]) -> Entry:
    """The entry that the lines of an FVDP body make of `headword`."""
    parser = BodyParser(headword)
    for line in lines:
        parser.line(line)
    return parser.entry()


def is_empty(entry: Entry) -> bool:
    """Whether an entry says nothing of its headword."""
    return not (entry.senses or entry.idioms or entry.see_also)


def lone_headword(place: str) -> Problem:
    """The report of a headword without a body. It is kept: the dictionary does hold the word."""
    return Problem(place, "empty-body", "the headword stands alone", skipped=False)


_STARTS = re.compile(r"(?:^|\s)(?=(?:= ?|-(?=[^\s\d])|\* |! ?)\S)")


def unflattened(body: str) -> list[str]:
    """The lines of a body whose line breaks were lost, and whose compounds are joined by `_`.

    >>> unflattened("-servante = A_dua theo +suivre -autre")
    ['-servante', '= A dua theo +suivre', '-autre']
    """
    return [part.strip() for part in _STARTS.split(body.replace("_", " ")) if part.strip()]


def read_fvdp(path: Path) -> Source:
    """A file in FVDP's own text format: entries begin with `@`, blank lines part them."""
    return Source(records=_records(read_text(path)))


def _records(text: str) -> Iterator[Record]:
    block: list[str] = []
    start = 1
    for number, line in enumerate(text.split("\n"), 1):
        if line.startswith("@"):
            yield from _block(block, start)
            block, start = [line], number
        elif block:
            block.append(line)
        elif line.strip():
            yield Problem(f"line {number}", "outside-entry", f"text before the first headword: {line[:40]!r}")
    yield from _block(block, start)


def _block(block: list[str], start: int) -> Iterator[Record]:
    if not block:
        return
    found = _HEADWORD.match(cleaned(block[0][1:]))
    headword = found["headword"] if found else ""
    if not headword:
        yield Problem(f"line {start}", "empty-headword", "the record has no headword")
        return
    about = about_records(headword, "\n".join(block[1:]))
    if about is not None:
        yield from about
        return
    entry = parse_body(headword, block)
    if is_empty(entry):
        yield lone_headword(f"line {start} ({headword})")
    yield entry
