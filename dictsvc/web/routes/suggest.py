"""`GET /suggest`: completions of what is being typed, as OpenSearch suggestions, for browsers and for the box."""

import msgspec

from dictsvc.search.completion import Completion, completions
from dictsvc.search.context import checked_dictionaries
from dictsvc.search.search_index import SearchIndex
from dictsvc.web.html.urls import UrlBuilder
from dictsvc.web.parameters import DICT, LANG, LIMIT, OPTIONAL_Q, read_parameters
from dictsvc.web.reply import Content, Reply, from_snapshot
from dictsvc.web.request import Request
from dictsvc.web.route import Route

_SUGGESTIONS_JSON = "application/x-suggestions+json"
_encode = msgspec.json.Encoder().encode


def _view(request: Request) -> Reply:
    parameters = read_parameters(request.fields())
    urls = UrlBuilder(request.base_url(), parameters.language, parameters.dictionaries)

    def make(search_index: SearchIndex) -> Content:
        checked_dictionaries(search_index, parameters.dictionaries)
        # browsers also send an empty query
        found = () if parameters.is_blank else completions(search_index, parameters.query())
        return Content(_suggestions(parameters.text or "", found, urls))

    return from_snapshot(request, _SUGGESTIONS_JSON, make, base_url=urls.base_url)


def _suggestions(text: str, found: tuple[Completion, ...], urls: UrlBuilder) -> bytes:
    """OpenSearch's four lists: the query, its completions, a gloss of each and the page of each."""
    headwords = [completion.headword for completion in found]
    return _encode((text, headwords, [completion.gloss for completion in found], list(map(urls.search, headwords))))


SUGGEST = Route(
    path="/suggest",
    name="suggest",
    tag="lookup",
    view=_view,
    parameters=(OPTIONAL_Q, DICT, LIMIT, LANG),
    content_type=_SUGGESTIONS_JSON,
)
