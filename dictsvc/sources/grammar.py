"""The many ways dictionaries write parts of speech and labels → the few this project keeps."""

from __future__ import annotations

import re
from functools import lru_cache

PARTS_OF_SPEECH = (
    "noun", "verb", "adjective", "adverb", "pronoun", "preposition", "conjunction", "interjection", "numeral",
    "classifier", "particle", "determiner", "article", "auxiliary", "prefix", "suffix", "proper-noun",
    "abbreviation", "phrase",
)  # fmt: skip
"""The fixed set; what a dictionary writes beyond it stays as it stands there."""

_NAMES = {
    "danh từ riêng": "proper-noun", "danh từ": "noun", "danh ngữ": "noun", "dt": "noun", "d": "noun",
    "nội động từ": "verb", "ngoại động từ": "verb", "trợ động từ": "auxiliary", "động từ": "verb",
    "tự động từ": "verb", "đt": "verb", "đg": "verb", "đgt": "verb",
    "tính từ": "adjective", "định ngữ": "adjective", "tt": "adjective", "t": "adjective",
    "phó từ": "adverb", "trạng từ": "adverb", "trgt": "adverb", "pht": "adverb",
    "đại danh từ": "pronoun", "đại từ": "pronoun", "giới từ": "preposition", "liên từ": "conjunction",
    "thán từ": "interjection", "số từ": "numeral", "mạo từ": "article", "quán từ": "article",
    "loại từ": "classifier", "tiểu từ": "particle", "trợ từ": "particle", "tiền tố": "prefix",
    "tiếp đầu ngữ": "prefix", "hậu tố": "suffix", "tiếp vĩ ngữ": "suffix", "thành ngữ": "phrase",
    "viết tắt": "abbreviation", "từ viết tắt": "abbreviation",
    "noun": "noun", "n": "noun", "verb": "verb", "v": "verb", "vt": "verb", "vi": "verb",
    "adjective": "adjective", "adj": "adjective", "a": "adjective", "adverb": "adverb", "adv": "adverb",
    "pronoun": "pronoun", "pron": "pronoun", "preposition": "preposition", "prep": "preposition",
    "conjunction": "conjunction", "conj": "conjunction", "interjection": "interjection", "excl": "interjection",
    "intj": "interjection", "int": "interjection", "num": "numeral", "numeral": "numeral",
    "classifier": "classifier", "particle": "particle", "det": "determiner", "article": "article",
    "name": "proper-noun", "proper noun": "proper-noun", "phrase": "phrase", "prefix": "prefix",
    "suffix": "suffix", "abbr": "abbreviation",
}  # fmt: skip
_BY_LENGTH = sorted(_NAMES, key=len, reverse=True)
_DETAIL = re.compile(r"^[\s,;.:()]+|[\s,;.:()]+$")


@lru_cache(maxsize=4096)
def part_of_speech(text: str) -> tuple[str, str]:
    """The part of speech that `text` names, and what else it says.

    >>> part_of_speech("danh từ giống đực (không đổi)")
    ('noun', 'giống đực (không đổi)')
    >>> part_of_speech("ngoại động từ")
    ('verb', 'ngoại động từ')
    >>> part_of_speech("mathématiques")
    ('mathématiques', '')
    """
    written = text.strip().strip(".")
    lowered = written.casefold()
    for name in _BY_LENGTH:
        if lowered.startswith(name) and not lowered[len(name) : len(name) + 1].isalpha():
            rest = written[len(name) :].strip(" .,;:")
            if rest.startswith("(") and rest.endswith(")") and rest.count("(") == 1:
                rest = rest[1:-1]
            kind = name if name in ("nội động từ", "ngoại động từ") else ""
            return _NAMES[name], ", ".join(filter(None, (kind, rest)))
    return written, ""


_LABEL_WORDS = (
    "học", "từ cũ", "nghĩa cũ", "địa phương", "thông tục", "khẩu ngữ", "văn chương", "quân sự", "kỹ thuật", "hàng hải",
    "pháp lý", "thể thao", "tôn giáo", "âm nhạc", "động vật", "thực vật", "tiếng lóng", "nghĩa bóng", "nghĩa rộng",
    "thương nghiệp", "chính trị", "sân khấu", "nông nghiệp", "thân mật", "nghĩa xấu", "hiếm", "từ hiếm", "thơ ca",
    "ngành", "tech", "econ", "từ mỹ", "đùa cợt", "mỉa mai", "hàng không", "điện ảnh", "kiến trúc", "đường sắt",
    "trang trọng", "tin học", "nghĩa", "thuật ngữ", "tục ngữ", "đánh bài", "đánh cờ", "in", "cũ", "bắt chước",
)  # fmt: skip
_LEADING = re.compile(r"^\(([^()]{1,40})\)[\s,;:]*(?=\S)")


def leading_labels(gloss: str) -> tuple[tuple[str, ...], str]:
    """The labels in brackets that a gloss begins with, and the gloss without them.

    Brackets that belong to the meaning stay: `(con) mèo`.

    >>> leading_labels("(y học) (nghĩa bóng) sự tiêu độc")
    (('y học', 'nghĩa bóng'), 'sự tiêu độc')
    """
    labels: list[str] = []
    while (found := _LEADING.match(gloss)) and _is_label(found[1]):
        labels.append(found[1].strip())
        gloss = gloss[found.end() :]
    return tuple(labels), gloss


@lru_cache(maxsize=4096)
def _is_label(text: str) -> bool:
    words = text.casefold().strip()
    return words.endswith(".") or any(
        words == label or words.endswith(" " + label) or words.startswith(label + " ") or words.startswith(label + ";")
        for label in _LABEL_WORDS
    )
