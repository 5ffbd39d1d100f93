"""The markup of the Open Vietnamese Dictionary Project's Russian–Vietnamese dictionary.

    ° бу́йн|ый  прил.
    - (необузданный)  mãnh liệt;  (удалой)  ngang tàng
    = ~ое жела́ние  [sự] mong muốn thiết tha

Two spaces part what is Russian from what is Vietnamese; `~` stands for the headword, or for its part before `|`.
"""

import re

from dictsvc.language.text import ACUTE, CYRILLIC_VOWELS, cleaned
from dictsvc.model import Entry
from dictsvc.sources.markup.draft import EntryDraft
from dictsvc.sources.markup.grammar import PARTS_OF_SPEECH, part_of_speech

_HOMOGRAPH = re.compile(r" [IVX]+$")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")
_SEE = re.compile(r"^см\.\s*(.+)$")
_FURTHER_SENSE = re.compile(r"[;,]\s{2,}(?=\()")
_GAP = re.compile(r"\s{2,}")
_BRACKETED = re.compile(r"\(([^()]*)\)")
_EARLY_STRESS = re.compile(f"{ACUTE}([{CYRILLIC_VOWELS}])")
_STRESSED_CONSONANT = re.compile(f"([^{CYRILLIC_VOWELS}]){ACUTE}")
_TILDE = re.compile(r"~([\w\u0301]*)")


def is_russian_markup(lines: list[str]) -> bool:
    """Whether the lines of a body are in this markup."""
    return any(line.startswith("°") for line in lines)


def parse_russian(headword: str, lines: list[str]) -> Entry:
    """The entry that the lines of such a body make of `headword`.

    Where acutes mostly stand before vowels, they are those vowels': such files put stress marks one letter early.
    """
    text = "\n".join(lines)
    if len(_EARLY_STRESS.findall(text)) > text.count(ACUTE) // 2:
        text = _STRESSED_CONSONANT.sub(r"\1", _EARLY_STRESS.sub(rf"\1{ACUTE}", text))
    reader = _Reader(headword)
    for line in text.split("\n"):
        reader.line(line.strip())
    return reader.draft.entry()


class _Reader:
    def __init__(self, headword: str) -> None:
        self.draft = EntryDraft(headword)
        self._whole = self._stem = headword
        self._note = ""

    def line(self, text: str) -> None:
        mark, rest = text[:1], text[1:].strip()
        if mark == "°":
            self._take_head(rest)
        elif mark == "-":
            for sense in _FURTHER_SENSE.split(rest):
                self._take_sense(sense)
        elif mark == "=":
            source, target = map(cleaned, _parted(self._written_out(rest)))
            self.draft.example(source or target, target if source else None)
        elif mark == "*":
            self.draft.part_of_speech(part_of_speech(cleaned(rest))[0])
        elif mark and mark != "@" and text != self.draft.headword:
            self._take_sense(text)

    def _take_head(self, text: str) -> None:
        head, _, grammar = (part.strip() for part in _partition(text))
        head = _HOMOGRAPH.sub("", head)
        self._whole, self._stem = head.replace("|", ""), head.partition("|")[0]
        if ACUTE in self._whole and not self.draft.pronunciation:
            self.draft.pronunciation = cleaned(self._whole)
        name, detail = part_of_speech(cleaned(grammar.replace("\u201a", ", ")))
        known = name in PARTS_OF_SPEECH
        self.draft.part_of_speech(name if known else None)
        self._note = detail if known else name

    def _take_sense(self, text: str) -> None:
        if found := _SEE.match(text):
            self.draft.see_also.append(cleaned(_HOMOGRAPH.sub("", found[1])).replace(ACUTE, "").rstrip("."))
            return
        labels, gloss = _parted(self._written_out(text.strip(": ")))
        if labels and not gloss:
            labels, gloss = "", labels
        names = [cleaned(part) for part in _BRACKETED.split(labels)]
        self.draft.sense(cleaned(gloss), filter(None, names), self._note)
        self._note = ""

    def _written_out(self, text: str) -> str:
        return _TILDE.sub(self._headword_with, text) if "~" in text else text

    def _headword_with(self, found: re.Match[str]) -> str:
        if not found[1]:
            return self._whole
        stem = self._stem.replace(ACUTE, "") if ACUTE in found[1] else self._stem
        return stem + found[1]


def _partition(text: str) -> tuple[str, str, str]:
    gap = _GAP.search(text)
    return (text[: gap.start()], gap[0], text[gap.end() :]) if gap else (text, "", "")


def _parted(text: str) -> tuple[str, str]:
    """The Russian beginning of a line and the Vietnamese rest, which begins with the first part in Latin letters."""
    position = 0
    for gap in _GAP.finditer(text):
        if _LATIN.search(text, position, gap.start()):
            break
        position = gap.end()
    return (text[:position], text[position:]) if _LATIN.search(text, position) else (text, "")
