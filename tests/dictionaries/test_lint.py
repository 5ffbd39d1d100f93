"""The bundled dictionaries keep to every rule, and every rule finds what it is there to find."""

from __future__ import annotations

from pathlib import Path

import pytest

from dictsvc.errors import SourceError
from dictsvc.sources.catalog import folder
from dictsvc.sources.readers.tsv import COLUMNS
from tests.dictionaries.lint import entry_rules, spelling_rules
from tests.dictionaries.lint.bundle import Bundle, read_bundle
from tests.dictionaries.lint.rules import RULES, Rule, check

CATALOG = """
[bundled.{id}]
title = "{id}"
source_language = "{source}"
target_language = "{target}"
licence = "CC0-1.0"
file = "{id}.tsv"
"""
EXCEPTIONS = 'loanwords = ["blốc"]\ncognates = ["pin"]\nwritten_with_i = ["mì"]\nnot_in_wordfreq = ["zyzzyvae"]\n'


@pytest.fixture(scope="module")
def bundle() -> Bundle:
    return read_bundle(folder())


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_bundled_dictionaries_keep_to(rule: Rule, bundle: Bundle) -> None:
    faults = [(d.id, *spot) for d in bundle.dictionaries.values() for spot in rule(d, bundle)]
    assert faults == [], rule.__doc__


def line(headword: str = "", **cells: str) -> str:
    return "\t".join({**dict.fromkeys(COLUMNS, ""), "headword": headword, **cells}.values()).rstrip("\t")


def bundle_of(tmp_path: Path, **lines: list[str]) -> Bundle:
    """A bundle of small dictionaries: `vi_en=[line, …]`."""
    catalog = ""
    for name, rows in lines.items():
        source, target = name.split("_")
        identifier = f"{source}-{target}"
        catalog += CATALOG.format(id=identifier, source=source, target=target)
        (tmp_path / f"{identifier}.tsv").write_text("\n".join(["\t".join(COLUMNS), *rows]) + "\n", encoding="utf-8")
    (tmp_path / "catalog.toml").write_text(catalog, encoding="utf-8")
    (tmp_path / "exceptions.toml").write_text(EXCEPTIONS, encoding="utf-8")
    return read_bundle(tmp_path)


def vietnamese(headword: str, gloss: str, part_of_speech: str = "noun", **cells: str) -> str:
    return line(headword, part_of_speech=part_of_speech, gloss=gloss, **cells)


def english(headword: str, gloss: str, pronunciation: str = "haʊs", **cells: str) -> str:
    return line(headword, pronunciation=pronunciation, gloss=gloss, **{"part_of_speech": "noun"} | cells)


FAULTS = [
    (entry_rules.unreadable, "vi_en", vietnamese("nhà", "house") + "\t" * len(COLUMNS)),
    (entry_rules.repeated_headword, "vi_en", vietnamese("nhà", "house") + "\n" + vietnamese("nhà", "home")),
    (entry_rules.unknown_part_of_speech, "vi_en", vietnamese("nhà", "house", "n.")),
    (entry_rules.unknown_part_of_speech, "vi_en", vietnamese("nhà", "house", "")),
    (entry_rules.unknown_label, "vi_en", vietnamese("nhà", "house", labels="kiến trúc")),
    (entry_rules.faulty_gloss, "vi_en", vietnamese("nhà", "house; ; home")),
    (entry_rules.faulty_gloss, "vi_en", vietnamese("nhà", "house.")),
    (entry_rules.faulty_gloss, "vi_en", vietnamese("nhà", "house; home") + "\n" + vietnamese("", "home")),
    (entry_rules.unbalanced_brackets, "vi_en", vietnamese("nhà", "house (of bricks")),
    (entry_rules.own_gloss, "en_vi", english("house", "house (loại nhạc)")),
    (entry_rules.faulty_pronunciation, "en_vi", english("house", "nhà", "")),
    (entry_rules.faulty_pronunciation, "en_vi", english("house", "nhà", "/haʊs/")),
    (entry_rules.faulty_pronunciation, "en_vi", english("housing", "nhà ở", "haʊzɪŋ")),
    (entry_rules.faulty_pronunciation, "vi_en", vietnamese("nhà", "house", pronunciation="ɲaː")),
    (entry_rules.missing_gender, "fr_vi", english("maison", "nhà", "mɛzɔ̃")),
    (entry_rules.missing_gender, "vi_fr", vietnamese("nhà", "maison")),
    (entry_rules.faulty_example, "vi_en", vietnamese("nhà", "house", examples="Nhà đẹp.")),
    (entry_rules.faulty_example, "vi_en", vietnamese("nhà", "house", examples="Nhà đẹp = A nice house.")),
    (entry_rules.faulty_example, "vi_en", vietnamese("nhà", "house", examples="Cửa đẹp. = A nice door.")),
    (entry_rules.faulty_example, "vi_en", vietnamese("nhà", "house", examples="Nhà. = A. | Nhà. = B.")),
    (entry_rules.faulty_example, "en_vi", english("take off", "cất cánh", examples="It took place. = Đã có.")),
    (entry_rules.dangling_reference, "vi_en", vietnamese("nhà", "house", see_also="cửa")),
    (entry_rules.unreadable, "vi_en", vietnamese("nhà", "house", see_also="nhà")),
    (spelling_rules.not_composed, "vi_en", vietnamese("nha\u0300", "house")),
    (spelling_rules.not_composed, "vi_en", vietnamese("nhà", "house  of bricks")),
    (spelling_rules.no_syllable, "vi_en", vietnamese("nhàa", "house")),
    (spelling_rules.no_syllable, "vi_en", vietnamese("nhà", "house", examples="Nhà sjạch. = A clean house.")),
    (spelling_rules.no_syllable, "en_vi", english("house", "nghà")),
    (spelling_rules.misplaced_tone, "vi_en", vietnamese("hoà bình", "peace")),
    (spelling_rules.i_for_y, "vi_en", vietnamese("quí", "precious", "adjective")),
    (spelling_rules.i_for_y, "en_vi", english("doctor", "bác sỹ")),
    (spelling_rules.unknown_word, "en_vi", english("hqouze", "nhà")),
]


