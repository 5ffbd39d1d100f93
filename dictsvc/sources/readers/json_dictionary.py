"""JSON: `{headword: {"definitions": […]}}`, `{headword: body}`, `{headword: [body, …]}`, `[{"word": …}, …]`."""

import re
from collections.abc import Iterator
from contextlib import suppress
from itertools import chain

import msgspec

from dictsvc.errors import SourceError
from dictsvc.model import Problem
from dictsvc.sources.files import encoding_of, invalid_utf8, read_bytes, utf8
from dictsvc.sources.languages import languages_of
from dictsvc.sources.markup.bodies import records_of
from dictsvc.sources.markup.html import text_lines
from dictsvc.sources.source import Certainty, DictionaryFile, Format, Languages, Record, Source

_MOST_BYTES = 48_000_000
"""JSON is parsed whole, into up to eight times its size."""
_WORDS = ("word", "headword", "term", "key")
_BODIES = "definitions", "definition", "meanings", "meaning", "gloss", "glosses", "translation", "html", "value"


def _read(file: DictionaryFile, languages: Languages) -> Source:
    """A JSON dictionary; `|` in a headword parts spellings, as converters write it.

    Raises `SourceError` where the file is no JSON, or neither an object nor a list.
    """
    data = read_bytes(file.path, _MOST_BYTES)
    encoding = encoding_of(data)
    text, mended = utf8(data) if encoding == "utf-8" else (data.decode(encoding, "replace"), False)
    whole = _HALF_A_CHARACTER.sub(r"\1", text)
    mended = mended or whole != text
    try:
        content = msgspec.json.decode(whole, type=_Content)
    except (msgspec.MsgspecError, RecursionError) as error:
        raise SourceError(f"{file.name} is no JSON dictionary ({{headword: {{definitions: […]}}}}).") from error
    problems = [invalid_utf8("the file")] if mended else []
    resolved = languages_of(_about(content), languages)
    return Source(
        records=chain(problems, _records(content, resolved)),
        source_language=resolved.source,
        target_language=resolved.target,
        expected=len(content),
    )


_HALF_A_CHARACTER = re.compile(r"(?i)(?<!\\)((?:\\\\)*)\\u(?:d[89ab]..(?!\\ud[c-f])|(?<!\\ud[89ab]..\\u)d[c-f]..)")
"""A surrogate without its other half, as an escape: no Unicode text holds one."""
_Content = dict[str, msgspec.Raw] | list[msgspec.Raw]


def _about(content: _Content) -> dict[str, str]:
    """What a converter says of the dictionary, under keys such as `##sourceLang`."""
    about = {}
    for name, raw in content.items() if isinstance(content, dict) else ():
        if name.startswith("##"):
            with suppress(msgspec.MsgspecError):  # what is no text is no name of a language
                about[name] = msgspec.json.decode(raw, type=str)
    return about


def _records(content: _Content, languages: Languages) -> Iterator[Record]:
    named = content.items() if isinstance(content, dict) else (("", raw) for raw in content)
    for number, (name, raw) in enumerate(named, 1):
        location = f"record {number}"
        try:
            value = msgspec.json.decode(raw)
        except (msgspec.DecodeError, RecursionError):
            yield Problem(location, "invalid-json", "the record cannot be read as JSON")
            continue
        if isinstance(content, dict) and (name, value) == ("", ""):  # how a converter ends its file
            continue
        word = name
        if isinstance(content, list) and isinstance(value, dict):
            word = str(next((value[field] for field in _WORDS if field in value), ""))
        yield from _entries(word, value, location, languages)


def _entries(word: str, value: object, location: str, languages: Languages) -> Iterator[Record]:
    spelling, *others = word.split("|")
    bodies = list(_bodies(value))
    if not bodies:
        yield Problem(f"{location} ({word})", "no-definition", f"none of {', '.join(_BODIES[:5])} … holds text")
    for body in bodies:
        yield from records_of(spelling, text_lines(body), location, languages, others)


def _bodies(value: object) -> Iterator[str]:
    """The texts that a value holds as definitions, at any of the depths in use."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        texts = [item for item in value if isinstance(item, str)]
        if texts and not any("\n" in text for text in texts):
            yield "\n".join(texts)
        else:
            for item in value:
                yield from _bodies(item)
    elif isinstance(value, dict):
        for name in _BODIES:
            if value.get(name):
                yield from _bodies(value[name])
                return


FORMAT = Format(
    name="json",
    description="JSON: headwords with their definitions",
    endings=(".json",),
    certainty=Certainty.SHAPE,
    recognises=lambda file: file.text.lstrip("\ufeff \r\n\t")[:1] in ("{", "["),
    read=_read,
)
