"""Cleaning the text that dictionary files hold, without changing what it says."""

import re
import unicodedata

ACUTE = "\u0301"
CYRILLIC_VOWELS = "аеёиоуыэюяАЕЁИОУЫЭЮЯ"
_STRESS_ON_CONSONANT = re.compile(f"(?<![{CYRILLIC_VOWELS}a-zA-Z]){ACUTE}([{CYRILLIC_VOWELS}])")
_CYRILLIC_STRESS = re.compile(f"[\u0400-\u04ff]{ACUTE}|{ACUTE}[\u0400-\u04ff]")
_SPACES = re.compile(r"[ \t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+")
INVISIBLE = dict.fromkeys(
    [
        *range(0x00, 0x09), *range(0x0B, 0x0D), *range(0x0E, 0x20), *range(0x7F, 0xA0),  # C0 and C1 controls
        0xAD, 0x061C, 0x180E, *range(0x200B, 0x2010), *range(0x202A, 0x202F),  # soft hyphen, joiners, directions
        *range(0x2060, 0x2070), 0xFEFF, *range(0xFFF9, 0xFFFC),
    ]
)  # fmt: skip
"""Code points that show nothing: deleted by `str.translate`. Tabs and line breaks are not among them."""


def composed(text: str) -> str:
    """`text` in NFC, but for Cyrillic stress marks, which stay loose and stand after their vowel.

    Some Russian files write the acute before the stressed vowel; plain NFC would then melt it into the
    consonant before it (г + acute = ѓ).

    >>> composed("гер\u0301ань") == "гера\u0301нь"
    True
    """
    if text.isascii():
        return text
    if ACUTE in text and _CYRILLIC_STRESS.search(text):
        text = _STRESS_ON_CONSONANT.sub(rf"\1{ACUTE}", text)
        pieces = re.split(f"([\u0400-\u04ff]{ACUTE})", text)
        return "".join(p if i % 2 else unicodedata.normalize("NFC", p) for i, p in enumerate(pieces))
    return unicodedata.normalize("NFC", text)


def cleaned(text: str) -> str:
    """One line of a dictionary file's text: composed, without invisible characters, spaces made single.

    >>> cleaned("  hoa\u0300  bình\u200b ")
    'hoà bình'
    """
    if not text.isascii() or not text.isprintable():
        text = composed(text.replace("\r", "").translate(INVISIBLE))
    return _SPACES.sub(" ", text).strip()
