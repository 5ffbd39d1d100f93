"""What metrics and logs need of a lookup."""

from msgspec import Struct

from dictsvc.model import LookupResult

NOTHING_FOUND = "none"


class Outcome(Struct, frozen=True):
    """The result of one lookup in two words."""

    kind: str
    """The best hit's kind of match; `none` where nothing was found."""
    not_found: str = ""
    """The query, where it was not found."""


def outcome_of(result: LookupResult) -> Outcome:
    """The outcome of a lookup."""
    kind = result.results[0].match.kind if result.results else NOTHING_FOUND
    return Outcome(kind, "" if result.found else result.query)
