"""What guesses at misspelt words start from: every key and every Vietnamese spelling, in a few long texts.

They are put together when a file is built, so that a worker takes them up in a few reads instead of row by row.
SQLite and zlib work on long texts without Python's lock: a busy worker goes on answering meanwhile.
"""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Mapping, Sequence

from msgspec import Struct

from dictsvc.language.keys import VIETNAMESE
from dictsvc.language.sounds import sounds_in
from dictsvc.storage.key_rows import HEADWORD_KINDS, KeyKind

SEPARATOR = "\x1f"
"""Stands between the items of a long text."""
FIRST_LETTER = 2
"""The letter that stands for the number 0 where a text holds numbers as letters: SQLite has no text with U+0000."""


class KeyList(Struct, frozen=True):
    """The folded keys of all headwords and variants, each once, in order."""

    keys: str
    """Joined by `SEPARATOR`."""
    sounds: str
    """How each of them sounds, joined in the same way."""
    commonness: Mapping[str, str]
    """By language a letter for each key, with the code `FIRST_LETTER + commonness` of its commonest headword;
    `FIRST_LETTER - 1` if absent: if no headword of the language has the key."""


class SpellingList(Struct, frozen=True):
    """How the keys of a language are written."""

    counts: str
    """How many spellings each key has, with spaces between the numbers."""
    written: str
    """The spellings, in the order of their keys, joined by `SEPARATOR`."""
    commonness: str
    """Of each spelling, as a letter in the same way."""


def write_vocabulary(connection: sqlite3.Connection) -> None:
    """Put the vocabulary of the file being built together, in the place of what there was."""
    among: dict[str, list[str]] = {}
    sql = "SELECT source_language, first_entry, first_entry + entry_count - 1 FROM dictionary ORDER BY position"
    for language, first, last in connection.execute(sql):
        among.setdefault(language, []).append(f"k.entry BETWEEN {first} AND {last}")
    conditions = {language: f"({' OR '.join(ranges)})" for language, ranges in among.items()}
    keys, *commonness = _keys(connection, list(conditions.values()))
    connection.execute("UPDATE library SET keys = ?, sounds = ?", (_packed(keys), _packed(sounds_in(keys))))
    connection.execute("DELETE FROM vocabulary")
    for language, letters in zip(conditions, commonness, strict=True):
        spellings = ("", "", "")
        if language == VIETNAMESE:
            spellings = connection.execute(_SPELLINGS_SQL.format(among=conditions[language])).fetchone()
        row = (language, *(_packed(text or "") for text in (letters, *spellings)))
        connection.execute("INSERT INTO vocabulary VALUES (?, ?, ?, ?, ?)", row)


def _packed(text: str) -> bytes:
    return zlib.compress(text.encode())


def unpacked_text(data: bytes) -> str:
    """A long text as it was before it was compressed. Raises `zlib.error` where the file is damaged."""
    return zlib.decompress(data).decode()


def _keys(connection: sqlite3.Connection, conditions: Sequence[str]) -> list[str]:
    """The keys, and how common they are among the entries of each condition."""
    common = "".join(f", max(iif({which}, e.commonness, -1)) AS c{n}" for n, which in enumerate(conditions))
    letters = "".join(f", group_concat(char(c{n} + {FIRST_LETTER}), '')" for n in range(len(conditions)))
    return [text or "" for text in connection.execute(_KEYS_SQL.format(common=common, letters=letters)).fetchone()]


_KINDS = ", ".join(map(str, sorted(HEADWORD_KINDS)))
_HEADWORD_KEYS = f"FROM key k CROSS JOIN entry e ON e.id = k.entry WHERE k.kind IN ({_KINDS})"
_KEYS_SQL = (
    f"SELECT group_concat(key, char({ord(SEPARATOR)})){{letters}} "  # noqa: S608
    f"FROM (SELECT k.key AS key{{common}} {_HEADWORD_KEYS} GROUP BY k.key)"
)
_SPELLINGS_SQL = (
    "WITH spelling AS (SELECT k.key AS key, "  # noqa: S608
    f"coalesce(k.text, iif(k.kind = {KeyKind.FOLDED}, e.headword, k.key)) AS written, "
    f"max(e.commonness) AS common {_HEADWORD_KEYS} AND {{among}} GROUP BY k.key, written), "
    f"of_key AS (SELECT count(*) AS count, group_concat(written, char({ord(SEPARATOR)})) AS written, "
    f"group_concat(char(common + {FIRST_LETTER}), '') AS commonness FROM spelling GROUP BY key) "
    f"SELECT group_concat(count, ' '), group_concat(written, char({ord(SEPARATOR)})), group_concat(commonness, '') "
    "FROM of_key"
)
