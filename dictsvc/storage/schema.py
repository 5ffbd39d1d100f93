"""Which schema this version writes, and which older ones it reads."""

from __future__ import annotations

from pathlib import Path

SCHEMA_VERSION = 5
"""Number of the schema in `schema.sql`: `PRAGMA user_version` of every published file."""
UPGRADED_VERSIONS = frozenset({1, 2, 3, 4})
"""Numbers of the schemas whose dictionaries and bodies are read as they are; all else is made anew from them."""


def schema_sql() -> str:
    """The statements that make an empty file."""
    return Path(__file__).with_name("schema.sql").read_text(encoding="utf-8")
