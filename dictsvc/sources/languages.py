"""Names and codes of languages, as dictionary files write them → ISO 639-1."""

import re
from collections.abc import Mapping

from dictsvc.sources.source import Languages

_CODES = {
    "vi": "vie vietnamese việt tiếng_việt", "en": "eng english anh", "fr": "fra fre french français pháp",
    "de": "deu ger german deutsch đức", "ru": "rus russian русский nga", "es": "spa spanish español tây_ban_nha",
    "it": "ita italian ý italia", "pt": "por portuguese bồ_đào_nha", "cs": "ces cze czech séc tiệp",
    "zh": "zho chi chinese trung hán hoa", "ja": "jpn japanese nhật", "ko": "kor korean hàn", "la": "lat latin la_tinh",
    "nl": "nld dut dutch hà_lan", "pl": "pol polish ba_lan", "uk": "ukr ukrainian", "sv": "swe swedish thuỵ_điển",
    "fi": "fin finnish", "hu": "hun hungarian", "tr": "tur turkish", "ar": "ara arabic", "hi": "hin hindi",
    "th": "tha thai thái", "id": "ind indonesian", "ms": "msa may malay", "km": "khm khmer", "lo": "lao lào",
    "no": "nor norwegian na_uy", "nb": "nob", "da": "dan danish", "el": "ell gre greek", "he": "heb hebrew",
    "ro": "ron rum romanian", "bg": "bul bulgarian", "sk": "slk slo slovak", "hr": "hrv croatian", "sr": "srp serbian",
    "ca": "cat catalan", "eo": "epo esperanto", "fa": "fas per persian",
}  # fmt: skip
_BY_NAME = {name.replace("_", " "): code for code, names in _CODES.items() for name in (code, *names.split())}
_ANY = "|".join(map(re.escape, sorted(_BY_NAME, key=len, reverse=True)))
_PAIR = re.compile(rf"(?<!\w)({_ANY})\s?[-–—_→]\s?(?:tiếng )?({_ANY})(?!\w)")
_OF_VIETNAMESE = re.compile(r"từ điển tiếng việt\b(?!\s?[-–—])")
_SHORTEST_NAME = 4


def code_of(name: str) -> str:
    """The ISO 639-1 code of a language by its name or any of its codes; empty where it is not known.

    >>> code_of("VIE"), code_of("GermanNewSpelling"), code_of("en-US"), code_of("Klingon")
    ('vi', 'de', 'en', '')
    """
    wanted = name.strip().casefold()
    short = wanted.partition("-")[0].partition("_")[0]
    known = _BY_NAME.get(wanted) or _BY_NAME.get(short)
    if known:
        return known
    begins = (code for known, code in _BY_NAME.items() if len(known) >= _SHORTEST_NAME and wanted.startswith(known))
    return next(begins, "")


def languages_of(about: Mapping[str, str], asked: Languages) -> Languages:
    """The languages asked for; where none was, those that a converter wrote down as `##sourceLang`, `##targetLang`."""
    return Languages(
        asked.source or code_of(about.get("##sourceLang", "")), asked.target or code_of(about.get("##targetLang", ""))
    )


def languages_in(title: str) -> Languages:
    """The languages that a dictionary's title or file name tells.

    >>> languages_in("Từ điển Pháp-Việt"), languages_in("fra-eng.tei"), languages_in("Từ điển Tiếng Việt")
    (Languages(source='fr', target='vi'), Languages(source='fr', target='en'), Languages(source='vi', target='vi'))
    """
    folded = title.casefold()
    if found := _PAIR.search(folded):
        return Languages(_BY_NAME[found[1]], _BY_NAME[found[2]])
    return Languages("vi", "vi") if _OF_VIETNAMESE.search(folded) else Languages()
