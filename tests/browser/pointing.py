"""Where words stand on a page, pointing at them, and waiting for what comes of it."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, Literal

from playwright.sync_api import Page

from tests.waits import BROWSER_MILLISECONDS

_FIND = """([word, block]) => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const place = walker.currentNode.data.indexOf(word);
    if (place < 0) continue;
    const range = document.createRange();
    range.setStart(walker.currentNode, place);
    range.setEnd(walker.currentNode, place + word.length);
    const { top } = range.getClientRects()[0];
    if (block === "center") scrollBy(0, top - innerHeight / 2);
    if (block === "start") scrollBy(0, top - 30);
    if (block === "end") scrollBy(0, top - innerHeight + 50);
    return range.getClientRects()[0].toJSON();
  }
  throw new Error(`the page does not say ${word}`);
}"""


def rectangle(page: Page, word: str, block: Literal["center", "start", "end", "as it is"] = "center") -> Any:
    """Where the first line of the first `word` of a page stands in the window, after the page was scrolled so."""
    return page.evaluate(_FIND, [word, block])


def first_letters(page: Page, word: str) -> tuple[float, float]:
    """A point on the first letters of the first `word` of a page."""
    place = rectangle(page, word)
    return place["left"] + min(6, place["width"] / 2), place["top"] + place["height"] / 2


def double_click(page: Page, word: str) -> None:
    """Double-click the first `word` of a page."""
    page.mouse.dblclick(*first_letters(page, word))


def eventually(page: Page, holds: Callable[[], bool]) -> None:
    """Wait until something holds; fails where it does not within the time that pages are given."""
    deadline = time.monotonic() + BROWSER_MILLISECONDS / 1000
    while not holds():
        assert time.monotonic() < deadline, "it never came to hold"
        page.wait_for_timeout(20)
