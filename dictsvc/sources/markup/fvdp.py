"""The markup of the Free Vietnamese Dictionary Project, wherever it stands.

    @headword /pronunciation/
    * part of speech
    - gloss
    =example+translation
    !idiom
    # see also

In HTML bodies the same lines are parted by `<br>`, `▫` begins an example, `•` an idiom. Braces hold a word of a
third language that tells which sense is meant: `- {spectroscope} kính quang phổ`. The syllables of a compound may be
joined: `tự_do`.
"""

import re

from dictsvc.language.text import cleaned
from dictsvc.model import Entry
from dictsvc.sources.markup.bilingual import split_translation
from dictsvc.sources.markup.draft import EntryDraft
from dictsvc.sources.markup.grammar import PARTS_OF_SPEECH, leading_labels, part_of_speech
from dictsvc.sources.source import UNKNOWN, Languages

HEADWORD_LINE = re.compile(r"^(?P<headword>.*?)\s*(?:/(?P<slashed>[^/]+)/?|\[(?P<bracketed>[^\]]*)\])?\s*$")
"""A headword with its pronunciation, as it stands behind `@`."""
_MARKERS = {mark: mark for mark in "*-=!#@▫/"} | {"+": "-", "•": "!"}
_GERMAN_ARTICLES = frozenset({"der", "die", "das"})
_SEE = re.compile(r"(?i)^(?:xem|\(xem\)) (?P<words>[^.;:()]{1,40})\.?$")
_SEE_NEXT_LINE = "xem"
_OPPOSITES = ("phản nghĩa", "đồng âm")
_IDIOMS = re.compile(r"(?i)^(?:thành ngữ|idioms?)\b(?P<word>.*)")
_JOINED_SYLLABLES = re.compile(r"(?<=[^\W\d_])_+|_+(?=[^\W\d_])")
_PICTURE = re.compile(r"^\{\{.*\}\}$")
_BRACKETED_INDICATOR = re.compile(r"^\[([^\[\]]*)\]")
_BRACES = re.compile(r"\{([^{}]*)\}")
_BRACKETS = re.compile(r"\(([^()]*)\)")
_FORM = re.compile(r"(?:.*số nhiều )?([a-z][a-z'-]+)")
_INFLECTED = ("verb", "noun", "adjective", "adverb")


