"""HTML inside dictionary files → lines of plain text. Nothing of it ever reaches a page."""

from __future__ import annotations

import html
import re

_BREAKS = re.compile(r"(?i)<\s*/?\s*(?:br|p|div|li|tr|h[1-6]|ul|ol|table|dd|dt|blockquote)\b[^>]*>|\n")
_HIDDEN = re.compile(
    r"(?is)<(font|span)\b[^>]*(?:color\s*[=:]\s*[\"']?\s*(?:white|#fff(?:fff)?)|display\s*:\s*none)[^>]*>.*?</\1\s*>"
    r"|<(script|style)\b.*?</\2\s*>|<!--.*?-->"
)
_TAGS = re.compile(r"<[^<>]*>")


def text_lines(body: str) -> list[str]:
    """The visible lines of an HTML body: tags, scripts and hidden text dropped, character references resolved.

    >>> text_lines('- a &amp; b<br><font color="white">a</font>- c')
    ['- a & b', '- c']
    """
    if "<" not in body and "&" not in body:
        return body.split("\n")
    visible = _HIDDEN.sub("", body)
    lines = [html.unescape(_TAGS.sub("", line)).strip() for line in _BREAKS.split(visible)]
    return [line for line in lines if line]
