"""Text pasted from documents in TCVN3 (ABC), VNI-Windows or VISCII → Unicode.

Such a document shows as Western letters (`nghÞ quyÕt` for nghị quyết), because its bytes are read as Latin-1
or Windows-1252. A text is taken for one of the three only where every letter beyond ASCII has a meaning in it
and every word comes out as a syllable of Vietnamese; whether that is a word only a dictionary can tell.
"""

import re
import unicodedata

from dictsvc.language.vietnamese.syllables import parsed, spelled

_HEX = 16


def _single_bytes(table: str) -> dict[str, str]:
    """A table of byte and letter (`B5à`) as the characters that show for the bytes → letters."""
    letters = {int(pair[:2], _HEX): pair[2:] for pair in table.split()}
    shown = {chr(byte): letter for byte, letter in letters.items()}
    for byte, letter in letters.items():
        shown.setdefault(bytes([byte]).decode("cp1252", "replace"), letter)
    shown.pop("\ufffd", None)
    return shown


# TCVN 5712:1993, third character set. Capitals with a tone have the small letters' bytes and a font of their own.
_TCVN3 = _single_bytes(
    """
    A1Ă A2Â A3Ê A4Ô A5Ơ A6Ư A7Đ A8ă A9â AAê ABô ACơ ADư AEđ
    B5à B6ả B7ã B8á B9ạ BBằ BCẳ BDẵ BEắ C6ặ C7ầ C8ẩ C9ẫ CAấ CBậ
    CCè CEẻ CFẽ D0é D1ẹ D2ề D3ể D4ễ D5ế D6ệ D7ì D8ỉ DCĩ DDí DEị
    DFò E1ỏ E2õ E3ó E4ọ E5ồ E6ổ E7ỗ E8ố E9ộ EAờ EBở ECỡ EDớ EEợ
    EFù F1ủ F2ũ F3ú F4ụ F5ừ F6ử F7ữ F8ứ F9ự FAỳ FBỷ FCỹ FDý FEỵ
    """
)

# RFC 1456. It puts six capitals among the control characters.
_VISCII = _single_bytes(
    """
    02Ẳ 05Ẵ 06Ẫ 14Ỷ 19Ỹ 1EỴ
    80Ạ 81Ắ 82Ằ 83Ặ 84Ấ 85Ầ 86Ẩ 87Ậ 88Ẽ 89Ẹ 8AẾ 8BỀ 8CỂ 8DỄ 8EỆ 8FỐ
    90Ồ 91Ổ 92Ỗ 93Ộ 94Ợ 95Ớ 96Ờ 97Ở 98Ị 99Ỏ 9AỌ 9BỈ 9CỦ 9DŨ 9EỤ 9FỲ
    A0Õ A1ắ A2ằ A3ặ A4ấ A5ầ A6ẩ A7ậ A8ẽ A9ẹ AAế ABề ACể ADễ AEệ AFố
    B0ồ B1ổ B2ỗ B3Ỡ B4Ơ B5ộ B6ờ B7ở B8ị B9Ự BAỨ BBỪ BCỬ BDơ BEớ BFƯ
    C0À C1Á C2Â C3Ã C4Ả C5Ă C6ẳ C7ẵ C8È C9É CAÊ CBẺ CCÌ CDÍ CEĨ CFỳ
    D0Đ D1ứ D2Ò D3Ó D4Ô D5ạ D6ỷ D7ừ D8ử D9Ù DAÚ DBỹ DCỵ DDÝ DEỡ DFư
    E0à E1á E2â E3ã E4ả E5ă E6ữ E7ẫ E8è E9é EAê EBẻ ECì EDí EEĩ EFỉ
    F0đ F1ự F2ò F3ó F4ô F5õ F6ỏ F7ọ F8ụ F9ù FAú FBũ FCủ FDý FEợ FFỮ
    """
)

# VNI-Windows writes a mark as a second letter; these are what stands for it after each vowel.
_VNI_TONES = dict(zip("ùøûõï", "\u0301\u0300\u0309\u0303\u0323", strict=True))
_VNI_AFTER_A = dict(zip("éèúüë", "ắằẳẵặ", strict=True)) | {"ê": "ă"}
_VNI_ROOFED = dict(zip("áàåãä", "\u0301\u0300\u0309\u0303\u0323", strict=True)) | {"â": ""}
_VNI_ALONE = dict(zip("íìæóòîôöñ", "íìỉĩịỵơưđ", strict=True))
_ROOFS = {"a": "â", "e": "ê", "o": "ô"}


def _vni() -> dict[str, str]:
    pairs = dict(_VNI_ALONE)
    for shown, tone in _VNI_TONES.items():
        pairs |= {vowel + shown: vowel + tone for vowel in "aeouy"}
        pairs |= {"ô" + shown: "ơ" + tone, "ö" + shown: "ư" + tone}
    pairs |= {"a" + shown: letter for shown, letter in _VNI_AFTER_A.items()}
    for shown, tone in _VNI_ROOFED.items():
        pairs |= {vowel + shown: roofed + tone for vowel, roofed in _ROOFS.items()}
    return pairs


_VNI = _vni()
_VNI_UNITS = re.compile("|".join(sorted(map(re.escape, _VNI), key=len, reverse=True)) + "|.", re.DOTALL)
_PUNCTUATION = ".,;:!?()\"'"


_NEVER_LEGACY = re.compile("[\u0102\u0103\u0110\u0111\u0128\u0129\u0168\u0169\u01a0\u01a1\u01af\u01b0\u1ea0-\u1ef9]")
"""Letters that only Vietnamese in Unicode has."""


def decodings(text: str) -> dict[str, str]:
    """What a text may have been before its bytes were read as Western ones, by `TCVN3`, `VISCII` or `VNI-Windows`.

    Empty where it cannot be legacy.

    >>> decodings("nghÞ quyÕt"), decodings("thuaàn lyù")
    ({'TCVN3': 'nghị quyết'}, {'VNI-Windows': 'thuần lý'})
    >>> decodings("nghị quyết")
    {}
    """
    if _NEVER_LEGACY.search(text):
        return {}
    beyond = {c for c in text if not c.isascii() or c < " "} - set("\t\n\r")
    if not beyond:
        return {}
    found = {}
    for charset, table in (("TCVN3", _TCVN3), ("VISCII", _VISCII)):
        if beyond <= table.keys():
            found[charset] = "".join(table.get(c, c) for c in text)
    lowered = text.lower()
    units = _VNI_UNITS.findall(lowered)
    if all(unit.isascii() or unit in _VNI for unit in units):
        found["VNI-Windows"] = "".join(_VNI.get(unit, unit) for unit in units)
    return {charset: fair for charset, read in found.items() if (fair := _spelled(read)) and fair != lowered}


def _spelled(text: str) -> str | None:
    """The text in small letters, each word spelled as a syllable; None if a word is no Vietnamese syllable."""
    words = unicodedata.normalize("NFC", text.lower()).split()
    syllables = [parsed(word.strip(_PUNCTUATION)) for word in words]
    return " ".join(spelled(s) for s in syllables if s) if all(syllables) else None