@pytest.mark.parametrize(("rule", "name", "rows"), FAULTS)
def test_a_rule_finds(rule: Rule, name: str, rows: str, tmp_path: Path) -> None:
    bundle = bundle_of(tmp_path, **{name: [rows]})
    dictionary = next(iter(bundle.dictionaries.values()))
    assert list(rule(dictionary, bundle))
    assert rule.__doc__ in {fault.message for fault in check(bundle)}


def test_every_rule_has_a_message_and_a_fault_that_it_finds() -> None:
    assert all(rule.__doc__ for rule in RULES)
    assert {rule for rule, _, _ in FAULTS} | {entry_rules.poor_round_trip} == set(RULES)


@pytest.mark.parametrize(
    ("name", "rows"),
    [
        ("vi_en", vietnamese("blốc", "block")),
        ("vi_en", vietnamese("mì", "noodles", examples="Tôi ăn mì ở Paris. = I eat noodles in Paris.")),
        ("vi_en", vietnamese("UBND", "People’s Committee", "abbreviation")),
        ("en_vi", english("pin", "pin", "pɪn")),
        ("en_vi", english("zyzzyvae", "mọt", "ˈzɪzɪvə")),
        ("en_vi", english("child", "con", "tʃaɪld", examples="The child’s name. = Tên con.", forms="children")),
        ("en_vi", english("go", "đi", "ɡəʊ", examples="We went out. = Ta đi.", part_of_speech="verb")),
        ("fr_vi", english("maison", "nhà", "mɛzɔ̃", labels="giống cái")),
        ("vi_fr", vietnamese("nhà", "maison (f.)")),
    ],
)
def test_nothing_is_found_where_all_is_well(name: str, rows: str, tmp_path: Path) -> None:
    assert list(check(bundle_of(tmp_path, **{name: [rows]}))) == []


@pytest.mark.parametrize(
    ("vietnamese_gloss", "enough"), [("nhà", True), ("nhà (để ở)", True), ("dinh thự", False), ("nhà cửa", False)]
)
def test_round_trip(vietnamese_gloss: str, enough: bool, tmp_path: Path) -> None:
    bundle = bundle_of(
        tmp_path, vi_en=[vietnamese("nhà", "house; edifice")], en_vi=[english("house", vietnamese_gloss)]
    )
    found = list(entry_rules.poor_round_trip(bundle.dictionaries["vi-en"], bundle))
    assert (found == []) is enough


def test_a_damaged_folder_is_one_clear_error(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"catalog\.toml cannot be read"):
        read_bundle(tmp_path)
    bundle_of(tmp_path, vi_en=[vietnamese("nhà", "house")])
    (tmp_path / "exceptions.toml").write_text("loanwords = 3", encoding="utf-8")
    with pytest.raises(SourceError, match=r"exceptions\.toml is damaged"):
        read_bundle(tmp_path)
