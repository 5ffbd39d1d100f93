"""CSV with a header line: spreadsheets, exports of other programs. A row is a sense."""

import csv
import re
from collections.abc import Iterator

from dictsvc.errors import SourceError
from dictsvc.model import Link, Problem
from dictsvc.sources.files import Line, read_lines
from dictsvc.sources.markup.bodies import entry_records
from dictsvc.sources.markup.draft import EntryDraft, one_line
from dictsvc.sources.markup.grammar import leading_labels, part_of_speech
from dictsvc.sources.markup.headwords import headword_of
from dictsvc.sources.markup.html import text_lines
from dictsvc.sources.source import Certainty, DictionaryFile, Format, Languages, Record, Source

_COLUMNS = {
    "headword": "headword|word|term|entry|lemma|từ|mục từ|tu|key",
    "gloss": "gloss|definition|definitions|meaning|translation|nghĩa|định nghĩa|nghia|value",
    "part_of_speech": "part_of_speech|part of speech|pos|type|từ loại|loại từ|tu loai|category",
    "pronunciation": "pronunciation|pronounce|ipa|phonetic|phát âm|phiên âm",
    "example": "example|examples|sentence|ví dụ|vi du",
    "example_translation": "example_translation|example translation|sentence translation|dịch ví dụ",
    "note": "note|notes|ghi chú",
    "labels": "labels|label|domain|field|register|lĩnh vực",
    "variants": "variants|variant|alternatives|spelling|dị thể",
    "see_also": "see_also|see also|related|xem thêm",
    "synonyms": "synonyms|synonym|đồng nghĩa|từ đồng nghĩa",
    "antonyms": "antonyms|antonym|trái nghĩa|từ trái nghĩa",
    "collocations": "collocations|collocation|kết hợp từ|kết hợp",
    "etymology": "etymology|từ nguyên|gốc từ",
    "former": "former|former name|former names|trước là|tên cũ",
    "current": "current|current name|nay là|tên mới",
    "homonym": "homonym|homonym number|số đồng âm",
}
"""Each column with the names that headers give it."""
_NAMES = {name: column for column, names in _COLUMNS.items() for name in names.split("|")}
_MOST_CELL = 131_072
_HOMONYM = re.compile(r"[1-9][0-9]{0,3}")
_DELIMITERS = (",", ";", "\t")


def _delimiter_of(header: str) -> str | None:
    """What parts the cells of a header line that names a headword and a gloss; None where it names none."""
    for delimiter in _DELIMITERS:
        columns = _columns(next(csv.reader([header], delimiter=delimiter), []))
        if "headword" in columns and "gloss" in columns:
            return delimiter
    return None


def _columns(cells: list[str]) -> list[str]:
    return [_NAMES.get(one_line(cell).casefold(), "") for cell in cells]


def _read(file: DictionaryFile, _languages: Languages) -> Source:
    """A CSV file whose first line names its columns, in English or Vietnamese; rows of one headword are one entry.

    Raises `SourceError` where no column is called headword (or word, term, từ) or none gloss (definition, nghĩa).
    """
    lines = read_lines(file.path)
    header = next((line.text for line in lines if line.text.strip()), "")
    delimiter = _delimiter_of(header)
    if delimiter is None:
        raise SourceError(f"{file.name} has no header line that names a headword and a gloss: headword,gloss,…")
    columns = _columns(next(csv.reader([header], delimiter=delimiter)))
    return Source(records=_Rows(columns, delimiter).records(lines))


