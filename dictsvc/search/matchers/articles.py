"""The query without the article before it: `the government`, `l’école`, `to improve`."""

from collections.abc import Iterator

from dictsvc.language.profiles.base import LanguageProfile
from dictsvc.match_kinds import MatchKind
from dictsvc.search.candidate import Candidate, make_candidate
from dictsvc.search.context import QueryContext
from dictsvc.search.costs import ARTICLE_COST
from dictsvc.search.matcher import Matcher
from dictsvc.search.same_letters import same_letters_as

_PHRASES = frozenset({MatchKind.IDIOM, MatchKind.COLLOCATION})


def _find(search: QueryContext) -> Iterator[Candidate]:
    """Headwords, forms and idioms behind an article; of a form the article is part of what matched."""
    for found in same_letters_as(search, _without_article):
        kind, matched = found.kind, found.matched
        if kind not in _PHRASES:
            profile = search.languages[found.row.language].profile
            kind, matched = MatchKind.FORM, search.text.strip(profile.edge_punctuation)
        yield make_candidate(found.row, kind, matched, found.distance, found.cost + ARTICLE_COST)


def _without_article(profile: LanguageProfile, text: str) -> str:
    """The text without punctuation and article; empty where there is no article."""
    bare = text.strip(profile.edge_punctuation)
    rest = profile.without_article(bare)
    return rest if rest != bare else ""


MATCHER = Matcher(kinds=_PHRASES | {MatchKind.FORM}, find=_find, is_conclusive=True)
