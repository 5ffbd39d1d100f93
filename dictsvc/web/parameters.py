"""What stands behind the `?`: read once, strictly, into typed values."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from typing import TYPE_CHECKING
from urllib.parse import unquote_to_bytes

from msgspec import Struct

from dictsvc.errors import BadQueryError, UnknownDictionaryError
from dictsvc.match_kinds import Mode
from dictsvc.messages import DEFAULT_LANGUAGE, LANGUAGES, Language
from dictsvc.search.context import DEFAULT_LIMIT, MOST_RESULTS, Query

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

_MOST_FIELDS = 100
_MOST_DIGITS = 4
Fields = Mapping[str, list[str]]
"""The fields of a query string, each with its values in order."""
_MODES = {mode.value: mode for mode in Mode}


class Parameters(Struct, frozen=True):
    """The parameters of a lookup as sent; `text` is None where `q` is absent."""

    text: str | None
    dictionaries: tuple[str, ...]
    limit: int
    mode: Mode
    language: Language

    def query(self) -> Query:
        """The query to look up. Raises `BadQueryError` where there is no `q`."""
        if self.text is None:
            raise BadQueryError("missing-query", "The parameter q is missing.")
        return Query(text=self.text, dictionaries=self.dictionaries, limit=self.limit, mode=self.mode)


def query_string(environ: WSGIEnvironment) -> bytes:
    """What stands behind the `?` of a request, as it was sent: WSGI hands bytes over as Latin-1."""
    return str(environ["QUERY_STRING"]).encode("latin-1")


def read_fields(query_string: bytes) -> dict[str, list[str]]:
    """The fields of a query string, each with its values in order.

    Raises `BadQueryError` where it is not UTF-8 or has absurdly many fields.
    """
    pairs = query_string.split(b"&")
    if len(pairs) > _MOST_FIELDS:
        raise BadQueryError("bad-request", f"The query string has more than {_MOST_FIELDS} fields.")
    fields: dict[str, list[str]] = {}
    try:
        for pair in pairs:
            name, _, value = pair.partition(b"=")
            if pair:
                fields.setdefault(_decoded(name), []).append(_decoded(value))
    except UnicodeDecodeError as error:
        raise BadQueryError("bad-encoding", "The query string is not valid UTF-8.") from error
    return fields


def _decoded(text: bytes) -> str:
    text = text.replace(b"+", b" ")
    return (unquote_to_bytes(text) if b"%" in text else text).decode("utf-8")


def language_of(fields: Fields) -> Language:
    """The language of labels and sentences; the default where `lang` is absent or unknown."""
    if "lang" not in fields:
        return DEFAULT_LANGUAGE
    return next((language for language in LANGUAGES if language == fields["lang"][-1]), DEFAULT_LANGUAGE)


def read_parameters(fields: Fields) -> Parameters:
    """The parameters of a lookup. Raises `BadQueryError` for one that has no such value."""
    texts = fields.get("q")
    return Parameters(
        text=texts[-1] if texts else None,
        dictionaries=read_dictionaries(fields["dict"]) if "dict" in fields else (),
        limit=_limit(fields["limit"][-1]) if "limit" in fields else DEFAULT_LIMIT,
        mode=_mode(fields["mode"][-1]) if "mode" in fields else Mode.AUTO,
        language=read_language(fields),
    )


def read_values(*, text: str, dictionaries: str, limit: str, mode: str, language: Language) -> Parameters:
    """The same from values that did not come in an address."""
    return Parameters(text, read_dictionaries((dictionaries,)), _limit(limit), _mode(mode), language)


def read_dictionaries(values: list[str] | tuple[str, ...]) -> tuple[str, ...]:
    """Dictionary ids, comma separated or repeated, each once; empty for all."""
    ids = (part.strip() for value in values for part in value.split(","))
    return tuple(dict.fromkeys(identifier for identifier in ids if identifier))


def check_dictionaries(asked: Iterable[str], known: Container[str]) -> None:
    """Raise `UnknownDictionaryError` for the first id that is none, where nothing is looked up that would."""
    for identifier in asked:
        if identifier not in known:
            raise UnknownDictionaryError(f"There is no dictionary {identifier!r}.", id=identifier)


def _limit(value: str) -> int:
    if value.isascii() and value.isdigit() and len(value) <= _MOST_DIGITS and 1 <= int(value) <= MOST_RESULTS:
        return int(value)
    raise bad_parameter(
        "limit", f"a whole number from 1 to {MOST_RESULTS}", f"hãy dùng số nguyên từ 1 đến {MOST_RESULTS}"
    )


def _mode(value: str) -> Mode:
    if value in _MODES:
        return _MODES[value]
    names = ", ".join(_MODES)
    raise bad_parameter("mode", f"one of {names}", f"hãy dùng một trong các giá trị {names}")


def read_language(fields: Fields) -> Language:
    """The language asked for. Raises `BadQueryError` where there is no such one."""
    if "lang" in fields and fields["lang"][-1] not in LANGUAGES:
        raise bad_parameter("lang", "vi or en", "hãy dùng vi hoặc en")
    return language_of(fields)


def bad_parameter(name: str, expected: str, expected_vi: str) -> BadQueryError:
    """The error for a parameter whose value cannot be used."""
    return BadQueryError(
        "bad-parameter",
        f"The parameter {name} must be {expected}.",
        name=name,
        expected=expected,
        expected_vi=expected_vi,
    )
