"""Rules about entries: that they are read, complete, labelled from fixed sets, and lead where they say."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache

from dictsvc.entry_parts import references_of, senses_of
from dictsvc.language.inflection import inflections
from dictsvc.language.keys import VIETNAMESE, canonical
from dictsvc.messages import PARTS_OF_SPEECH
from dictsvc.model import Entry
from tests.dictionaries.lint.bundle import (
    Bundle,
    BundledDictionary,
    bare,
    equivalents,
    examples_of,
)

Spot = tuple[str, str]
"""The headword where a fault is, and what it is."""

LABELS = frozenset({
    "khẩu ngữ", "trang trọng", "văn chương", "cũ", "miền Bắc", "miền Trung", "miền Nam", "thô tục", "nghĩa bóng",
    "chính trị", "hành chính", "luật", "kinh tế", "tài chính", "quân sự", "y học", "kỹ thuật", "tin học",
    "toán học", "vật lý", "hóa học", "sinh học", "thực vật", "động vật", "âm nhạc", "thể thao", "tôn giáo",
    "giáo dục", "nông nghiệp", "ngôn ngữ học", "giống đực", "giống cái", "số nhiều", "Anh", "Mỹ",
})  # fmt: skip
_GENDERS = frozenset({"giống đực", "giống cái"})
_FRENCH_GENDERS = re.compile(r"\((m\.|f\.|m\./f\.|m\. pl\.|f\. pl\.)\)")
_IPA = {
    "en": re.compile(r"[ (),ˈˌ.abdefhijklmnprstuvwzæðŋɑɒɔəɜɡɪʃʊʌʒθːɛi-]+"),
    "fr": re.compile(r"[ (),abdefijklmnoprstuvwyzøœŋɑɔəɛɡɥɲʁʃʒ\u0303.‿-]+"),
}
_END_MARKS = (".", "?", "!", "…", ".”", "?”", "!”")
_WORD = re.compile(r"[\w']+")
_SHORTEST_STEM, _LONGEST_ENDING = 3, 2
_PLACEHOLDERS = frozenset({"sb", "sb's", "sth", "one's", "one", "s", "oneself", "qn", "qqch"})
_LEAST_ROUND_TRIP = 0.6


def unreadable(dictionary: BundledDictionary, _bundle: Bundle) -> Iterator[Spot]:
    """A line cannot be read."""
    for problem in dictionary.problems:
        yield problem.location, problem.detail


def repeated_headword(dictionary: BundledDictionary, _bundle: Bundle) -> Iterator[Spot]:
    """A headword has more than one entry, and not each a homonym's number of its own from 1 on."""
    homonyms: dict[str, list[int]] = {}
    for entry in dictionary.entries:
        homonyms.setdefault(entry.headword, []).append(entry.homonym)
    for headword, numbers in homonyms.items():
        if len(numbers) > 1 and sorted(numbers) != list(range(1, len(numbers) + 1)):
            yield headword, f"{len(numbers)} entries with the numbers {numbers}"


def unknown_part_of_speech(dictionary: BundledDictionary, _bundle: Bundle) -> Iterator[Spot]:
    """A part of speech is missing, or none of the fixed set."""
    for entry in dictionary.entries:
        for sense in entry.senses:
            if sense.part_of_speech not in PARTS_OF_SPEECH:
                yield entry.headword, repr(sense.part_of_speech)


def unknown_label(dictionary: BundledDictionary, _bundle: Bundle) -> Iterator[Spot]:
    """A label is none of the fixed set."""
    for entry in dictionary.entries:
        for sense in senses_of(entry):
            for label in sense.labels:
                if label not in LABELS:
                    yield entry.headword, repr(label)


def faulty_gloss(dictionary: BundledDictionary, _bundle: Bundle) -> Iterator[Spot]:
    """A gloss is empty, ends in a full stop, or stands twice among the senses of one part of speech."""
    for entry in dictionary.entries:
        if not entry.senses:
            yield entry.headword, "no sense"
        glosses = [(s.part_of_speech, gloss) for s in entry.senses for gloss in equivalents(s.gloss)]
        glosses += [(i.phrase, gloss) for i in entry.idioms for s in i.senses for gloss in equivalents(s.gloss)]
        for (where, gloss), count in Counter(glosses).items():
            if not gloss:
                yield entry.headword, f"empty gloss of {where}"
            elif count > 1:
                yield entry.headword, f"{gloss!r} stands {count} times"
            elif gloss.endswith(".") and not re.search(r"(\.\.|\w\.\w\.| etc\.)$", gloss):
                yield entry.headword, f"{gloss!r} ends in a full stop"


def unbalanced_brackets(dictionary: BundledDictionary, _bundle: Bundle) -> Iterator[Spot]:
    """A bracket or quotation mark is opened and not closed."""
    for entry in dictionary.entries:
        for sense in senses_of(entry):
            texts = [sense.gloss, sense.note or "", *(e.source + (e.target or "") for e in sense.examples)]
            for text in texts:
                if text.count("(") != text.count(")") or text.count("“") != text.count("”"):
                    yield entry.headword, text


def own_gloss(dictionary: BundledDictionary, bundle: Bundle) -> Iterator[Spot]:
    """A gloss equals its headword, which is no cognate."""
    cognates = set(map(canonical, bundle.exceptions.cognates))
    for entry in dictionary.entries:
        if canonical(entry.headword) not in cognates:
            for sense in entry.senses:
                if canonical(entry.headword) in map(canonical, map(bare, equivalents(sense.gloss))):
                    yield entry.headword, sense.gloss


