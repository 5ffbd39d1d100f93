"""SQLite as AVDict writes it: a table for each direction, with columns word, html, description, pronounce."""

import contextlib
import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

from selectolax.lexbor import LexborHTMLParser, LexborNode

from dictsvc.errors import SourceError
from dictsvc.sources.markup.bodies import records_of
from dictsvc.sources.markup.draft import one_line
from dictsvc.sources.markup.html import MOST_PARSED, text_lines
from dictsvc.sources.source import Certainty, DictionaryFile, Format, Languages, Record, Source

_MAGIC = b"SQLite format 3\0"
_DIRECTIONS = {"av": Languages("en", "vi"), "va": Languages("vi", "en"), "pv": Languages("fr", "vi"),
               "vp": Languages("vi", "fr"), "dv": Languages("de", "vi"), "vd": Languages("vi", "de"),
               "nv": Languages("ru", "vi"), "vn": Languages("vi", "ru")}  # fmt: skip
_BODIES = ("html", "content", "definition", "description")
_MOST_BODY = 1_000_000
"""Characters of one body that are read."""
_MOST_VALUE = 16_000_000
"""Bytes of one value that SQLite takes into memory."""


def _read(file: DictionaryFile, languages: Languages) -> Source:
    """The table of an AVDict database that has the languages asked for, or its only one.

    Raises `SourceError` where the file is damaged or holds no such table, or several and nothing tells which.
    """
    path = file.path
    try:
        with contextlib.closing(_connect(path)) as connection:
            tables = _tables(connection)
            table = _chosen(path, tables, languages)
            count = connection.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0]  # noqa: S608
    except sqlite3.DatabaseError as error:
        raise _unreadable(path, error) from error
    resolved = languages.or_else(_DIRECTIONS.get(table, Languages()))
    return Source(
        records=_records(path, table, tables[table], resolved),
        source_language=resolved.source,
        target_language=resolved.target,
        expected=count,
    )


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(f"file:{quote(str(path))}?mode=ro&immutable=1", uri=True)
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _MOST_VALUE)
    return connection


def _unreadable(path: Path, error: sqlite3.DatabaseError) -> SourceError:
    if error.sqlite_errorcode == sqlite3.SQLITE_TOOBIG:
        return SourceError(f"{path.name} holds a text of over {_MOST_VALUE // 10**6} MB; that is no dictionary.")
    return SourceError(f"{path.name} is a damaged SQLite database.")


def _tables(connection: sqlite3.Connection) -> dict[str, list[str]]:
    """The tables that hold words and bodies, each with its columns."""
    names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
    columns = {
        name: [row[1] for row in connection.execute("SELECT * FROM pragma_table_info(?)", (name,))]
        for name in names
        if '"' not in name
    }
    return {name: found for name, found in columns.items() if "word" in found and set(_BODIES) & set(found)}


def _chosen(path: Path, tables: dict[str, list[str]], languages: Languages) -> str:
    if not tables:
        raise SourceError(f"{path.name} is a SQLite database without a table of words (word, html, …).")
    asked = [
        name
        for name in tables
        if (known := _DIRECTIONS.get(name))
        and languages.source in ("", known.source)
        and languages.target in ("", known.target)
    ]
    candidates = asked or list(tables)
    if len(candidates) > 1:
        raise SourceError(
            f"{path.name} holds several dictionaries ({', '.join(tables)}); say which with --source and --target."
        )
    return candidates[0]


def _records(path: Path, table: str, columns: list[str], languages: Languages) -> Iterator[Record]:
    body = next(name for name in _BODIES if name in columns)
    sounds = "pronounce" if "pronounce" in columns else "''"
    sql = f'SELECT rowid, word, substr("{body}", 1, {_MOST_BODY}), {sounds} FROM "{table}" ORDER BY rowid'  # noqa: S608
    try:
        with contextlib.closing(_connect(path)) as connection:
            connection.text_factory = lambda data: data.decode("utf-8", "replace").replace("\ufffd", "")
            for number, word, html, pronunciation in connection.execute(sql):
                yield from _record(
                    f"row {number}", str(word or ""), str(html or ""), str(pronunciation or ""), languages
                )
    except sqlite3.DatabaseError as error:
        raise _unreadable(path, error) from error


def _record(location: str, word: str, html: str, pronunciation: str, languages: Languages) -> Iterator[Record]:
    lines = [line for line in marked_lines(html) if line != word]
    if sounds := one_line(pronunciation).strip("/"):
        lines.insert(0, f"/{sounds}/")
    yield from records_of(word, lines, location, languages)


_ELEMENT = re.compile(r"<(h1|h2|h3|ul|ol|li)\b")
_EXAMPLE = re.compile(r"\s*:\s*")


def marked_lines(html: str) -> list[str]:
    """The lines of an AVDict body in FVDP's markup, from which it was once made.

    >>> marked_lines("<h1>má</h1><h2>noun</h2><ul><li>mother</li></ul><p class='ex'><i>má tôi</i> : my mother</p>")
    ['* noun', '- mother', '= má tôi + my mother']
    """
    if len(html) > MOST_PARSED or not _ELEMENT.search(html):
        return text_lines(html)
    body = LexborHTMLParser(html).body
    lines: list[str] = []
    child = body.first_child if body else None
    while child is not None:
        _take_block(child, lines)
        child = child.next
    return lines


def _take_block(node: LexborNode, lines: list[str]) -> None:
    text = one_line(node.text())
    if node.tag == "h1":
        return
    if node.tag == "h2":
        lines.append(f"* {text}")
    elif node.tag == "h3":
        lines.append(text)
    elif node.tag in ("ul", "ol"):
        for item in node.css("li"):
            _take_item(item, lines)
    elif node.tag == "p" and "ex" in (node.attributes.get("class") or "").split():
        lines.append(_example(node))
    elif text:
        lines.append(text)


def _take_item(item: LexborNode, lines: list[str]) -> None:
    """A list item by the lists around it: `<ol>` holds idioms, circles hold examples, the rest glosses."""
    own = [child for child in item.iter(include_text=True) if child.tag not in ("ul", "ol")]
    text = one_line("".join(child.text() if child.tag != "-text" else child.text_content or "" for child in own))
    around = item.parent
    if around is None or not text:
        return
    if around.tag == "ol":
        lines.append(f"! {text}")
    elif "circle" in (around.attributes.get("style") or ""):
        source, _, target = text.partition(":")
        lines.append(f"= {source} + {target}")
    else:
        lines.append(f"- {text}")


def _example(node: LexborNode) -> str:
    source = node.css_first("i")
    if source is None:
        return f"= {one_line(node.text())}"
    own = one_line(source.text())
    rest = one_line(node.text()).removeprefix(own)
    return f"= {own} + {_EXAMPLE.sub('', rest, count=1)}"


FORMAT = Format(
    name="avdict",
    description="SQLite databases of AVDict",
    endings=(".db",),
    certainty=Certainty.SIGNATURE,
    recognises=lambda file: file.head.startswith(_MAGIC),
    read=_read,
)
