"""TEI P5 dictionaries, as FreeDict and others write them."""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from msgspec import Struct

from dictsvc.model import Example, RegionalPronunciation
from dictsvc.sources.languages import languages_in
from dictsvc.sources.markup.bodies import entry_records, records_of
from dictsvc.sources.markup.draft import EntryDraft
from dictsvc.sources.markup.grammar import part_of_speech
from dictsvc.sources.markup.headwords import empty_headword
from dictsvc.sources.markup.html import text_lines
from dictsvc.sources.source import Certainty, DictionaryFile, Format, Languages, Record, Source
from dictsvc.sources.xml_elements import XmlElement, XmlFile, local_name, malformed, open_xml, parsed, words_of

_ROOT = re.compile(r"<(?:tei:)?TEI\b")
_TITLE = re.compile(r"(?s)<title\b[^>]*>(.*?)</title>")
_AVAILABILITY = re.compile(r"(?s)<availability\b[^>]*>(.*?)</availability>")
_EDITION = re.compile(r"(?s)<edition\b[^>]*>(.*?)</edition>")
_EXTENT = re.compile(r"(?s)<extent\b[^>]*>\s*([\d.,]+)")
_ORTH = re.compile(r"(?s)<orth\b[^>]*>(.*?)</orth>")
_CREATIVE_COMMONS = re.compile(r"(?i)(?:creative\s*commons.*?share.?alike|CC[- ]BY[- ]SA)\D*(\d(?:\.\d)?)")
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_REGION = re.compile(r"[a-z]{2,3}-([A-Z]{2})")
_HOMONYM = re.compile(r"[1-9][0-9]{0,3}")
_GNU = re.compile(r"(?i)GNU General Public License\D*(\d(?:\.\d)?)?(.*(?:any later|or later))?")


def _read(file: DictionaryFile, languages: Languages) -> Source:
    """A TEI dictionary. Raises `SourceError` where it has no entry or declares entities."""
    xml = open_xml(file.path, "entry", "entryFree")
    title = xml.text(_TITLE)
    in_name = languages_in(file.name)
    resolved = languages.or_else(in_name if in_name.target else languages_in(title))
    extent = _EXTENT.search(xml.header)
    return Source(
        records=_records(xml, resolved),
        title=title,
        source_language=resolved.source,
        target_language=resolved.target,
        licence=_licence(xml.text(_AVAILABILITY)),
        version=xml.text(_EDITION),
        origin="https://freedict.org/" if "freedict" in xml.header.casefold() else "",
        expected=int(re.sub(r"\D", "", extent[1]) or 0) or None if extent else None,
    )


def _licence(availability: str) -> str:
    """The SPDX name of the licence that a text on availability names, else the beginning of the text."""
    if found := _CREATIVE_COMMONS.search(availability):
        return f"CC-BY-SA-{_version(found[1])}"
    if found := _GNU.search(availability):
        return f"GPL-{_version(found[1] or '2')}{'-or-later' if found[2] else ''}"
    return availability[:200]


def _version(number: str) -> str:
    return number if "." in number else f"{number}.0"


def _records(file: XmlFile, languages: Languages) -> Iterator[Record]:
    for element in file.elements:
        if element.problem:
            yield element.problem
            continue
        tree = parsed(element.text)
        if tree is None:
            yield from _as_text(element, languages)
        else:
            yield from _entry(tree, f"line {element.line}")


def _as_text(element: XmlElement, languages: Languages) -> Iterator[Record]:
    yield malformed(element.line)
    orth = _ORTH.search(element.text)
    word = " ".join(text_lines(orth[1])) if orth else ""
    rest = element.text.replace(orth[0], "", 1) if orth else element.text
    yield from records_of(word, [" ".join(re.sub("<[^<>]*>", " ", rest).split())], f"line {element.line}", languages)


def _entry(tree: Element, location: str) -> Iterator[Record]:
    reader = _EntryReader()
    for child in tree:
        reader.take(child)
    for related in reader.related:
        reader.take_related(related)
    draft = reader.draft
    if tree.get("type") in ("hom", "homonymicEntry") and _HOMONYM.fullmatch(tree.get("n", "")):
        draft.homonym = int(tree.get("n", ""))
    spellings = list(dict.fromkeys(draft.variants))
    if not spellings:
        yield empty_headword(location)
        return
    draft.headword = spellings[0]
    yield from entry_records(draft.entry(), location)