def faulty_pronunciation(dictionary: BundledDictionary, _bundle: Bundle) -> Iterator[Spot]:
    """A pronunciation is missing, lacks its stress, or holds what is no IPA of its language."""
    letters = _IPA.get(dictionary.source_language)
    for entry in dictionary.entries:
        sounds = entry.pronunciation or ""
        if bool(letters) != bool(sounds):
            yield entry.headword, "missing" if letters else f"{sounds!r} of a Vietnamese word"
        elif letters and not letters.fullmatch(sounds):
            yield entry.headword, repr(sounds)
        elif dictionary.source_language == "en" and "ˈ" not in sounds and _vowel_groups(sounds) > 1:
            yield entry.headword, f"{sounds!r} has no stress"


def _vowel_groups(sounds: str) -> int:
    return len(re.findall(r"(?:eɪ|aɪ|ɔɪ|əʊ|aʊ|ɪə|eə|ʊə|[iɑɔɜu]ː|[ɪeæɒʌʊəiu])(?:ə(?![nlmʊ]))?", sounds))


def missing_gender(dictionary: BundledDictionary, _bundle: Bundle) -> Iterator[Spot]:
    """A French noun does not say its gender."""
    for entry in dictionary.entries:
        for sense in entry.senses:
            lacks_label = dictionary.source_language == "fr" and not _GENDERS & set(sense.labels)
            lacks_letter = dictionary.target_language == "fr" and not _FRENCH_GENDERS.search(sense.gloss)
            if sense.part_of_speech == "noun" and (lacks_label or lacks_letter):
                yield entry.headword, sense.gloss


def faulty_example(dictionary: BundledDictionary, _bundle: Bundle) -> Iterator[Spot]:
    """An example lacks its translation, its closing mark, or the headword in any form, or stands twice."""
    for entry in dictionary.entries:
        seen = Counter(example.source for example in examples_of(entry))
        for example in examples_of(entry):
            if not example.target:
                yield entry.headword, f"no translation: {example.source}"
            elif not (example.source.endswith(_END_MARKS) and example.target.endswith(_END_MARKS)):
                yield entry.headword, f"no closing mark: {example.source} = {example.target}"
            elif seen[example.source] > 1:
                yield entry.headword, f"twice: {example.source}"
            elif not _holds(example.source, entry, dictionary.source_language):
                yield entry.headword, f"without the headword: {example.source}"


def _holds(sentence: str, entry: Entry, language: str) -> bool:
    """Whether each word of the headword, a variant or an idiom stands in the sentence in some form."""
    words = _words(sentence)
    phrases = (entry.headword, *entry.variants, *entry.forms, *(idiom.phrase for idiom in entry.idioms))
    return any(
        all(any(_is_form(word, part, language) for word in words) for part in _words(phrase) - _PLACEHOLDERS)
        for phrase in phrases
    )


def _words(text: str) -> set[str]:
    whole = set(_WORD.findall(canonical(text)))
    return whole | {part for word in whole for part in word.split("'") if part}


@cache
def _forms_by_lemma(language: str) -> dict[str, tuple[str, ...]]:
    forms: dict[str, list[str]] = {}
    for form, lemma in inflections(language):
        forms.setdefault(lemma, []).append(form)
    return {lemma: tuple(found) for lemma, found in forms.items()}


def _is_form(word: str, lemma: str, language: str) -> bool:
    """Whether a word of a sentence is the lemma, or a form of it that is listed or merely ends otherwise."""
    if word == lemma or language == VIETNAMESE:
        return word == lemma
    stem = lemma[: max(_SHORTEST_STEM, len(lemma) - _LONGEST_ENDING)]
    return word.startswith(stem) or any(word == canonical(form) for form in _forms_by_lemma(language).get(lemma, ()))


def dangling_reference(dictionary: BundledDictionary, bundle: Bundle) -> Iterator[Spot]:
    """A link, synonym or antonym names no headword of a dictionary of the language, or the entry itself."""
    same = [one for one in bundle.dictionaries.values() if one.source_language == dictionary.source_language]
    for entry in dictionary.entries:
        for other in references_of(entry):
            key = dictionary.key(other)
            if other == entry.headword or not any(key in one.keys for one in same):
                yield entry.headword, other


def poor_round_trip(dictionary: BundledDictionary, bundle: Bundle) -> Iterator[Spot]:
    """Too few glosses that the opposite dictionary has as headwords lead back."""
    share = round_trip(dictionary, bundle)
    if share is not None and share < _LEAST_ROUND_TRIP:
        yield dictionary.id, f"{share:.1%} of them"


def round_trip(dictionary: BundledDictionary, bundle: Bundle) -> float | None:
    """The share, 0 to 1, of glosses that lead back, among those that are headwords of the opposite dictionary."""
    returns = [back for _, _, back in translations_back(dictionary, bundle)]
    return sum(returns) / len(returns) if returns else None


def translations_back(dictionary: BundledDictionary, bundle: Bundle) -> Iterator[tuple[str, str, bool]]:
    """Headword, gloss, and whether the gloss, as a headword of the opposite dictionary, leads back."""
    opposite = bundle.opposite(dictionary)
    if opposite is None:
        return
    for entry in dictionary.entries:
        origins = {dictionary.key(word) for word in (entry.headword, *entry.variants)}
        for sense in entry.senses:
            for gloss in equivalents(sense.gloss):
                key = dictionary.gloss_key(gloss)
                if key in opposite.keys:
                    yield entry.headword, gloss, bool(origins & opposite.glosses[key])
