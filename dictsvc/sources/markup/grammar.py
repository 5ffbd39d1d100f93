"""The many ways dictionaries write parts of speech and labels → the few this project keeps."""

import re
from functools import lru_cache

PARTS_OF_SPEECH = (
    "noun", "verb", "adjective", "adverb", "pronoun", "preposition", "conjunction", "interjection", "numeral",
    "classifier", "particle", "determiner", "article", "auxiliary", "prefix", "suffix", "proper-noun",
    "abbreviation", "phrase",
)  # fmt: skip
"""The fixed set; what a dictionary writes beyond it stays as it stands there."""

_NAMES = {
    # Vietnamese
    "danh từ riêng": "proper-noun", "danh từ": "noun", "danh ngữ": "noun", "dt": "noun", "d": "noun",
    "nội động từ": "verb", "ngoại động từ": "verb", "trợ động từ": "auxiliary", "động từ": "verb",
    "tự động từ": "verb", "đt": "verb", "đg": "verb", "đgt": "verb",
    "tính từ": "adjective", "định ngữ": "adjective", "tt": "adjective", "t": "adjective",
    "phó từ": "adverb", "trạng từ": "adverb", "trạng ngữ": "adverb", "trgt": "adverb", "pht": "adverb",
    "đại danh từ": "pronoun", "đại từ": "pronoun", "giới từ": "preposition", "liên từ": "conjunction",
    "từ nối": "conjunction", "thán từ": "interjection", "tán thán từ": "interjection", "số từ": "numeral",
    "mạo từ": "article", "quán từ": "article", "loại từ": "classifier", "tiểu từ": "particle",
    "trợ từ": "particle", "từ đệm": "particle", "tiền tố": "prefix", "tiếp đầu ngữ": "prefix",
    "hậu tố": "suffix", "tiếp vĩ ngữ": "suffix", "thành ngữ": "phrase", "tục ngữ": "phrase",
    "viết tắt": "abbreviation", "từ viết tắt": "abbreviation",
    # English
    "noun": "noun", "n": "noun", "verb": "verb", "v": "verb", "vt": "verb", "vi": "verb", "vr": "verb",
    "adjective": "adjective", "adj": "adjective", "a": "adjective", "adverb": "adverb", "adv": "adverb",
    "pronoun": "pronoun", "pron": "pronoun", "preposition": "preposition", "prep": "preposition",
    "conjunction": "conjunction", "conj": "conjunction", "interjection": "interjection", "interj": "interjection",
    "excl": "interjection", "intj": "interjection", "int": "interjection", "num": "numeral",
    "number": "numeral", "numeral": "numeral", "classifier": "classifier", "counter": "classifier",
    "particle": "particle", "part": "particle", "det": "determiner", "determiner": "determiner",
    "article": "article", "art": "article", "auxiliary": "auxiliary", "aux": "auxiliary",
    "name": "proper-noun", "prop": "proper-noun", "proper noun": "proper-noun", "propn": "proper-noun",
    "phrase": "phrase", "idiom": "phrase", "proverb": "phrase", "prep phrase": "phrase", "prefix": "prefix",
    "suffix": "suffix", "abbr": "abbreviation", "abbreviation": "abbreviation", "acronym": "abbreviation",
    "initialism": "abbreviation", "contraction": "abbreviation",
    # Russian
    "м": "noun", "ж": "noun", "с": "noun", "мн": "noun", "прил": "adjective", "прич": "adjective",
    "сов": "verb", "несов": "verb", "нареч": "adverb", "мест": "pronoun", "предлог": "preposition",
    "союз": "conjunction", "межд": "interjection", "числ": "numeral", "частица": "particle",
}  # fmt: skip
_BY_LENGTH = sorted(_NAMES, key=len, reverse=True)
_KINDS_OF_VERB = ("nội động từ", "ngoại động từ")
_KINDS_OF_NOUN = ("м", "ж", "с", "мн")
_BRACKETS_FIRST = re.compile(r"^\(([^()]*)\)\s*(?=\w)")


@lru_cache(maxsize=4096)
def part_of_speech(text: str) -> tuple[str, str]:
    """The part of speech that `text` names, and what else it says; `text` itself where it names none.

    >>> part_of_speech("danh từ giống đực (không đổi)")
    ('noun', 'giống đực (không đổi)')
    >>> part_of_speech("ngoại động từ")
    ('verb', 'ngoại động từ')
    >>> part_of_speech("(bất qui tắc) động từ began; begun")
    ('verb', 'bất qui tắc, began; begun')
    >>> part_of_speech("mathématiques")
    ('mathématiques', '')
    """
    written = text.strip().strip(".")
    if name := _name_at_start(written):
        return _NAMES[name], _detail(name, "", written[len(name) :])
    if (first := _BRACKETS_FIRST.match(written)) and (name := _name_at_start(written[first.end() :])):
        return _NAMES[name], _detail(name, first[1], written[first.end() + len(name) :])
    if written.startswith("(") and written.endswith(")") and (name := _name_at_start(written[1:-1])):
        return _NAMES[name], _detail(name, "", written[1 + len(name) : -1])
    return written, ""


def _name_at_start(text: str) -> str | None:
    """The longest name of a part of speech that a text begins with; one of a letter stands alone or has a stop."""
    lowered = text.casefold()
    for name in _BY_LENGTH:
        if lowered.startswith(name):
            follows = lowered[len(name) :]
            if not follows[:1].isalpha() and (len(name) > 1 or not follows[:1].isspace()):
                return name
    return None