class _Rows:
    def __init__(self, columns: list[str], delimiter: str) -> None:
        self._columns = columns
        self._delimiter = delimiter
        self._draft: EntryDraft | None = None
        self._pronunciation = ""
        self._location = ""
        self._faults: list[Problem] = []

    def _texts(self, lines: Iterator[Line]) -> Iterator[str]:
        for line in lines:
            if line.problem:
                self._faults.append(line.problem)
            yield line.text + "\n"

    def records(self, lines: Iterator[Line]) -> Iterator[Record]:
        csv.field_size_limit(_MOST_CELL)  # what a quote that is never closed can swallow
        reader = csv.reader(self._texts(lines), delimiter=self._delimiter)
        while True:
            yield from self._faults
            self._faults.clear()
            try:
                cells = next(reader, None)
            except csv.Error as error:
                yield Problem(f"line {reader.line_num + 1}", "unreadable-row", f"{error}")
                continue
            if cells is None:
                break
            if any(cells):
                yield from self._row(cells, f"line {reader.line_num + 1}")
        yield from self._finished()

    def _row(self, cells: list[str], location: str) -> Iterator[Record]:
        if len(cells) > len(self._columns) and any(cells[len(self._columns) :]):
            yield Problem(location, "too-many-cells", f"more cells than the {len(self._columns)} columns")
            return
        row = dict(zip(self._columns, cells, strict=False))
        pronunciation = one_line(row.get("pronunciation")).strip("/[] ")
        headword, problems = headword_of(" ".join(row.get("headword", "").split()), location)
        number = one_line(row.get("homonym"))
        homonym = int(number) if _HOMONYM.fullmatch(number) else 0
        if number and not homonym:
            detail = f"homonym: {number[:40]!r} is no number"
            yield Problem(f"{location} ({headword})", "malformed-cell", detail, skipped=False)
        if self._draft is None or not self._goes_on(headword, pronunciation, homonym):
            yield from problems
            yield from self._finished()
            if not headword:
                return
            self._draft, self._pronunciation, self._location = EntryDraft(headword), pronunciation, location
            self._draft.pronunciation, self._draft.homonym = pronunciation, homonym
        self._take(self._draft, row)

    def _goes_on(self, headword: str, pronunciation: str, homonym: int) -> bool:
        """Whether a row says more of the entry before it."""
        same = (
            self._draft is not None
            and headword == self._draft.headword
            and pronunciation in ("", self._pronunciation)
            and homonym in (0, self._draft.homonym)
        )
        return not headword or same

    def _finished(self) -> Iterator[Record]:
        if self._draft is not None:
            entry = self._draft.entry()
            self._draft = None
            yield from entry_records(entry, self._location)

    @staticmethod
    def _take(draft: EntryDraft, row: dict[str, str]) -> None:
        name, detail = part_of_speech(one_line(row.get("part_of_speech")))
        draft.part_of_speech(name)
        labels, gloss = leading_labels("; ".join(map(one_line, text_lines(row.get("gloss", "")))))
        own = [one_line(label) for label in row.get("labels", "").split(";")]
        note = "; ".join(filter(None, (detail, one_line(row.get("note")))))
        draft.sense(gloss, (*filter(None, own), *labels), note)
        draft.example(one_line(row.get("example")), one_line(row.get("example_translation")))
        draft.variants += _list(row.get("variants", ""))
        draft.see_also += _list(row.get("see_also", ""))
        draft.synonyms(_list(row.get("synonyms", "")))
        draft.antonyms(_list(row.get("antonyms", "")))
        for phrase, translation in _pairs(row.get("collocations", "")):
            draft.collocation(phrase, translation)
        draft.etymology = draft.etymology or one_line(row.get("etymology"))
        draft.links += [Link("former", *pair) for pair in _pairs(row.get("former", ""))]
        draft.links += [Link("current", *pair) for pair in _pairs(row.get("current", ""))]


def _list(cell: str) -> list[str]:
    return [one_line(word) for word in cell.replace("|", ";").split(";")]


def _pairs(cell: str) -> Iterator[tuple[str, str | None]]:
    """What stands before and behind the ` = ` of each part of a cell such as `make an effort = nỗ lực | effort`."""
    for part in f" {one_line(cell)} ".split(" | "):
        first, _, second = f" {part} ".partition(" = ")
        yield first.strip(), second.strip() or None


def _recognises(file: DictionaryFile) -> bool:
    return any(_delimiter_of(line) is not None for line in file.lines()[:1])


FORMAT = Format(
    name="csv",
    description="CSV with a header line that names headword and gloss",
    endings=(".csv",),
    certainty=Certainty.SHAPE,
    recognises=_recognises,
    read=_read,
)
