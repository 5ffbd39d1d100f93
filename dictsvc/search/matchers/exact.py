"""The query as it stands: headwords, variants, forms and idioms of its letters."""

from dictsvc.search import same_letters
from dictsvc.search.matcher import Matcher

MATCHER = Matcher(kinds=same_letters.KINDS, find=same_letters.same_letters)
