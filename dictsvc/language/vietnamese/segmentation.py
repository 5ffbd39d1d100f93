"""Text → words with offsets. The only importer of pyvi, whose model takes 18 MB."""

import re
import sys
import threading
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from msgspec import Struct

_WORD_CHARACTER = re.compile(r"\w")


class Token(Struct, frozen=True):
    """A word of a text: its letters as they stand there and where, in code points."""

    text: str
    start: int
    end: int


@contextmanager
def _hidden(module: str) -> Iterator[None]:
    """Let what is imported meanwhile find a module not installed, unless it is imported already."""
    imported = module in sys.modules
    if not imported:
        sys.modules[module] = None  # type: ignore[assignment]  # which makes Python say so
    try:
        yield
    finally:
        if not imported:
            del sys.modules[module]


@cache
def _tokenizer() -> object:
    # sklearn-crfsuite does without scikit-learn, which would take a second and 70 MB and is only used for training
    with _hidden("sklearn"):
        from pyvi import ViTokenizer  # noqa: PLC0415
    return ViTokenizer


def is_warm() -> bool:
    """Whether the segmenter is loaded, so that using it takes no time."""
    return _tokenizer.cache_info().currsize > 0


def warm_up() -> None:
    """Load the segmenter now; a worker does so once, after it has started to answer."""
    segmented("từ điển")


def warm_up_in_background() -> threading.Thread:
    """Start a thread that loads the segmenter, and return it."""
    thread = threading.Thread(target=warm_up, name="segmenter", daemon=True)
    thread.start()
    return thread


def segmented(text: str) -> tuple[Token, ...]:
    """The words of accented Vietnamese text, compounds joined, with their offsets in `text` as sent.

    pyvi gives no offsets, composes letters, folds spaces and splits or joins at will; its words are found
    again by walking the original letter by letter.

    >>> [token.text for token in segmented("thực hiện nghị quyết")]
    ['thực hiện', 'nghị quyết']
    """
    words = _tokenizer().tokenize(unicodedata.normalize("NFC", text)).split()  # type: ignore[attr-defined]
    return _aligned(text, words)


def _aligned(text: str, words: list[str]) -> tuple[Token, ...]:
    tokens = []
    offset = 0
    for word in words:
        wanted = len(_letters(word.replace("_", "")))
        start = _skip_spaces(text, offset)
        end, seen = start, 0
        while end < len(text) and seen < wanted:
            end += 1
            while end < len(text) and unicodedata.combining(text[end]):
                end += 1
            seen = len(_letters("".join(text[start:end].split()).replace("_", "")))
        if end > start and _WORD_CHARACTER.search(text[start:end]):
            tokens.append(Token(text[start:end], start, end))
        offset = end
    return tuple(tokens)


def _letters(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def _skip_spaces(text: str, offset: int) -> int:
    while offset < len(text) and text[offset].isspace():
        offset += 1
    return offset
