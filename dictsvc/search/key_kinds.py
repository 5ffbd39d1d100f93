"""Kinds of keys, in the sets that searching asks for."""

from __future__ import annotations

from dictsvc.storage.entry_codec import KeyKind

HEADWORD = frozenset({KeyKind.FOLDED})
HEADWORD_KINDS = HEADWORD | {KeyKind.VARIANT}
WORD_KINDS = HEADWORD_KINDS | {KeyKind.FORM}
FOLDED_KINDS = WORD_KINDS | {KeyKind.IDIOM}
SPACELESS_KINDS = HEADWORD | {KeyKind.SPACELESS}
REGION_KINDS = HEADWORD | {KeyKind.REGION}
