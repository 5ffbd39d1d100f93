"""Russian."""

from dictsvc.language.alphabet import Alphabet
from dictsvc.language.profiles.base import LanguageProfile

PROFILE = LanguageProfile(
    code="ru",
    alphabet=Alphabet("а б в г д е ё ж з и й к л м н о п р с т у ф х ц ч ш щ ъ ы ь э ю я"),
    is_inflected=True,
)
