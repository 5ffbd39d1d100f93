"""The table of readers, and how a format is told from a file's content."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from msgspec import Struct

from dictsvc.errors import SourceError
from dictsvc.sources.files import decoded, open_file, read_head
from dictsvc.sources.languages import languages_in
from dictsvc.sources.markup.fvdp import read_fvdp
from dictsvc.sources.readers import avdict, pyglossary_bridge, slob
from dictsvc.sources.readers.avdict import read_avdict
from dictsvc.sources.readers.csv_table import delimiter_of, read_csv
from dictsvc.sources.readers.dictd import is_dictd, read_dictd
from dictsvc.sources.readers.dsl import is_dsl, read_dsl
from dictsvc.sources.readers.json_dictionary import read_json
from dictsvc.sources.readers.pyglossary_bridge import read_mdict, read_other
from dictsvc.sources.readers.slob import read_slob
from dictsvc.sources.readers.stardict import read_stardict, stardict_base
from dictsvc.sources.readers.tab_text import read_tab
from dictsvc.sources.readers.tei import is_tei, read_tei
from dictsvc.sources.readers.tsv import is_header, read_tsv
from dictsvc.sources.readers.wiktextract import is_wiktextract, read_wiktextract
from dictsvc.sources.readers.xdxf import is_xdxf, read_xdxf
from dictsvc.sources.source import UNKNOWN, Languages, Reader, Source


class Sample(Struct, frozen=True):
    """What a file shows of itself before it is read."""

    path: Path
    data: bytes
    """The first 8 KB, unpacked."""
    text: str

    def lines(self) -> list[str]:
        """The lines of the sample that are not blank; the last may be cut short."""
        return [line for line in self.text.lstrip("\ufeff").splitlines() if line.strip()]


class Format(Struct, frozen=True):
    """A file format: its name on the command line, how its content is recognised, and its reader."""

    name: str
    recognises: Callable[[Sample], bool]
    read: Reader


def _is_stardict(sample: Sample) -> bool:
    return sample.text.startswith("StarDict's dict ifo file") or stardict_base(sample.path) is not None


def _is_tsv(sample: Sample) -> bool:
    return is_header(next((line for line in sample.lines() if not line.startswith("#")), ""))


def _is_fvdp(sample: Sample) -> bool:
    lines = sample.lines()
    return bool(lines) and lines[0].startswith("@") and any(line.startswith(("-", "*", "=")) for line in lines[1:])


def _is_csv(sample: Sample) -> bool:
    return bool(sample.lines()) and delimiter_of(sample.lines()[0]) is not None


def _is_tab(sample: Sample) -> bool:
    lines = sample.lines()[:-1] or sample.lines()
    return bool(lines) and sum("\t" in line for line in lines) > len(lines) // 2


FORMATS: tuple[Format, ...] = (
    Format("stardict", _is_stardict, read_stardict),
    Format("avdict", lambda sample: sample.data.startswith(avdict.MAGIC), read_avdict),
    Format("slob", lambda sample: sample.data.startswith(slob.MAGIC), read_slob),
    Format("mdict", lambda sample: pyglossary_bridge.is_mdict(sample.path, sample.data), read_mdict),
    Format("tei", lambda sample: is_tei(sample.text), read_tei),
    Format("xdxf", lambda sample: is_xdxf(sample.text), read_xdxf),
    Format("wiktextract", lambda sample: is_wiktextract(sample.text), read_wiktextract),
    Format("json", lambda sample: sample.text.lstrip("\ufeff \r\n\t")[:1] in ("{", "["), read_json),
    Format("dictd", lambda sample: is_dictd(sample.path, sample.text), read_dictd),
    Format("dsl", lambda sample: is_dsl(sample.text), read_dsl),
    Format("tsv", _is_tsv, read_tsv),
    Format("csv", _is_csv, read_csv),
    Format("fvdp", _is_fvdp, read_fvdp),
    Format("tab", _is_tab, read_tab),
    Format("pyglossary", lambda sample: pyglossary_bridge.knows(sample.path), read_other),
)
"""In the order in which they are tried: from what is surest to what nearly any file could be."""


def open_source(path: Path, format_name: str | None = None, languages: Languages = UNKNOWN) -> Source:
    """The dictionary file at `path`, read as the format named or, without a name, as what its content shows.

    `languages` are those somebody said; where neither they nor the file tell, the file's name may.
    Raises `SourceError` where there is no such file, or its format is not recognised.
    """
    source = _format_of(path, format_name).read(path, languages)
    told = languages_in(source.title) if languages_in(source.title).source else languages_in(path.name)
    source.source_language = languages.source or source.source_language or told.source
    source.target_language = languages.target or source.target_language or told.target
    return source


def _format_of(path: Path, name: str | None) -> Format:
    open_file(path).close()
    names = ", ".join(known.name for known in FORMATS)
    if name is not None:
        for candidate in FORMATS:
            if candidate.name == name:
                return candidate
        raise SourceError(f"There is no format {name!r}; there are {names}.")
    head = read_head(path)
    sample = Sample(path, head, decoded(head))
    for candidate in FORMATS:
        if candidate.recognises(sample):
            return candidate
    raise SourceError(
        f"{path.name} is in no format that dictsvc knows ({names}); name it with --format, "
        f"or for yet others {pyglossary_bridge.HINT}."
    )
