"""Extracts of Wiktionary as wiktextract writes them: a line of JSON for each word and part of speech."""

import re
import textwrap
from collections.abc import Iterable, Iterator
from itertools import chain, islice

import msgspec
from msgspec import Struct

from dictsvc.errors import SourceError
from dictsvc.language.text import cleaned
from dictsvc.model import Entry, Problem, RegionalPronunciation
from dictsvc.sources.files import Line, read_lines
from dictsvc.sources.markup.draft import EntryDraft, one_line
from dictsvc.sources.markup.grammar import part_of_speech
from dictsvc.sources.markup.headwords import empty_headword
from dictsvc.sources.source import Certainty, DictionaryFile, Format, Languages, Record, Source

_PEEKED = 1000
"""Lines from which the kind of the extract is told."""
_MOST_EXAMPLES = 3
"""Examples kept for a sense: Wiktionary quotes five centuries."""
_LONGEST_EXAMPLE = 300
_MOST_RELATED = 10
"""Synonyms and antonyms kept for a sense: a thesaurus lists hundreds."""
_LONGEST_ETYMOLOGY = 200
_SENTENCE_END = re.compile(r"(?<!\b[A-Za-z])(?<!\b[A-Za-z]{2})\.(?=\s)")
"""A full stop that ends no abbreviation, such as `c.` and `cf.`"""
_PROSE = re.compile(r"\b[Ff]rom\b")
_BRITISH = frozenset({"UK", "Received-Pronunciation"})
_AMERICAN = frozenset({"US", "General-American"})
_INFLECTIONS = frozenset(
    {"plural", "past", "participle", "present", "comparative", "superlative", "third-person", "gerund"}
)
_NO_FORMS = frozenset({"table-tags", "inflection-template", "class", "romanization", "multiword-construction"})
_SILENT_TAGS = frozenset({"no-gloss", "form-of", "alt-of", "morpheme"})


class _Example(Struct):
    text: str = ""
    translation: str = ""
    english: str = ""


class _Link(Struct):
    word: str = ""


class _Sense(Struct):
    glosses: list[str] = []
    tags: list[str] = []
    topics: list[str] = []
    qualifier: str = ""
    examples: list[_Example] = []
    synonyms: list[_Link] = []
    antonyms: list[_Link] = []


class _Sound(Struct):
    ipa: str = ""
    tags: list[str] = []


class _Form(Struct):
    form: str = ""
    tags: list[str] = []


class _Translation(Struct):
    word: str | None = ""
    code: str = ""
    lang_code: str = ""
    sense: str = ""
    note: str = ""
    tags: list[str] = []


class _Word(Struct):
    word: str = ""
    lang_code: str = ""
    pos: str = ""
    senses: list[_Sense] = []
    sounds: list[_Sound] = []
    forms: list[_Form] = []
    synonyms: list[_Link] = []
    antonyms: list[_Link] = []
    etymology_text: str = ""
    translations: list[_Translation] = []


_decode = msgspec.json.Decoder(_Word).decode


def _recognises(file: DictionaryFile) -> bool:
    line = file.text.lstrip().partition("\n")[0]
    return (
        line.startswith("{")
        and '"word":' in line
        and ('"senses":' in line or '"lang_code":' in line or '"pos":' in line)
    )


def _read(file: DictionaryFile, languages: Languages) -> Source:
    """An extract of Wiktionary, as a dictionary between the languages asked for.

    Every Wiktionary explains the words of all languages in its own, and translates the words of its own. So
    where words of the source language have translations, those into the target language are the senses and what
    they translate are their labels; elsewhere the glosses are the senses, and nothing says their language.

    Raises `SourceError` where no line in the beginning is a word of the source language.
    """
    lines = read_lines(file.path)
    first = list(islice(lines, _PEEKED))
    words = [word for line in first if (word := _parsed(line)) is not None]
    source = languages.source or next((word.lang_code for word in words if word.lang_code), "")
    translates = languages.target != source and any(word.translations for word in words if word.lang_code == source)
    if not words:
        raise SourceError(f"{file.name} is no extract of Wiktionary: no line is a word in JSON.")
    return Source(
        records=_records(chain(first, lines), Languages(source, languages.target), translates=translates),
        source_language=source,
        target_language=languages.target,
        licence="CC-BY-SA-4.0",
        origin="https://kaikki.org/",
    )


def _parsed(line: Line) -> _Word | None:
    try:
        return _decode(line.text)
    except (msgspec.MsgspecError, RecursionError):
        return None


