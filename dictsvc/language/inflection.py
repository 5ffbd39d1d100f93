"""The inflected forms of words. Used at load time only: its word lists take up to 200 MB while they are read."""

from collections.abc import Iterator

from dictsvc.language.profiles import profile_of


def inflections(language: str) -> Iterator[tuple[str, str]]:
    """Every (form, lemma) that simplemma knows of an inflected language, such as (`went`, `go`).

    They come in a stream, because Russian alone has 1.2 million of them.
    """
    if not profile_of(language).is_inflected:
        return
    from simplemma.strategies.dictionaries import DefaultDictionaryFactory  # noqa: PLC0415

    for form, lemma in DefaultDictionaryFactory().get_dictionary(language).items():
        if form != lemma:
            yield _text(form), _text(lemma)


def _text(word: str | bytes) -> str:
    return word.decode() if isinstance(word, bytes) else word
