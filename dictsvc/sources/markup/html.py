"""HTML inside dictionary files → lines of plain text. Nothing of it ever reaches a page."""

import html
import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

# ruff: noqa: SIM905  the tables below are read as lists of words

MOST_PARSED = 100_000
"""Characters of a body that are parsed as HTML: ten thousand nested elements take the parser half a second."""
_BREAK = re.compile(r"(?i)<\s*/?\s*br\s*/?\s*>|\n")
_TAG = re.compile(r"</?([A-Za-z][^\s<>/]*)[^<>]*>")
_MARKUP = re.compile(r"<[A-Za-z/!?]")
_BLOCKS = frozenset(
    """
    address article aside blockquote body center dd details dir div dl dt fieldset figcaption figure footer form
    h1 h2 h3 h4 h5 h6 header hr html li main menu nav ol option p pre section summary table tbody td tfoot th thead
    title tr ul
    """.split()
)
_INLINE = frozenset(
    """
    a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark q rp rt ruby s samp small span
    strike strong sub sup time tt u var wbr
    """.split()
)
_SILENT = frozenset(
    """
    area audio base button canvas embed head iframe img input link map math meta noscript object param rdf script
    select source style svg template textarea track video
    """.split()
)
_SHOWN = _BLOCKS | _INLINE
_KNOWN = _SHOWN | _SILENT | {"br"}
_BLOCK = re.compile(rf"(?i)<(?:br|{'|'.join(sorted(_BLOCKS, key=len, reverse=True))})\b")
_SURELY_HTML = re.compile(rf"(?i)<br\s*/?>|</(?:{'|'.join(sorted(_SHOWN, key=len, reverse=True))})>")
_RAISED = str.maketrans("0123456789+-n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿ")
_LOWERED = str.maketrans("0123456789+-", "₀₁₂₃₄₅₆₇₈₉₊₋")
_WHITE = re.compile(r"(?i)^(?:white|#fff|#ffffff|rgb\(255,\s*255,\s*255\))$")
_HIDING = re.compile(
    r"(?i)(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0[a-z%]*\s*(?:;|$)"
    r"|color\s*:\s*(?:white|#fff(?:fff)?)\s*(?:;|$))"
)


def is_html(text: str) -> bool:
    """Whether a body is HTML although its format says that it is text: it breaks a line or ends an element.

    >>> is_html("<b>n</b> mèo"), is_html("<b> chữ cái thứ hai")
    (True, False)
    """
    return bool(_SURELY_HTML.search(text))


def text_lines(body: str) -> list[str]:
    """The visible lines of an HTML body: tags, scripts and hidden text dropped, character references resolved.

    Angle brackets that hold no element of HTML are the dictionary's own and stay: `<y> thuốc`.

    >>> text_lines('- a &amp; b<br><font color="white">a</font>- c')
    ['- a & b', '- c']
    """
    if "<" not in body:
        return _unescaped(body).split("\n")
    lines = _BREAK.split(body)
    if any(map(_MARKUP.search, lines)):
        lines = (_text_of(body) if len(body) <= MOST_PARSED else _unescaped(_TAG.sub(" ", body))).split("\n")
    else:
        lines = [_unescaped(line) for line in lines]
    stripped = (line.strip() for line in lines)
    return [line for line in stripped if line]


def _unescaped(text: str) -> str:
    return html.unescape(text) if "&" in text else text


def _text_of(body: str) -> str:
    markup = _TAG.sub(_escaped_unless_known, body)
    # where elements break the lines, a line feed is but a space
    markup = markup.replace("\n", " " if _BLOCK.search(markup) else "<br>")
    root = LexborHTMLParser(markup).root
    return _visible(root) if root else ""


def _escaped_unless_known(found: re.Match[str]) -> str:
    return found[0] if found[1].casefold() in _KNOWN else f"&lt;{found[0][1:-1]}&gt;"


def _visible(root: LexborNode) -> str:
    """The text of a tree with a line break where the page would show one. Not recursive: bodies may nest deeply."""
    pieces: list[str] = []
    waiting: list[LexborNode | str] = [root]
    while waiting:
        node = waiting.pop()
        if isinstance(node, str):
            pieces.append(node)
        elif node.tag == "-text":
            pieces.append(node.text_content or "")
        elif node.tag == "br":
            pieces.append("\n")
        elif node.tag in _SHOWN and not is_hidden(node):
            waiting += _inside(node)
    return "".join(pieces)


def _inside(node: LexborNode) -> list[LexborNode | str]:
    """What a node shows, last first."""
    if node.tag in ("sup", "sub"):
        text = node.text()
        moved = text.translate(_RAISED if node.tag == "sup" else _LOWERED)
        if not any(character.isascii() for character in moved):
            return [moved]
    shown: list[LexborNode | str] = []
    child = node.last_child
    while child is not None:
        shown.append(child)
        child = child.prev
    return ["\n", *shown, "\n"] if node.tag in _BLOCKS else shown


def is_hidden(node: LexborNode) -> bool:
    """Whether a page would not show a node: no size, no display, white on white."""
    attributes = node.attributes
    return bool(attributes) and (
        "hidden" in attributes
        or bool(_WHITE.match((attributes.get("color") or "").strip()))
        or bool(_HIDING.search(attributes.get("style") or ""))
    )