class _LineParser:
    """Reads the lines of one body into a draft. Lines without a mark are glosses, so that nothing is lost."""

    def __init__(self, headword: str, languages: Languages) -> None:
        self.draft = EntryDraft(headword)
        self._languages = languages
        self._heading = ""
        """What stood behind a part of speech: a note to the first gloss, or the gloss where none follows."""
        self._indicated = False
        self._awaits_see = False
        self._awaits_opposites = ""
        self._idioms_of = ""

    def line(self, text: str) -> None:
        text = cleaned(_JOINED_SYLLABLES.sub(" ", text) if "_" in text else text)
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
            case "=" | "▫":
                self._take_example(rest, glued=mark == "▫")
            case "!":
                self._flush_heading()
                self.draft.idiom(rest)
            case "#":
                self._take_see_also(rest)
            case "/":
                pass
            case _:
                self._take_gloss(rest, marked=mark is not None)

    def entry(self) -> Entry:
        self._flush_heading()
        if self._idioms_of and not self.draft.has_senses():
            self.draft.see_also.append(self._idioms_of)
        return self.draft.entry()

    def _take_head(self, rest: str) -> None:
        headword = self.draft.headword
        article, space, word = rest.partition(" ")
        if article in _GERMAN_ARTICLES and space and word.startswith(headword):
            self.draft.part_of_speech("noun")
            self._heading, rest = article, word
        head, dash, gloss = rest.partition(" - ")
        if dash and not head.startswith(headword + " -"):
            self._take_gloss(gloss.strip())
        found = HEADWORD_LINE.match(head)
        if found and found["slashed"]:
            self.draft.pronunciation = found["slashed"].strip()
        if found and self._languages.source == "de":
            self._take_german_head(found["headword"])

    def _take_german_head(self, head: str) -> None:
        """`empört sein`, `Kraken (Zoologie)`, `schließen (schloß,geschlossen)`: more than the bare headword."""
        for group in _BRACKETS.findall(head):
            if "," in group and not group.startswith("-") and head[:1].islower():
                self.draft.forms += [form.strip() for form in group.split(",")]
            self._heading = ", ".join(filter(None, (self._heading, group.strip())))
        phrase = " ".join(_BRACKETS.sub(" ", head).split())
        if phrase != self.draft.headword and self.draft.headword in phrase and "[" not in phrase:
            self.draft.variants.append(phrase)
            self._heading = ", ".join(filter(None, (phrase, self._heading)))

    def _take_pronunciation(self, text: str) -> bool:
        sounds = text.strip("/ ")
        if self.draft.has_senses() or self.draft.pronunciation not in (None, "", sounds):
            return False
        self.draft.pronunciation = sounds
        return True

    def _take_part_of_speech(self, rest: str) -> None:
        if self._see(rest) or _PICTURE.match(rest):
            return
        self._flush_heading()
        name, detail = part_of_speech(rest)
        if found := _IDIOMS.match(rest):  # it names the word under which idioms stand, or that they hold
            detail, self._idioms_of = "", found["word"].strip()
        if name in PARTS_OF_SPEECH:
            self.draft.part_of_speech(name)
            self._heading = detail
        else:
            self.draft.part_of_speech(None)
            self._heading = rest
        if name in _INFLECTED:
            forms = (_FORM.fullmatch(part.strip()) for part in re.split("[,;()]", detail))
            self.draft.forms += [form[1] for form in forms if form]

    def _flush_heading(self) -> None:
        """What stood behind a part of speech, where no gloss followed: it was the gloss."""
        heading, self._heading = self._heading, ""
        if heading and heading not in _GERMAN_ARTICLES:
            self.draft.sense(heading)

    def _take_gloss(self, rest: str, *, marked: bool = True) -> None:
        self._awaits_opposites = ""
        if self._awaits_see and not marked:
            self.draft.see_also.append(rest)
            return
        self._awaits_see = rest == _SEE_NEXT_LINE
        if not rest or self._awaits_see or self._see(rest):
            return
        if rest.startswith("[") and self._languages.source == "vi" and self._languages.target not in ("vi", ""):
            rest = _BRACKETED_INDICATOR.sub(r"{\1}", rest)
        labels, gloss = leading_labels(rest)
        indicated = rest.startswith("{")
        if self._indicated and not indicated and marked and self.draft.has_senses():
            self.draft.extend_gloss(gloss)  # a long list of glosses was broken into lines
            return
        self._indicated = indicated
        heading = "" if self.draft.in_idiom else self._heading
        if heading:
            self._heading = ""
        self.draft.sense(gloss, labels, heading)

    def _see(self, rest: str) -> bool:
        found = _SEE.match(rest)
        if found and not self.draft.in_idiom:
            self.draft.see_also.append(found["words"].strip())
            return True
        return False

    def _take_example(self, rest: str, *, glued: bool) -> None:
        if self._awaits_opposites:
            self.draft.note(f"{self._awaits_opposites}: {rest}")
            return
        source, plus, target = rest.partition("+")
        if not target.strip() and (braces := _BRACES.search(source)):
            source, target = source[: braces.start()] + source[braces.end() :], braces[1]
        elif glued and not plus and (parts := split_translation(rest, self._languages)):
            source, target = parts
        self.draft.example(source.strip(), target.strip())

    def _take_see_also(self, rest: str) -> None:
        if rest.rstrip(":").casefold() in _OPPOSITES:
            self._awaits_opposites = rest.rstrip(":").capitalize()
        else:
            self.draft.see_also += [word.strip() for word in rest.split(";")]


def parse_body(headword: str, lines: list[str], languages: Languages = UNKNOWN) -> Entry:
    """The entry that the lines of an FVDP body make of `headword`."""
    parser = _LineParser(headword, languages)
    for line in lines:
        parser.line(line)
    return parser.entry()


_STARTS = re.compile(r"(?:^|\s)(?=(?:= ?|-(?=[^\s\d])|\* |! ?)\S)")


def unflattened(body: str) -> list[str]:
    """The lines of a body whose line breaks were lost.

    >>> unflattened("-servante = A dua theo +suivre -autre")
    ['-servante', '= A dua theo +suivre', '-autre']
    """
    return [part.strip() for part in _STARTS.split(body) if part.strip()]
