"""JSON: `{headword: {"definitions": […]}}`, `{headword: body}`, `{headword: [body, …]}`, `[{"word": …}, …]`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec

from dictsvc.errors import SourceError
from dictsvc.model import Problem
from dictsvc.sources.bodies import records_of
from dictsvc.sources.files import encoding_of, read_bytes
from dictsvc.sources.html import text_lines
from dictsvc.sources.source import Languages, Record, Source

_MOST_BYTES = 64_000_000
"""JSON is parsed whole, into five times its size."""
_WORDS = ("word", "headword", "term", "key")
_BODIES = (
    "definitions",
    "definition",
    "meanings",
    "meaning",
    "gloss",
    "glosses",
    "translation",
    "html",
    "value",
)


def read_json(path: Path, languages: Languages) -> Source:
    """A JSON dictionary. Raises `SourceError` where the file is no JSON, or neither an object nor a list."""
    data = read_bytes(path, _MOST_BYTES)
    text: bytes | str = data
    encoding = encoding_of(data)
    if encoding != "utf-8":
        text = data.decode(encoding, "replace")
    try:
        content = msgspec.json.decode(text, type=dict[str, msgspec.Raw] | list[msgspec.Raw])
    except (msgspec.ValidationError, msgspec.DecodeError, UnicodeDecodeError) as error:
        raise SourceError(
            f"{path.name} is no JSON dictionary ({{headword: {{definitions: […]}}}}): {error}."
        ) from error
    if isinstance(content, dict):
        return Source(records=_of_object(content, languages), expected=len(content))
    return Source(records=_of_list(content, languages), expected=len(content))


def _of_object(content: dict[str, msgspec.Raw], languages: Languages) -> Iterator[Record]:
    for number, (word, raw) in enumerate(content.items(), 1):
        yield from _entries(word, msgspec.json.decode(raw), f"record {number}", languages)


def _of_list(content: list[msgspec.Raw], languages: Languages) -> Iterator[Record]:
    for number, raw in enumerate(content, 1):
        value = msgspec.json.decode(raw)
        word = next((value[name] for name in _WORDS if name in value), "") if isinstance(value, dict) else ""
        yield from _entries(str(word), value, f"record {number}", languages)


def _entries(word: str, value: object, place: str, languages: Languages) -> Iterator[Record]:
    bodies = list(_bodies(value))
    if not bodies:
        yield Problem(f"{place} ({word})", "no-definition", f"none of {', '.join(_BODIES[:5])} … holds text")
    for body in bodies:
        yield from records_of(word, text_lines(body), place, languages)


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
