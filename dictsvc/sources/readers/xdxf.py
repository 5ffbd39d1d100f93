"""XDXF, visual (text laid out by line breaks) and logical (`<def>`, `<deftext>`, `<ex>`)."""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from dictsvc.language.text import cleaned
from dictsvc.sources.languages import code_of
from dictsvc.sources.markup.bodies import entry_records, records_of
from dictsvc.sources.markup.draft import EntryDraft
from dictsvc.sources.markup.grammar import PARTS_OF_SPEECH, leading_labels, part_of_speech
from dictsvc.sources.markup.headwords import headword_of
from dictsvc.sources.markup.html import text_lines
from dictsvc.sources.source import Certainty, DictionaryFile, Format, Languages, Record, Source
from dictsvc.sources.xml_elements import XmlElement, XmlFile, local_name, malformed, open_xml, parsed, words_of

_ROOT = re.compile(r"<xdxf\b([^>]*)>")
_ATTRIBUTE = re.compile(r"""(\w+)\s*=\s*["']([^"']*)["']""")
_TITLE = re.compile(r"(?s)<(?:full_name|full_title|title)>(.*?)</")
_DESCRIPTION = re.compile(r"(?s)<description>(.*?)</description>")
_KEY = re.compile(r"(?s)<k\b[^>]*>(.*?)</k>")
_SPDX = re.compile(r"\b(?:GPL|CC|LGPL|GFDL)-[\w.-]*\d[\w.-]*")


def _read(file: DictionaryFile, languages: Languages) -> Source:
    """An XDXF dictionary. Raises `SourceError` where it has no article or declares entities."""
    xml = open_xml(file.path, "ar")
    root = _ROOT.search(xml.header)
    attributes = dict(_ATTRIBUTE.findall(root[1])) if root else {}
    declared = Languages(code_of(attributes.get("lang_from", "")), code_of(attributes.get("lang_to", "")))
    resolved = languages.or_else(declared)
    description = xml.text(_DESCRIPTION)
    licence = _SPDX.search(description)
    return Source(
        records=_records(xml, resolved),
        title=xml.text(_TITLE),
        source_language=resolved.source,
        target_language=resolved.target,
        description=description,
        licence=licence[0] if licence else "",
    )


def _records(file: XmlFile, languages: Languages) -> Iterator[Record]:
    for element in file.elements:
        if element.problem:
            yield element.problem
        else:
            yield from _article(element, languages)


def _article(element: XmlElement, languages: Languages) -> Iterator[Record]:
    location = f"line {element.line}"
    tree = parsed(element.text)
    if tree is None:
        yield malformed(element.line)
        key = _KEY.search(element.text)
        rest = element.text.replace(key[0], "", 1) if key else element.text
        lines = text_lines(re.sub("<[^<>]*>", "", rest))
        yield from records_of(key[1] if key else "", lines, location, languages)
        return
    keys = [words_of(key) for key in tree.iter() if local_name(key) == "k"] or [""]
    if any(local_name(child) == "def" for child in tree.iter()):
        yield from _logical(tree, keys, location)
    else:
        lines = [line for line in _visual_lines(tree) if line not in keys]
        yield from records_of(keys[0], lines, location, languages, keys[1:])


def _words_without(element: Element, *names: str) -> str:
    pieces = [element.text or ""]
    for child in element:
        if local_name(child) not in names:
            pieces += child.itertext()
        pieces.append(child.tail or "")
    return cleaned(" ".join("".join(pieces).split()))


_VISUAL = {"tr": "/{}/", "ex": "= {}", "pos": "* {}", "gr": "* {}", "kref": "{}", "co": "({})"}


def _visual_lines(tree: Element) -> list[str]:
    """The lines of a visual article in FVDP's markup."""
    pieces: list[str] = [tree.text or ""]
    for child in tree:
        name = local_name(child)
        text = words_of(child) if name in _VISUAL else "".join(child.itertext())
        if name in ("tr", "ex", "pos", "gr") and text:
            pieces.append(f"\n{_VISUAL[name].format(text)}\n")
        elif name != "k" and text:
            pieces.append(_VISUAL[name].format(text) if name in _VISUAL else text)
        elif name == "br":
            pieces.append("\n")
        pieces.append(child.tail or "")
    return [line.strip() for line in "".join(pieces).split("\n") if line.strip()]


def _logical(tree: Element, keys: list[str], location: str) -> Iterator[Record]:
    headword, problems = headword_of(keys[0], location)
    yield from problems
    if not headword:
        return
    draft = EntryDraft(headword)
    draft.variants += keys[1:]
    _take(tree, draft, [])
    yield from entry_records(draft.entry(), location)


def _take(element: Element, draft: EntryDraft, labels: list[str]) -> None:
    """Walk an article or a `<def>`: what it says of grammar goes for the definitions inside it."""
    for child in element:
        match local_name(child):
            case "def":
                _take(child, draft, labels)
            case "gr" | "pos":
                name = part_of_speech(words_of(child))[0]
                draft.part_of_speech(name if name in PARTS_OF_SPEECH else None)
            case "tr":
                draft.pronunciation = draft.pronunciation or words_of(child).strip("/[] ")
            case "categ":
                labels = [*labels, words_of(child)]
            case "deftext" | "dtrn":
                own, gloss = leading_labels(_words_without(child, "ex", "sr", "categ", "etm"))
                if gloss:
                    draft.sense(gloss, (*labels, *own))
                    labels = []
                _take(child, draft, labels)
            case "ex":
                parts = {local_name(part): words_of(part) for part in child}
                draft.example(parts.get("ex_orig") or words_of(child), parts.get("ex_tran"))
            case "etm":
                draft.etymology = draft.etymology or words_of(child)
            case "sr":
                _take_relations(child, draft)


def _take_relations(relations: Element, draft: EntryDraft) -> None:
    """What an `<sr>` says that other headwords are to the sense before it."""
    for reference in relations.iter():
        if local_name(reference) == "kref":
            match reference.get("type"):
                case "syn":
                    draft.synonyms([words_of(reference)])
                case "ant":
                    draft.antonyms([words_of(reference)])
                case _:
                    draft.see_also.append(words_of(reference))


FORMAT = Format(
    name="xdxf",
    description="XDXF, visual or logical",
    endings=(".xdxf",),
    certainty=Certainty.STRUCTURE,
    recognises=lambda file: bool(_ROOT.search(file.text)),
    read=_read,
)
