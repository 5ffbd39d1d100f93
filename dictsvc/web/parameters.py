"""The parameters of the query string: read once, strictly, into typed values, and described for the contract."""

from collections.abc import Iterable, Mapping
from typing import Any, Literal
from urllib.parse import parse_qs

from msgspec import Struct

from dictsvc.errors import BadQueryError
from dictsvc.match_kinds import Mode
from dictsvc.messages import DEFAULT_LANGUAGE, LANGUAGES, Language
from dictsvc.search.context import DEFAULT_LIMIT, MOST_CHARACTERS, MOST_RESULTS, Query

_MAX_FIELDS = 100
_MAX_DIGITS = 4
_MODES = {mode.value: mode for mode in Mode}
_LANGUAGES: Mapping[str, Language] = {language: language for language in LANGUAGES}
Fields = Mapping[str, list[str]]
"""The fields of a query string, each with its values in order."""


class Parameter(Struct, frozen=True):
    """A parameter as the contract describes it."""

    name: str
    schema: dict[str, Any]
    location: Literal["query", "path"] = "query"
    is_required: bool = False
    example: str | None = None


_NO_CONTROLS = r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]*$"
_TEXT = {"type": "string", "maxLength": MOST_CHARACTERS, "pattern": _NO_CONTROLS}
EXAMPLE_QUERY = "nghi quyet"
Q = Parameter("q", _TEXT | {"minLength": 1}, is_required=True, example=EXAMPLE_QUERY)
OPTIONAL_Q = Parameter("q", _TEXT, example=EXAMPLE_QUERY)
DICT = Parameter("dict", {"type": "array", "items": {"type": "string"}})
LIMIT = Parameter("limit", {"type": "integer", "minimum": 1, "maximum": MOST_RESULTS, "default": DEFAULT_LIMIT})
MODE = Parameter("mode", {"type": "string", "enum": list(_MODES), "default": Mode.AUTO.value})
LANG = Parameter("lang", {"type": "string", "enum": list(LANGUAGES), "default": DEFAULT_LANGUAGE})
FROM = Parameter("from", _TEXT)
PAGE_PARAMETERS = (OPTIONAL_Q, DICT, LIMIT, MODE, LANG)


class LookupParameters(Struct, frozen=True):
    """The parameters of a lookup as sent; `text` is None where `q` is absent."""

    text: str | None
    dictionaries: tuple[str, ...]
    limit: int
    mode: Mode
    language: Language

    @property
    def is_blank(self) -> bool:
        """Whether there is nothing to look up."""
        return not (self.text or "").strip()

    def query(self) -> Query:
        """The query to look up. Raises `BadQueryError` where there is no `q`."""
        if self.text is None:
            raise BadQueryError("missing-query", "The parameter q is missing.")
        return Query(text=self.text, dictionaries=self.dictionaries, limit=self.limit, mode=self.mode)


def read_fields(query_string: str) -> Fields:
    """The fields of a WSGI query string, which holds bytes as Latin-1.

    Raises `BadQueryError` where it is not UTF-8 or has more fields than any request needs.
    """
    try:
        text = query_string.encode("latin-1").decode("utf-8")
        return parse_qs(text, keep_blank_values=True, errors="strict", max_num_fields=_MAX_FIELDS)
    except UnicodeDecodeError as error:
        raise BadQueryError("bad-encoding", "The query string is not valid UTF-8.") from error
    except ValueError as error:
        raise BadQueryError("bad-request", f"The query string has more than {_MAX_FIELDS} fields.") from error


def read_parameters(fields: Fields) -> LookupParameters:
    """The parameters of a lookup. Raises `BadQueryError` for a value that a parameter cannot have."""
    texts = fields.get("q")
    return LookupParameters(
        text=texts[-1] if texts else None,
        dictionaries=read_dictionaries(fields["dict"]) if "dict" in fields else (),
        limit=read_limit(fields["limit"][-1]) if "limit" in fields else DEFAULT_LIMIT,
        mode=read_mode(fields["mode"][-1]) if "mode" in fields else Mode.AUTO,
        language=read_language(fields),
    )


def read_dictionaries(values: Iterable[str]) -> tuple[str, ...]:
    """Dictionary ids, comma separated or repeated, each once; empty for all."""
    ids = (part.strip() for value in values for part in value.split(","))
    return tuple(dict.fromkeys(identifier for identifier in ids if identifier))


def read_limit(value: str) -> int:
    """A number of results. Raises `BadQueryError` where it is no number from 1 to the most allowed."""
    if value.isascii() and value.isdigit() and len(value) <= _MAX_DIGITS and 1 <= int(value) <= MOST_RESULTS:
        return int(value)
    raise _bad_parameter("limit", most=MOST_RESULTS)


def read_mode(value: str) -> Mode:
    """A mode. Raises `BadQueryError` where there is no such mode."""
    if value in _MODES:
        return _MODES[value]
    raise _bad_parameter("mode", modes=", ".join(_MODES))


def read_language(fields: Fields) -> Language:
    """The language of labels and sentences. Raises `BadQueryError` where there is no such language."""
    language = _LANGUAGES.get(fields["lang"][-1]) if "lang" in fields else DEFAULT_LANGUAGE
    if language is None:
        raise _bad_parameter("lang")
    return language


def _bad_parameter(name: str, **values: object) -> BadQueryError:
    return BadQueryError("bad-parameter", f"The parameter {name} cannot have this value.", name=name, **values)
