"""Reading the pages that the tests are answered with."""

from __future__ import annotations

from typing import Any

from selectolax.lexbor import LexborHTMLParser, LexborNode


def page_of(response: Any, status: int = 200) -> LexborHTMLParser:
    """The page of an answer, which is HTML and shows nothing of the inside."""
    assert response.status_code == status, response.text
    assert response.content_type == "text/html; charset=utf-8"
    assert "Traceback" not in response.text
    return LexborHTMLParser(response.text)


def texts(page: LexborHTMLParser | LexborNode, selector: str) -> list[str]:
    """What the elements of a page that fit a selector say, spaces made single."""
    return [" ".join(node.text().split()) for node in page.css(selector)]


def text(page: LexborHTMLParser | LexborNode, selector: str) -> str:
    """What the one element says that fits a selector."""
    found = texts(page, selector)
    assert len(found) == 1, (selector, found)
    return found[0]


def values(page: LexborHTMLParser | LexborNode, selector: str, attribute: str) -> list[str | None]:
    """An attribute of the elements that fit a selector."""
    return [node.attributes.get(attribute) for node in page.css(selector)]
