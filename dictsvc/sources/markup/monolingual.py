"""How Vietnamese dictionaries of Vietnamese write, such as `2 d. 1. Thúng nhỏ: mủng gạo. 2. Thuyền nan nhỏ`."""

import re

from dictsvc.language.text import cleaned
from dictsvc.model import Entry
from dictsvc.sources.markup.draft import EntryDraft
from dictsvc.sources.markup.grammar import leading_labels

_PARTS = {
    "d": "noun", "dt": "noun", "đg": "verb", "đgt": "verb", "t": "adjective", "tt": "adjective", "p": "adverb",
    "ph": "adverb", "pht": "adverb", "trgt": "adverb", "đ": "pronoun", "đt": "pronoun", "k": "conjunction",
    "l": "conjunction", "lt": "conjunction", "c": "interjection", "tht": "interjection", "tr": "particle",
    "trt": "particle", "s": "numeral", "st": "numeral", "gt": "preposition",
}  # fmt: skip
_NUMBER = re.compile(r"^(?:\d{1,2}|[IVX]+)[.)]? (?=\S)")
_PART = re.compile(rf"^({'|'.join(sorted(_PARTS, key=len, reverse=True))})(?:\. ?|(?<=\w\w) )(?=\S)")
_NUMBERED = re.compile(
    r"(?:^|(?<=[.;:)] ))(\d{1,2})(?:[.)] (?=\S)| (?=[A-Z\u00c0-\u00dd\u0102\u0110\u01a0\u01af\u1ea0-\u1ef8(]))"
)
_SEE = re.compile(r"^[Xx]\. ([^.;:()]{1,40})\.?$")


def parse_monolingual(headword: str, lines: list[str]) -> Entry:
    """The entry that the lines of such a body make of `headword`."""
    draft = EntryDraft(headword)
    for line in lines:
        rest = cleaned(line).lstrip("-* ")
        if not rest or rest == headword:
            continue
        while number := _NUMBER.match(rest):
            rest = rest[number.end() :]
            draft.part_of_speech(None)
        if part := _PART.match(rest):
            draft.part_of_speech(_PARTS[part[1]])
            rest = rest[part.end() :]
        for meaning in _meanings(rest):
            if found := _SEE.match(meaning):
                draft.see_also.append(found[1])
            else:
                labels, gloss = leading_labels(meaning)
                if labels and (part := _PART.match(gloss)):
                    draft.part_of_speech(_PARTS[part[1]])
                    gloss = gloss[part.end() :]
                draft.sense(gloss, labels)
    return draft.entry()


def _meanings(text: str) -> list[str]:
    """The parts of a text numbered 1, 2, 3 …; the text itself where it is not, or not in order."""
    numbers = list(_NUMBERED.finditer(text))
    if len(numbers) < 2 or [int(found[1]) for found in numbers] != list(range(1, len(numbers) + 1)):  # noqa: PLR2004
        return [text]
    ends = [found.start() for found in numbers[1:]] + [len(text)]
    before = text[: numbers[0].start()].strip()
    parts = [text[found.end() : end].strip() for found, end in zip(numbers, ends, strict=True)]
    return [before, *parts] if before else parts
