"""Spanish."""

from dictsvc.language.alphabet import Alphabet
from dictsvc.language.profiles.base import LanguageProfile

PROFILE = LanguageProfile(
    code="es",
    alphabet=Alphabet("a b c d e f g h i j k l m n ñ o p q r s t u v w x y z"),
    is_inflected=True,
)