def _detail(name: str, before: str, after: str) -> str:
    after = after.strip(" .,;:")
    if after.startswith("(") and after.endswith(")") and after.count("(") == 1:
        after = after[1:-1]
    kind = name if name in _KINDS_OF_VERB else f"{name}." if name in _KINDS_OF_NOUN else ""
    return ", ".join(filter(None, (kind, before, after)))


_LABELS = frozenset(
    label.strip()
    for line in """
    ai-len|anh|anh-ấn|anh-ân|ấn|ân|đức|ê-cốt|mỹ|nam phi|nga|pháp|scotland|úc
    bảo hiểm|bắt chước|bếp núc|biến cách|bóng|bóng chày|bóng đá|bot|bridge|cờ|cổ|cơ khí|cũ|cũ,văn chương|cổ hy lạp
    cổ la mã|chim|chính trị|chuyên môn|công nghiệp|dạng kết hợp|dược|đánh bài|đánh cờ|đại số|đen|điện|điện ảnh|định ngữ
    địa chất|địa lí|địa lý|địa phương|đùa|đùa cợt|động|động vật|đường sắt|giải phẫu|giải tích|giao thông|hải|hài hước
    hàng hải|hàng không|hiếm|hoá|hóa|hình ảnh|hội hoạ|hội họa|ít dùng|in|kết hợp hạn chế|kế toán|khảo cổ|khẩu ngữ
    khí tượng|khinh bỉ|khinh miệt|khoa đo lường|khoáng|khoáng chất|kiến trúc|kinh tế|kinh thánh|kỹ thuật|kĩ thuật
    không đổi|không ngôi|lâm nghiệp|lịch sử|lôgic|logic|lóng|luật|luật pháp|luyện kim|máy tính|mỉa|mỉa mai|mỏ|mỹ thuật
    ngân hàng|nghệ thuật|ngoại giao|ngôn ngữ|ngôn ngữ nhà trường|ngôn ngữ nhi đồng|ngữ pháp|ngư nghiệp|nhạc|nhiếp ảnh
    nói chung|nói trại|nông|nông nghiệp|pháp luật|pháp lý|phật giáo|phương ngữ|quân|quân sự|quần vợt|quyền anh|rađiô
    radio|sân khấu|săn bắn|sinh|sinh lý|sinh vật|số ít|số nhiều|sử|tài chính|tâm lý|tem thư|thân|thân mật|thể dục
    thể thao|thể|thiên chúa giáo|thiên văn|thơ|thơ ca|thô tục|thống kê|thông tục|thú y|thủy lợi|thuỷ lợi|thực|thực vật
    thương mại|thương nghiệp|tin|toán|toán kinh tế|tô pô|tôn|tôn giáo|trang trọng|triết|truyền hình|tục|tục ngữ|tục tĩu
    tự động hóa|văn|văn chương|văn hóa|vật lí|vật lý|viết tắt|võ thuật|vô tuyến|xây dựng|xấu|y|âm nhạc
    arch|anat|archaic|biol|bot|buddhism|buddhist|chem|colloquial|dated|dialect|econ|fig|figurative|formal|geog|geol
    humorous|informal|law|ling|lit|literary|mar|math|mathematical|mech|med|mil|music|obsolete|pharm|pharmacy|phys|physics
    polite|rare|slang|tech|vulgar|zool
    """.splitlines()
    for label in line.split("|")
) - {""}
_LABEL = re.compile(
    r".*\.$|.*\bhọc$|(?:từ|nghĩa|nghiã|tiếng|thuật ngữ|ngành|nghành|nói về|(?:thường )?số nhiều|\+|of|chỉ|trong) ?\S"
)
_LEADING = re.compile(r"^(?:\(([^()]{1,60})\)|<([^<>]{1,30})>)[\s,;:.]*(?=\S)")
_INDICATOR = re.compile(r"^\{([^{}]*)\}[\s,;:./]*")


def leading_labels(gloss: str) -> tuple[tuple[str, ...], str]:
    """The labels that a gloss begins with, and the gloss without them.

    They stand in brackets; brackets that belong to the meaning stay: `(con) mèo`. What stands in braces tells
    which sense is meant, in a third language: it is a label too, or the gloss itself where there is no other.

    >>> leading_labels("(y học) (nghĩa bóng) sự tiêu độc")
    (('y học', 'nghĩa bóng'), 'sự tiêu độc')
    >>> leading_labels("{spectroscope} kính quang phổ"), leading_labels("{overall project}")
    ((('spectroscope',), 'kính quang phổ'), ((), 'overall project'))
    """
    labels: list[str] = []
    while found := _LEADING.match(gloss):
        if not found[2] and not _is_label(found[1]):
            break
        labels.append((found[1] or found[2]).strip())
        gloss = gloss[found.end() :]
    if gloss.startswith("{") and (found := _INDICATOR.match(gloss)):
        indicator, gloss = found[1].strip(), gloss[found.end() :]
        if gloss and indicator:
            labels.append(indicator)
        else:
            gloss = gloss or indicator
    return tuple(labels), gloss


@lru_cache(maxsize=4096)
def _is_label(text: str) -> bool:
    parts = [part.strip() for part in re.split("[,;/]", text.casefold())]
    return any(part in _LABELS or _LABEL.match(part) for part in parts)
