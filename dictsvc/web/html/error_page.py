"""Errors as readers see them: one friendly sentence, in a page or in a fragment."""

from werkzeug.exceptions import SecurityError

from dictsvc.errors import DictsvcError, UnavailableError
from dictsvc.web.html.fragment_view import FragmentView, error_view
from dictsvc.web.html.page_view import render_page
from dictsvc.web.html.rendering import render
from dictsvc.web.html.urls import HOME_PATH, WIDGET_PATH, UrlBuilder
from dictsvc.web.parameters import LookupParameters, read_parameters
from dictsvc.web.problems import ErrorFormat, error_reply, problem_document
from dictsvc.web.reply import HTML, Reply
from dictsvc.web.request import Request


def _page(request: Request, error: DictsvcError) -> Reply:
    try:
        dictionaries = request.service.live_snapshot.present().snapshot.dictionaries
    except UnavailableError:
        dictionaries = {}
    try:
        base_url = request.base_url()
    except SecurityError:  # the Host header is the error
        base_url = ""
    home = WIDGET_PATH if request.environ["PATH_INFO"] == WIDGET_PATH else HOME_PATH
    urls = UrlBuilder(base_url, request.language(), home=home)
    sent = _sent(request)
    page = render_page(
        dictionaries,
        urls,
        other_url=urls.in_other_language().search(),
        text=(sent.text or "") if sent else "",
        chosen=sent.dictionaries if sent else (),
        fragment=_sentence(request, error),
    )
    return error_reply(error, HTML, page)


def _fragment(request: Request, error: DictsvcError) -> Reply:
    return error_reply(error, HTML, render("fragment.html", _sentence(request, error)))


def _sentence(request: Request, error: DictsvcError) -> FragmentView:
    language = request.language()
    return error_view(problem_document(error, language).detail, language)


def _sent(request: Request) -> LookupParameters | None:
    """What can be kept in the box, so that nothing that was typed is lost; None where it cannot be read."""
    try:
        fields = request.fields()
        return read_parameters({name: values for name, values in fields.items() if name in ("q", "dict")})
    except DictsvcError:
        return None


ERROR_PAGES = ErrorFormat(HTML, None, _page)
"""Errors as whole pages, with what was typed still in the box."""
ERROR_FRAGMENTS = ErrorFormat(HTML, None, _fragment)
"""Errors as fragments."""