class _EntryReader:
    """Walks one `<entry>`; its spellings gather in `draft.variants`, the first of them is the headword."""

    def __init__(self) -> None:
        self.draft = EntryDraft("")
        self.related: list[Element] = []
        """Elements `<re>`, to be taken last: the senses behind one are the headword's, not the phrase's."""
        self._note = ""
        """What the grammar says beyond the part of speech: a note to the first sense."""
        self._collocations: list[str] = []
        """Phrases that the grammar names: those of the first sense."""

    def take(self, element: Element) -> None:
        match local_name(element):
            case "form":
                self._form(element)
            case "gramGrp":
                self._grammar(element)
            case "sense":
                self._sense(element)
            case "xr":
                self._references(element)
            case "etym":
                self.draft.etymology = self.draft.etymology or words_of(element)
            case "cit" | "def" | "trans" | "note" | "usg" | "eg":
                wrapper = Element("sense")
                wrapper.append(element)
                self._sense(wrapper)
            case "re":
                self.related.append(element)
            case "hom":
                for child in element:
                    self.take(child)

    def _form(self, form: Element) -> None:
        inflected = form.get("type") in ("infl", "inflected", "plural", "pp", "past")
        for child in form:
            text = words_of(child)
            if local_name(child) == "orth" and text:
                (self.draft.forms if inflected else self.draft.variants).append(text)
            elif local_name(child) == "pron" and not inflected:
                self._pronunciation(text.strip("/[] "), _REGION.fullmatch(child.get(_LANGUAGE, "")))
            elif local_name(child) == "form":
                self._form(child)
            elif local_name(child) == "gramGrp" and not inflected:
                self._grammar(child)

    def _pronunciation(self, ipa: str, region: re.Match[str] | None) -> None:
        if not self.draft.pronunciation:
            self.draft.pronunciation = ipa
        elif region and ipa not in ("", self.draft.pronunciation):
            name = "UK" if region[1] == "GB" else region[1]
            self.draft.regional_pronunciations.append(RegionalPronunciation(name, ipa))

    def _grammar(self, group: Element) -> None:
        details = []
        for child in group:
            if local_name(child) == "pos":
                name, detail = part_of_speech(words_of(child))
                self.draft.part_of_speech(name)
                details.append(detail)
            elif local_name(child) == "colloc" and " " in words_of(child):  # a word alone is a preposition or the like
                self._collocations.append(words_of(child))
            else:
                details.append(words_of(child))
        self._note = ", ".join(filter(None, details))

    def _sense(self, sense: Element) -> None:
        parts = _SenseParts([], [], [], [])
        inner: list[Element] = []
        references: list[Element] = []
        for child in sense:
            match local_name(child):
                case "sense":
                    inner.append(child)
                case "gramGrp":
                    self._grammar(child)
                case "re":
                    self.related.append(child)
                case "xr":
                    references.append(child)
                case _:
                    parts.take(child)
        if parts.glosses or parts.examples or references or not inner:
            gloss = ", ".join(dict.fromkeys(filter(None, parts.glosses)))
            note = "; ".join(filter(None, [self._note, *parts.notes]))
            self.draft.sense(gloss, filter(None, parts.labels), note)
            self._note = ""
            for example in parts.examples:
                self.draft.example(example.source, example.target)
            for phrase in self._collocations:
                self.draft.collocation(phrase)
            self._collocations.clear()
        for reference in references:
            self._references(reference)
        for child in inner:
            self._sense(child)

    def _references(self, group: Element) -> None:
        words = [words_of(ref) for ref in group if local_name(ref) == "ref"]
        match group.get("type"):
            case "syn" | "synonym" | "synonymy":
                self.draft.synonyms(words)
            case "ant" | "antonym" | "antonymy":
                self.draft.antonyms(words)
            case _:
                self.draft.see_also += words

    def take_related(self, related: Element) -> None:
        """A phrase that is explained under the headword."""
        phrase = next((words_of(orth) for orth in related.iter() if local_name(orth) == "orth"), "")
        if not phrase:
            return
        self.draft.idiom(phrase)
        for child in related:
            if local_name(child) in ("sense", "cit", "def"):
                self.take(child)


class _SenseParts(Struct):
    """What the children of a sense say, by kind."""

    glosses: list[str]
    labels: list[str]
    notes: list[str]
    examples: list[Example]

    def take(self, child: Element) -> None:
        name = local_name(child)
        if name in ("usg", "lbl"):
            self.labels.append(words_of(child))
        elif name == "eg" or (name == "cit" and child.get("type") == "example"):
            self.examples.append(_example(child))
        elif name in ("cit", "trans"):
            self.glosses += _quotes(child)
        elif name == "def":
            self.glosses.append(words_of(child))
        elif name == "note":
            self.notes.append(words_of(child))


def _quotes(cit: Element) -> list[str]:
    return [words_of(child) for child in cit if local_name(child) in ("quote", "tr", "orth")]


def _example(cit: Element) -> Example:
    source = target = ""
    for child in cit:
        if local_name(child) in ("quote", "q"):
            source = source or words_of(child)
        elif local_name(child) == "cit":
            target = target or ", ".join(_quotes(child))
        elif local_name(child) in ("note", "def"):
            target = target or words_of(child)
    return Example(source, target)


FORMAT = Format(
    name="tei",
    description="TEI P5, as FreeDict writes it",
    endings=(".tei",),
    certainty=Certainty.STRUCTURE,
    recognises=lambda file: bool(_ROOT.search(file.text)),
    read=_read,
)
