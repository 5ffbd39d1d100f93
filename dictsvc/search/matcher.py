"""What a matcher is: one way of finding headwords that a query may mean."""

from collections.abc import Callable, Iterable

from msgspec import Struct

from dictsvc.match_kinds import MatchKind, Mode
from dictsvc.search.candidate import Candidate
from dictsvc.search.confidence import CERTAIN
from dictsvc.search.context import QueryContext


class Matcher(Struct, frozen=True, kw_only=True):
    """One way of finding headwords, and when it is not needed."""

    kinds: frozenset[MatchKind]
    """Kinds of match that it can find."""
    find: Callable[[QueryContext], Iterable[Candidate]]
    needed_above: float = CERTAIN
    """Asked only while the uncertainty about what was found so far exceeds this."""
    is_conclusive: bool = False
    """Whether nothing else needs to be looked for where it finds something."""

    def is_needed(self, mode: Mode, uncertainty: float) -> bool:
        """Whether it may add to what was found so far, in a mode of lookup."""
        if uncertainty <= self.needed_above:
            return False
        return mode is Mode.AUTO or any(mode in kind.traits.modes for kind in self.kinds)
