"""The views of an answer and of an entry, with what is shown beside them."""

from dictsvc.match_kinds import Mode
from dictsvc.model import Hit, LookupResult
from dictsvc.search.browsing import idioms_with, longer_headwords, neighbours
from dictsvc.search.homographs import homographs
from dictsvc.search.references import resolved_references
from dictsvc.search.search_index import SearchIndex, scope_of
from dictsvc.web.html.entry_view import entry_view
from dictsvc.web.html.fragment_view import FragmentView, PhrasesView, credit, neighbours_view, phrases_view, result_view
from dictsvc.web.html.urls import UrlBuilder
from dictsvc.web.parameters import LookupParameters

_LONGER_HEADWORDS, _LONGER_HEADWORDS_OF_ENTRY = 10, 30
_IDIOMS_OF_ENTRY = 12
_NEIGHBOURS = 4


def answer_view(
    search_index: SearchIndex, result: LookupResult, parameters: LookupParameters, urls: UrlBuilder, *, report_to: str
) -> FragmentView:
    """The fragment that shows the result of a lookup; `report_to` as in `entry_view`."""
    dictionaries = parameters.dictionaries
    is_auto = parameters.mode is Mode.AUTO
    return result_view(
        result,
        parameters,
        search_index.snapshot.dictionaries,
        urls,
        report_to=report_to,
        references=resolved_references(search_index, result.results),
        homographs=homographs(search_index, result.query.strip(), dictionaries) if is_auto else (),
        phrases=_longer(search_index, result, urls),
    )


def _longer(search_index: SearchIndex, result: LookupResult, urls: UrlBuilder) -> PhrasesView | None:
    """Longer headwords with the word that was surely meant, from the dictionaries of its language."""
    if not result.results or Mode.STRICT not in result.results[0].match.kind.traits.modes:
        return None
    best = result.results[0]
    language = search_index.snapshot.dictionaries[best.dictionary].source_language
    scope = scope_of(search_index, tuple(dictionary.id for dictionary in result.dictionaries))
    longer = longer_headwords(search_index, best.headword, sorted(scope.languages[language]), _LONGER_HEADWORDS)
    return phrases_view(best.headword, language, longer, (), urls)


def whole_entry_view(search_index: SearchIndex, hit: Hit, urls: UrlBuilder, *, report_to: str) -> FragmentView:
    """The fragment that shows one entry, the phrases with its headword and the headwords next to it."""
    headword = hit.headword
    dictionary = search_index.snapshot.dictionaries[hit.dictionary]
    longer = longer_headwords(search_index, headword, [dictionary.id], _LONGER_HEADWORDS_OF_ENTRY)
    idioms = idioms_with(search_index, headword, dictionary.id, _IDIOMS_OF_ENTRY)
    next_to_it = neighbours(search_index, headword, dictionary.id, _NEIGHBOURS)
    return FragmentView(
        language=urls.language,
        query=headword,
        summary=headword,
        entries=(
            entry_view(
                hit,
                dictionary,
                urls,
                query=headword,
                report_to=report_to,
                references=resolved_references(search_index, [hit]),
            ),
        ),
        phrases=phrases_view(headword, dictionary.source_language, longer, idioms, urls),
        neighbours=neighbours_view(headword, dictionary, next_to_it, urls),
        credits=(credit(dictionary),),
    )
