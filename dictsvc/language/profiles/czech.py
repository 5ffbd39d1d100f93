"""Czech."""

from dictsvc.language.alphabet import Alphabet
from dictsvc.language.profiles.base import LanguageProfile

PROFILE = LanguageProfile(
    code="cs",
    alphabet=Alphabet("a b c č d e f g h ch i j k l m n o p q r ř s š t u v w x y z ž"),
    is_inflected=True,
)
