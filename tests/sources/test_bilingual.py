"""Where the translation begins in an example whose separator was lost."""

from __future__ import annotations

import pytest

from dictsvc.sources.markup.bilingual import split_translation
from dictsvc.sources.source import UNKNOWN, Languages

EN_VI, FR_VI, VI_EN = Languages("en", "vi"), Languages("fr", "vi"), Languages("vi", "en")


@pytest.mark.parametrize(
    ("languages", "source", "target"),
    [
        (EN_VI, "the road branches here", "ở chỗ này đường chia ra nhiều ngã"),
        (EN_VI, "an unread book", "một quyển sách không ai đọc"),
        (EN_VI, "to catch cold", "bị cảm lạnh"),
        (EN_VI, "credibility gap", "(nghĩa Mỹ) sự khủng hoảng về lòng tin"),
        (VI_EN, "trẻ con chơi ngoài sân", "the children play in the yard"),
        (FR_VI, "il fait très froid ce matin", "sáng nay trời rất lạnh"),
    ],
)
def test_split(languages: Languages, source: str, target: str) -> None:
    assert split_translation(f"{source} {target}", languages) == (source, target)


@pytest.mark.parametrize(
    ("languages", "text"),
    [
        (EN_VI, "only English words stand here"),
        (EN_VI, "chỉ có tiếng Việt ở đây"),
        (EN_VI, "a"),
        (EN_VI, ""),
        (EN_VI, "… 12 %"),
        (UNKNOWN, "an unread book một quyển sách không ai đọc"),
        (Languages("vi", "vi"), "một hai ba"),
        (Languages("en", "fr"), "a cat un chat"),
    ],
)
def test_left_whole(languages: Languages, text: str) -> None:
    assert split_translation(text, languages) is None
