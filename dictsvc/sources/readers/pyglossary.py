"""Every other format that pyglossary reads, told by the file's ending."""

from dictsvc.sources.pyglossary_bridge import read_with_pyglossary
from dictsvc.sources.source import Certainty, DictionaryFile, Format, Languages, Source

_QUICKDIC = ".quickdic.v006.zip"
_YOMICHAN = ".zip"
_ENDINGS = (
    *(".bgl", ".dictionary", ".mids", ".dictunformat", ".df", ".u8", ".edlin", ".po", ".ldf", ".quickdic", ".zim"),
    _QUICKDIC,
    _YOMICHAN,
)
"""Of Babylon, AppleDict, DictionaryForMIDs, dictfmt's text, Kobo, EDICT2, gettext, Lingoes, QuickDic, Zim, Yomichan."""


def _recognises(file: DictionaryFile) -> bool:
    return file.name.casefold().endswith(_ENDINGS)


def _read(file: DictionaryFile, languages: Languages) -> Source:
    """A dictionary in the format of its ending. Raises `SourceError` as `read_with_pyglossary` does."""
    name = file.name.casefold()
    yomichan = name.endswith(_YOMICHAN) and not name.endswith(_QUICKDIC)  # which it does not tell from any archive
    return read_with_pyglossary(file.path, languages, "Yomichan" if yomichan else None)


FORMAT = Format(
    name="pyglossary",
    description="Other formats that pyglossary reads (with the extra formats)",
    endings=_ENDINGS,
    certainty=Certainty.ENDING,
    recognises=_recognises,
    read=_read,
)