def _records(lines: Iterable[Line], languages: Languages, *, translates: bool) -> Iterator[Record]:
    for line in lines:
        location = f"line {line.number}"
        if line.problem:
            yield line.problem
        if not line.text.strip():
            continue
        word = _parsed(line)
        if word is None:
            yield Problem(location, "invalid-json", f"no word in JSON: {line.text[:40]!r}")
        elif not cleaned(word.word):
            yield empty_headword(location)
        elif word.lang_code != languages.source:
            yield Problem(
                f"{location} ({word.word})", "other-language", f"a word of {word.lang_code or 'no'!r} language"
            )
        else:
            entry = _entry(word, languages.target if translates else None)
            if not entry.senses:
                what = f"translation into {languages.target}" if translates else "gloss"
                yield Problem(
                    f"{location} ({entry.headword})", f"no-{what.split(maxsplit=1)[0]}", f"the word has no {what}"
                )
            else:
                yield entry


def _entry(word: _Word, target: str | None) -> Entry:
    draft = EntryDraft(cleaned(word.word))
    draft.etymology = _short(word.etymology_text)
    _take_sounds(draft, word.sounds)
    draft.part_of_speech(part_of_speech(word.pos.replace("_", " "))[0])
    for form in word.forms:
        if _INFLECTIONS & set(form.tags) and not _NO_FORMS & set(form.tags):
            draft.forms += [form.form] if any(map(str.isalpha, form.form)) else []
        elif "alternative" in form.tags:
            draft.variants.append(one_line(form.form))
    if target is None:
        senses = [sense for sense in word.senses if sense.glosses]
        for first in senses[:1]:
            first.synonyms += word.synonyms
            first.antonyms += word.antonyms
        for sense in senses:
            _take_sense(draft, sense)
    else:
        _take_translations(draft, word.translations, target)
    return draft.entry()


def _short(etymology: str) -> str:
    """The first sentence of an etymology, cut where it is long; of one with a tree, what is said in prose."""
    lines = etymology.strip().split("\n")
    if lines[0].startswith("Etymology tree"):
        lines = [line for line in lines[1:] if _PROSE.search(line)] or [""]
    line = lines[0]
    end = _SENTENCE_END.search(line)
    sentence = line[: end.end()] if end else line
    return textwrap.shorten(cleaned(sentence), _LONGEST_ETYMOLOGY, placeholder=" …").removesuffix(".")


def _take_sounds(draft: EntryDraft, sounds: list[_Sound]) -> None:
    """The British or else first pronunciation is the entry's; the American one is regional where it differs."""
    heard = [(one_line(sound.ipa).strip("/"), set(sound.tags)) for sound in sounds if sound.ipa]
    british = [ipa for ipa, tags in heard if tags & _BRITISH]
    draft.pronunciation = next(iter(british or [ipa for ipa, _ in heard]), None)
    american = [ipa for ipa, tags in heard if tags & _AMERICAN]
    if american and draft.pronunciation not in american:
        draft.regional_pronunciations.append(RegionalPronunciation("US", american[0]))


def _take_sense(draft: EntryDraft, sense: _Sense) -> None:
    labels = [tag for tag in sense.tags if tag not in _SILENT_TAGS] + sense.topics[:2]
    if sense.qualifier:
        labels.append(sense.qualifier)
    draft.sense(one_line(sense.glosses[-1]), map(one_line, labels))
    examples = [e for e in sense.examples if 0 < len(e.text) <= _LONGEST_EXAMPLE]
    for example in examples[:_MOST_EXAMPLES]:
        draft.example(one_line(example.text), one_line(example.translation or example.english))
    draft.synonyms(one_line(link.word) for link in sense.synonyms[:_MOST_RELATED])
    draft.antonyms(one_line(link.word) for link in sense.antonyms[:_MOST_RELATED])


def _take_translations(draft: EntryDraft, translations: list[_Translation], target: str) -> None:
    by_sense: dict[str, list[str]] = {}
    for translation in translations:
        if target in (translation.code, translation.lang_code) and translation.word:
            by_sense.setdefault(one_line(translation.sense), []).append(one_line(translation.word))
    for sense, words in by_sense.items():
        draft.sense(", ".join(dict.fromkeys(words)), [sense] if sense else ())


FORMAT = Format(
    name="wiktextract",
    description="Wiktionary as wiktextract extracts it (kaikki.org)",
    endings=(".jsonl",),
    certainty=Certainty.STRUCTURE,
    recognises=_recognises,
    read=_read,
)
