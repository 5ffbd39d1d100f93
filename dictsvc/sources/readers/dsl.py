"""ABBYY Lingvo's DSL: headword lines, then indented lines of `[m1][p]n[/p] text[/m]`."""

import re
from collections.abc import Iterator
from itertools import chain

from msgspec import Struct

from dictsvc.errors import SourceError
from dictsvc.language.text import cleaned
from dictsvc.model import Entry, Problem
from dictsvc.sources.files import Line, read_lines
from dictsvc.sources.languages import code_of
from dictsvc.sources.markup.bodies import entry_records
from dictsvc.sources.markup.draft import EntryDraft
from dictsvc.sources.markup.grammar import PARTS_OF_SPEECH, leading_labels, part_of_speech
from dictsvc.sources.markup.headwords import headword_of
from dictsvc.sources.source import Certainty, DictionaryFile, Format, Languages, Record, Source

_DIRECTIVE = re.compile(r'^#(?P<name>[A-Z_]+)\s+"?(?P<value>[^"]*)"?')
_COMMENT = re.compile(r"\{\{.*?\}\}")
_UNINDEXED = re.compile(r"(?<!\\)[{}]")
_OPTIONAL = re.compile(r"(?<!\\)\(([^()]*)\)")
_ESCAPE = re.compile(r"\\(.)")
_TOKEN = re.compile(
    r"\\(?P<escaped>.)|\[(?P<close>/?)(?P<tag>[a-z!'*]+)\d*(?:\s[^\[\]]*)?\]|<<(?P<link>[^<>]*)>>|(?P<text>[^\\\[<]+|.)"
)
_NUMBER = re.compile(r"^(?:\d{1,2}[.)]|[a-zа-я]\)|[IVX]+\.)(?:\s+|$)")
_TRANSLATION = re.compile(r"\s+[—–-]+\s+")
_MOST_CARD_LINES = 5000


def _recognises(file: DictionaryFile) -> bool:
    """Whether the file names a DSL dictionary, or begins as its first cards do."""
    lines = file.lines()
    if lines and _DIRECTIVE.match(lines[0]) and lines[0].startswith(("#NAME", "#INDEX_LANGUAGE", "#CONTENTS_LANGUAGE")):
        return True
    return any(re.match(r"\s+\[m\d?\]", line) for line in lines[1:]) and not lines[0][:1].isspace()


def _read(file: DictionaryFile, _languages: Languages) -> Source:
    """A DSL dictionary in UTF-8 or UTF-16, with a byte order mark or without. `#INCLUDE` is not followed.

    Raises `SourceError` where the file holds no card.
    """
    lines = read_lines(file.path)
    about: dict[str, str] = {}
    cards: Iterator[Line] | None = None
    for line in lines:
        found = _DIRECTIVE.match(line.text)
        if found:
            about[found["name"]] = cleaned(found["value"])
        elif line.text.strip():
            cards = chain([line], lines)
            break
    if cards is None:
        raise SourceError(f"{file.name} holds no DSL card.")
    return Source(
        records=_records(cards),
        title=about.get("NAME", ""),
        source_language=code_of(about.get("INDEX_LANGUAGE", "")),
        target_language=code_of(about.get("CONTENTS_LANGUAGE", "")),
    )


def _records(lines: Iterator[Line]) -> Iterator[Record]:
    heads: list[Line] = []
    body: list[str] = []
    for line in lines:
        if line.problem:
            yield line.problem
            body += [" "] if line.problem.skipped and heads else []  # a line of the body that cannot be had
        text = _COMMENT.sub("", line.text)
        if not text.strip():
            continue
        if text[0] in "\t ":
            if len(body) < _MOST_CARD_LINES:
                body.append(text)
            continue
        if body:
            yield from _card(heads, body)
            heads, body = [], []
        heads.append(Line(line.number, text))
    yield from _card(heads, body)


def _card(heads: list[Line], body: list[str]) -> Iterator[Record]:
    spellings: list[str] = []
    for head in heads:
        word, problems = headword_of(_plain(head.text), f"line {head.number}")
        yield from problems
        if word:
            spellings += [word, *_with_optional_parts(head.text, word)]
    if not spellings:
        if body:
            yield Problem("the first lines", "no-headword", f"a body without a headword: {body[0].strip()[:40]!r}")
        return
    yield from entry_records(_Card(list(dict.fromkeys(spellings))).entry(body), f"line {heads[0].number}")


def _plain(head: str) -> str:
    """A headword as it is shown: `{to }go (away)` → `to go (away)`."""
    return _ESCAPE.sub(r"\1", _UNINDEXED.sub("", head))


