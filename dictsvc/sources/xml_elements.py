"""XML dictionaries read an element at a time, so that neither their size nor one broken entry matters.

No parser ever sees the whole file: there is no document type, hence no entity to expand, and what one entry gets
wrong costs that entry only.
"""

import codecs
import html
import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

from msgspec import Struct

from dictsvc.errors import SourceError
from dictsvc.model import Problem
from dictsvc.sources.files import encoding_of, open_text, read_head
from dictsvc.sources.markup.draft import one_line
from dictsvc.sources.markup.html import text_lines

_DECLARED = re.compile(rb"""<\?xml[^>]*\bencoding\s*=\s*["']([\w.-]+)["']""")
_ENTITY = re.compile(r"<!ENTITY\s")
_CHUNK = 1 << 18
_MOST_ELEMENT = 4_000_000
"""Characters of one entry; the longest real ones have 200,000."""
_MOST_HEADER = 1_000_000
"""Characters before the first entry."""
_MOST_DEPTH = 100
"""How deep elements may nest: FreeDict's reach 8."""


class XmlElement(Struct, frozen=True):
    """An element as it stands in the file."""

    line: int
    text: str
    problem: Problem | None = None
    """Where it could not be taken whole; then there is no text."""


class XmlFile(Struct, frozen=True):
    """An XML dictionary: its header, and its entries."""

    header: str
    """All before the first element of the names asked for, at most some 1 MB."""
    elements: Iterator[XmlElement]

    def text(self, pattern: re.Pattern[str]) -> str:
        """What the first group of a pattern finds in the header, as one line of text; empty where nothing does."""
        found = pattern.search(self.header)
        return one_line(" ".join(text_lines(found[1].replace("\n", " ")))) if found else ""


def open_xml(path: Path, *names: str) -> XmlFile:
    """A file's header and its elements of these names.

    Raises `SourceError` where it declares entities, which could expand without end, or has none of these elements.
    """
    elements = _elements(path, names)
    first = next(elements, None)
    if first is None or first.problem is not None:
        raise SourceError(f"{path.name} has no element <{names[0]}>.")
    if _ENTITY.search(first.text):
        raise SourceError(f"{path.name} declares XML entities; dictsvc does not expand them. Write them out first.")
    return XmlFile(first.text, elements)


def _elements(path: Path, names: tuple[str, ...]) -> Iterator[XmlElement]:
    """First what precedes the first element, then each element."""
    begin = re.compile(rf"<({'|'.join(names)})(?=[\s>/])")
    longest_start = max(map(len, names)) + 1  # of a chunk's end that `begin` needs the next chunk to recognise
    buffer, position, line, header = "", 0, 1, True
    for chunk in _chunks(path):
        buffer, position = buffer[position:] + chunk, 0
        while found := begin.search(buffer, position):
            if header:
                yield XmlElement(1, buffer[: found.start()])
                header = False
            line += buffer.count("\n", position, found.start())
            position = found.start()
            end = _end(buffer, position, found[1])
            if end is None:
                break
            yield XmlElement(line, buffer[position:end])
            line += buffer.count("\n", position, end)
            position = end
        if header and len(buffer) > _MOST_HEADER:
            return
        if not header and not begin.match(buffer, position):  # what stands between elements
            passed = max(position, len(buffer) - longest_start)
            line, position = line + buffer.count("\n", position, passed), passed
        elif len(buffer) - position > _MOST_ELEMENT:
            detail = f"over {_MOST_ELEMENT // 10**6} million characters without an end"
            yield XmlElement(line, "", Problem(f"line {line}", "too-long", detail))
            line, position = line + buffer.count("\n", position), len(buffer)
    if begin.match(buffer, position):
        yield XmlElement(line, "", Problem(f"line {line}", "unfinished", "the file ends within an entry"))


def _end(buffer: str, start: int, name: str) -> int | None:
    """Where the element that begins at `start` ends; None where that has not been read yet."""
    start_end = buffer.find(">", start)
    if start_end > 0 and buffer[start_end - 1] == "/":
        return start_end + 1
    close = buffer.find(f"</{name}>", start)
    return close + len(name) + 3 if close >= 0 else None


def _chunks(path: Path) -> Iterator[str]:
    head = read_head(path)
    encoding = encoding_of(head)
    declared = _DECLARED.search(head)
    if encoding == "utf-8" and declared:
        try:
            encoding = codecs.lookup(declared[1].decode("ascii")).name
        except LookupError as error:
            raise SourceError(f"{path.name} is in an encoding that is not known: {declared[1]!r}.") from error
    with open_text(path, encoding, "replace") as stream:
        while chunk := stream.read(_CHUNK):
            yield chunk


_BARE_AMPERSAND = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#\d+|#x[0-9a-fA-F]+);)")
_NAMED = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)[A-Za-z][A-Za-z0-9]*;")
_PREFIX = re.compile(r"(</?|\s)(?!xml:)[A-Za-z_][\w.-]*:(?=[A-Za-z_][\w.-]*[\s=/>])")
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_TAG = re.compile(r"<(/?)[A-Za-z][^<>]*?(/?)>")


def parsed(text: str) -> ElementTree.Element | None:
    """The element that a text is, mended where loose ampersands, unknown entities or prefixes stand in the way.

    None where it cannot be read as XML at all, or nests so deep that no dictionary meant it.
    """
    if _depth(text) > _MOST_DEPTH:
        return None
    try:
        return ElementTree.fromstring(text)  # noqa: S314  (no document type, so no entities)
    except ElementTree.ParseError:
        mended = _NAMED.sub(lambda found: html.unescape(found[0]), _CONTROLS.sub("", text))
        mended = _PREFIX.sub(r"\1", _BARE_AMPERSAND.sub("&amp;", mended))
    try:
        return ElementTree.fromstring(mended)  # noqa: S314
    except ElementTree.ParseError:
        return None


def _depth(text: str) -> int:
    if text.count("<") < _MOST_DEPTH:
        return 0
    depth = deepest = 0
    for tag in _TAG.finditer(text):
        depth += -1 if tag[1] else 0 if tag[2] else 1
        deepest = max(deepest, depth)
    return deepest


def local_name(element: ElementTree.Element) -> str:
    """An element's name without its namespace; empty for comments and instructions."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def words_of(element: ElementTree.Element) -> str:
    """The text of an element and all in it, as one line."""
    return one_line("".join(element.itertext()))


def malformed(line: int) -> Problem:
    """The report of an entry that is not well-formed XML; its text is kept."""
    return Problem(f"line {line}", "malformed-xml", "the entry is not well-formed; its text was kept", skipped=False)
