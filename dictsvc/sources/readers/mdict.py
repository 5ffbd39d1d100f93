"""MDict (.mdx), read by pyglossary: a length, then an XML header in UTF-16."""

from dictsvc.sources.pyglossary_bridge import read_with_pyglossary
from dictsvc.sources.source import Certainty, DictionaryFile, Format


def _recognises(file: DictionaryFile) -> bool:
    return file.path.suffix.casefold() == ".mdx" and "<\0" in file.head[4:8].decode("latin-1")


FORMAT = Format(
    name="mdict",
    description="MDict (with the extra formats)",
    endings=(".mdx",),
    certainty=Certainty.SIGNATURE,
    recognises=_recognises,
    read=lambda file, languages: read_with_pyglossary(file.path, languages, "OctopusMdict"),
)