def _with_optional_parts(head: str, word: str) -> Iterator[str]:
    """`colo(u)r` is also found as `color` and `colour`."""
    if _OPTIONAL.search(head):
        for replacement in ("", r"\1"):
            spelling = cleaned(_plain(_OPTIONAL.sub(replacement, head)))
            if spelling and spelling != word:
                yield spelling


class _Parts(Struct):
    """A line of a body, taken apart by what its tags say."""

    text: str = ""
    bold: str = ""
    italic: str = ""
    example: str = ""
    transcription: str = ""
    labels: list[str] = []
    links: list[str] = []


_ROLES = {"p": "labels", "ex": "example", "t": "transcription", "ref": "links", "com": "text"} | dict.fromkeys(
    ("s", "video", "url"), ""
)
"""Tag → the part of the line that what it encloses belongs to; empty where it is no text."""


def _parts(line: str) -> _Parts:
    parts = _Parts()
    open_tags: list[str] = []
    for token in _TOKEN.finditer(line):
        tag = token["tag"]
        if tag:
            if not token["close"]:
                open_tags.append(tag)
                if _ROLES.get(tag) in ("labels", "links"):
                    getattr(parts, _ROLES[tag]).append("")
            elif tag in open_tags:
                open_tags.reverse()
                open_tags.remove(tag)
                open_tags.reverse()
            continue
        if token["link"]:
            parts.links.append(token["link"])
            continue
        _add(parts, token["escaped"] or token["text"] or "", open_tags)
    return parts


def _add(parts: _Parts, text: str, open_tags: list[str]) -> None:
    roles = {_ROLES[tag] for tag in open_tags if tag in _ROLES}
    if "" in roles:
        return
    if "example" in roles:
        parts.example += text
    elif "labels" in roles:
        parts.labels[-1] += text
    elif "links" in roles:
        parts.links[-1] += text
    elif "transcription" in roles:
        parts.transcription += text
    else:
        parts.text += text
        if "b" in open_tags:
            parts.bold += text
        elif "i" in open_tags:
            parts.italic += text


class _Card:
    def __init__(self, spellings: list[str]) -> None:
        self._spellings = spellings
        self.draft = EntryDraft(spellings[0])
        self._labels: list[str] = []

    def entry(self, body: list[str]) -> Entry:
        for number, line in enumerate(body):
            stripped = line.strip()
            if stripped.startswith("@"):
                if phrase := cleaned(_plain(stripped[1:])):
                    self.draft.idiom(phrase)
                continue
            self._line(_parts(stripped), first=number == 0)
        self.draft.variants += [spelling for spelling in self._spellings if spelling != self.draft.headword]
        return self.draft.entry()

    def _line(self, parts: _Parts, *, first: bool) -> None:
        for label in parts.labels:
            self._label(cleaned(label).strip("<> "))
        if sounds := cleaned(parts.transcription).strip("[]/ "):
            self.draft.pronunciation = self.draft.pronunciation or sounds
        links = [word for link in parts.links if (word := cleaned(link))]
        text = cleaned(parts.text)
        bold = cleaned(parts.bold)
        if first and bold in self._spellings:
            self.draft.headword = bold  # the card shows which of its headwords it explains
            self._labels += _unbracketed(cleaned(parts.italic))
            text = cleaned(parts.text.replace(parts.bold, "", 1).replace(parts.italic, "", 1))
        text = _NUMBER.sub("", text.strip("♦•◊ ")).replace("~", self.draft.headword)
        if links and len(text) <= 12:  # noqa: PLR2004  (`see`, `см. также`, `= `)
            self.draft.see_also += links
        elif text or links:
            self._sense(" ".join([text, *links]))
        if example := cleaned(parts.example).replace("~", self.draft.headword):
            source, *target = _TRANSLATION.split(example, maxsplit=1)
            self.draft.example(source, target[0] if target else None)

    def _label(self, label: str) -> None:
        name = part_of_speech(label)[0]
        if name in PARTS_OF_SPEECH:
            self.draft.part_of_speech(name)
        elif label:
            self._labels.append(label)

    def _sense(self, text: str) -> None:
        labels, gloss = leading_labels(text.strip())
        self.draft.sense(gloss, (*self._labels, *labels))
        self._labels = []


def _unbracketed(text: str) -> list[str]:
    if text.startswith("(") and text.endswith(")"):
        text = text[1:-1]
    return [text] if text else []


FORMAT = Format(
    name="dsl",
    description="ABBYY Lingvo's DSL",
    endings=(".dsl", ".dsl.dz"),
    certainty=Certainty.STRUCTURE,
    recognises=_recognises,
    read=_read,
)
