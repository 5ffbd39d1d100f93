"""The links of a page: absolute, because a relative one in a fragment would point at the portal."""

from __future__ import annotations

from urllib.parse import quote, urlencode

from msgspec import Struct
from msgspec.structs import replace

from dictsvc import messages
from dictsvc.messages import Language


class Link(Struct, frozen=True):
    """A text and where it leads."""

    text: str
    url: str


HOME_PATH, WIDGET_PATH = "/", "/widget"
"""Paths of the pages with the box: by itself, and inside a frame."""


class UrlBuilder(Struct, frozen=True):
    """Builds the links of one answer, which keep its dictionaries, its language and its page."""

    base_url: str
    language: Language
    dictionaries: tuple[str, ...] = ()
    home: str = HOME_PATH
    """The path of the page that searches lead to."""

    def search(self, text: str = "", **more: object) -> str:
        """The page that looks a text up in the same dictionaries."""
        values: dict[str, object] = {"q": text} if text else {}
        if self.dictionaries:
            values["dict"] = ",".join(self.dictionaries)
        return f"{self.base_url}{self.home}{self._query({**values, **more})}"

    def search_link(self, text: str) -> Link:
        """A text that leads to its own search."""
        return Link(text, self.search(text))

    def entry(self, identifier: str) -> str:
        """The permalink of an entry."""
        return f"{self.base_url}/entry/{quote(identifier)}{self._query({})}"

    def browse(self, dictionary: str, start: str = "") -> str:
        """The dictionary in alphabetical order, from a headword on."""
        values: dict[str, object] = {"dict": dictionary}
        if start:
            values["from"] = start
        return f"{self.base_url}/browse{self._query(values)}"

    def in_other_language(self) -> UrlBuilder:
        """The same in the other language of the service."""
        return replace(self, language="en" if self.language == "vi" else "vi")

    def docs(self) -> str:
        """The page for developers."""
        return f"{self.base_url}/docs{self._query({})}"

    def _query(self, values: dict[str, object]) -> str:
        if self.language != messages.DEFAULT_LANGUAGE:
            values = {**values, "lang": self.language}
        return f"?{urlencode(values)}" if values else ""


def report_url(template: str, identifier: str, subject: str, permalink: str) -> str:
    """Where a reader reports a mistake in an entry: `template` with the entry's id, a letter with its subject too.

    >>> report_url("https://tinh.gov.vn/bao-loi?muc={id}", "0a1b", "Báo lỗi", "https://…/entry/0a1b")
    'https://tinh.gov.vn/bao-loi?muc=0a1b'
    >>> report_url("mailto:bbt@tinh.gov.vn", "0a1b", "Sai", "https://tinh.gov.vn/entry/0a1b")
    'mailto:bbt@tinh.gov.vn?subject=Sai&body=https%3A%2F%2Ftinh.gov.vn%2Fentry%2F0a1b'
    """
    url = template.replace("{id}", quote(identifier))
    if url.startswith("mailto:") and "?" not in url:
        url += f"?subject={quote(subject)}&body={quote(permalink, safe='')}"
    return url
