"""The service's own pages: with and without JavaScript, by keyboard alone, back and forward, reading on."""

from __future__ import annotations

import re
from urllib.parse import unquote

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import REPORT_URL, OpenPage

QUERY = 'input[name="q"]'


def look_up(page: Page, text: str) -> None:
    box = page.locator(QUERY)
    box.fill(text)
    box.press("Enter")


def first_headword(page: Page) -> str:
    return page.locator(".td-entry h2").first.inner_text()


def test_without_javascript_everything_is_a_form_and_links(open_page: OpenPage, service_url: str) -> None:
    page = open_page(service_url, java_script_enabled=False)
    page.locator(QUERY).fill("nghi quyet")
    page.get_by_label("Từ điển:").select_option("hanh-chinh")
    page.get_by_role("button", name="Tra", exact=True).click()
    assert page.url == f"{service_url}/?q=nghi+quyet&dict=hanh-chinh"
    assert first_headword(page) == "nghị quyết"
    assert page.locator(QUERY).input_value() == "nghi quyet"
    assert page.get_by_label("Từ điển:").input_value() == "hanh-chinh"
    page.locator(".td-entry h2 a").first.click()
    assert re.fullmatch(rf"{service_url}/entry/[0-9a-f]{{14}}", page.url)
    page.get_by_role("link", name="English").click()
    assert page.locator("html").get_attribute("lang") == "en"
    assert page.get_by_label("Look up:").is_visible()


def test_back_forward_and_deep_links(open_page: OpenPage, service_url: str) -> None:
    page = open_page(f"{service_url}/?q=c%C3%B4ng+ch%E1%BB%A9c&dict=vi-en")
    assert first_headword(page) == "công chức"
    loads = page.evaluate("performance.timeOrigin")
    look_up(page, "quyết")
    expect(page.locator(".td-entry h2").first).to_have_text("quyết")
    assert unquote(page.url) == f"{service_url}/?q=quyết&dict=vi-en&lang=vi"
    expect(page).to_have_title("quyết – Từ điển trực tuyến")
    page.locator(".td-phrases a").first.click()
    expect(page.locator(".td-entry h2").first).not_to_have_text("quyết")
    page.go_back()
    expect(page.locator(".td-entry h2").first).to_have_text("quyết")
    expect(page.locator(QUERY)).to_have_value("quyết")
    page.go_back()
    expect(page.locator(".td-entry h2").first).to_have_text("công chức")
    expect(page.get_by_label("Từ điển:")).to_have_value("vi-en")
    page.go_forward()
    expect(page.locator(".td-entry h2").first).to_have_text("quyết")
    assert page.evaluate("performance.timeOrigin") == loads, "no page was loaded anew"
    page.reload()
    assert first_headword(page) == "quyết"


def test_keyboard_alone(open_page: OpenPage, service_url: str) -> None:
    page = open_page(service_url)
    for _ in range(10):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == "q":
            break
    page.keyboard.type("nghi q")
    expect(page.locator(".td-option").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator(".td-entry h2").first).to_have_text("nghị quyết")
    for _ in range(3):
        page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('h2') !== null"), "select, button, headword"
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"
    page.keyboard.press("Enter")
    page.wait_for_url("**/entry/*")
    assert first_headword(page) == "nghị quyết"


@pytest.mark.parametrize(
    ("query", "headword", "reason"),
    [
        ("nghi quyet", "nghị quyết", "gõ thiếu dấu"),
        ("tuwf ddieenr", "từ điển", "quên bật hoặc tắt bộ gõ"),
        ("countries", "country", "dạng của từ này"),
        ("the resolution", "resolution", "dạng của từ này"),
        ("give up", "give", "cụm từ trong mục này"),
        ("resolutoin", "resolution", "gần giống"),
    ],
)
def test_the_reason_of_a_match_in_words(
    open_page: OpenPage, service_url: str, query: str, headword: str, reason: str
) -> None:
    page = open_page(service_url)
    look_up(page, query)
    expect(page.locator(".td-entry h2").first).to_have_text(headword)
    expect(page.locator(".td-reason").first).to_contain_text(reason)


def test_homographs_by_tone(open_page: OpenPage, service_url: str) -> None:
    page = open_page(f"{service_url}/?q=ma")
    assert page.locator(".td-homographs dt").all_inner_texts() == ["ngang", "huyền", "ngã", "sắc"]
    words = [text.split() for text in page.locator(".td-homographs dd").all_inner_texts()]
    assert words == [["ma"], ["mà"], ["mã"], ["má"]]
    page.locator(".td-homographs a", has_text="mã").click()
    expect(page.locator(".td-entry h2").first).to_have_text("mã")


def test_suggestions_and_wildcards_where_nothing_is_found(open_page: OpenPage, service_url: str) -> None:
    page = open_page(service_url)
    look_up(page, "zzqqxx")
    expect(page.locator(".td-message")).to_have_text("Không tìm thấy “zzqqxx”.")
    hint = page.locator(".td-row", has_text="dấu ? thay cho một chữ")
    hint.get_by_role("link", name="h?c").click()
    expect(page.locator(QUERY)).to_have_value("h?c")
    expect(page.locator(".td-entry h2", has_text="học").first).to_be_visible()
    expect(page.get_by_text("Dấu * thay cho một số chữ cái bất kỳ")).to_be_visible()


def test_what_matched_is_marked(open_page: OpenPage, service_url: str) -> None:
    page = open_page(f"{service_url}/?q=nghi+quyet&dict=hanh-chinh")
    assert page.locator(".td-examples mark").first.inner_text().lower() == "nghị quyết"
    page.goto(f"{service_url}/?q=sailor&dict=vi-en")
    assert page.locator(".td-gloss mark").first.inner_text() == "sailor"
    page.goto(f"{service_url}/?q=ngh%E1%BB%8B+q&dict=vi-en")
    assert page.locator(".td-entry h2 mark").first.inner_text() == "nghị q"


def test_the_entry_page_reads_on(open_page: OpenPage, service_url: str) -> None:
    page = open_page(f"{service_url}/?q=quy%E1%BA%BFt&dict=vi-en&mode=exact")
    page.locator(".td-entry h2 a").first.click()
    beside = page.locator(".td-neighbours li").all_inner_texts()
    place = beside.index("quyết")
    assert place >= 3
    assert beside[place + 1].startswith("quyết")
    assert any("nghị quyết" in text for text in page.locator(".td-phrases li").all_inner_texts())
    page.locator(".td-neighbours h2 a").click()
    assert "/browse?" in page.url
    assert page.locator(".td-headwords li").all_inner_texts()[: len(beside)] == beside


def test_browsing_in_alphabetical_order(open_page: OpenPage, service_url: str) -> None:
    page = open_page(f"{service_url}/browse?dict=vi-en")
    letters = page.locator(".td-letters a").all_inner_texts()
    assert letters[:7] == ["A", "Ă", "Â", "B", "C", "D", "Đ"]
    page.locator(".td-letters").get_by_role("link", name="Đ", exact=True).click()
    headwords = page.locator(".td-headwords a").all_inner_texts()
    assert len(headwords) == 120
    assert all(word.lower().startswith("đ") for word in headwords)
    assert headwords[0].lower().startswith("đa")
    page.get_by_role("link", name="Trang sau").click()
    after = page.locator(".td-headwords a").all_inner_texts()
    assert not set(after) & set(headwords)
    page.get_by_role("link", name="Trang trước").click()
    assert page.locator(".td-headwords a").all_inner_texts() == headwords
    page.get_by_label("Bắt đầu từ:").fill("mà")
    page.get_by_role("button", name="Xem").click()
    assert page.locator(".td-headwords a").first.inner_text() == "mà"
    page.get_by_role("link", name="Pháp–Việt").click()
    assert page.locator(".td-letters a").all_inner_texts()[:3] == ["A", "B", "C"]
    page.locator(".td-headwords a").first.click()
    assert page.get_by_label("Từ điển:").input_value() == "fr-vi"


def test_reporting_a_mistake(open_page: OpenPage, service_url: str) -> None:
    page = open_page(f"{service_url}/?q=nghi+quyet&dict=hanh-chinh")
    link = unquote(page.get_by_role("link", name="Báo lỗi").first.get_attribute("href") or "")
    entry = page.locator(".td-entry h2 a").first.get_attribute("href")
    assert link == f"{REPORT_URL}?subject=Báo lỗi mục từ “nghị quyết”&body={entry}"


def test_errors_keep_what_was_typed(open_page: OpenPage, service_url: str) -> None:
    page = open_page(f"{service_url}/?q=nghi+quyet&dict=zz", tolerant=True)
    expect(page.locator(".td-failed")).to_have_text("Không có từ điển “zz”.")
    expect(page.locator(QUERY)).to_have_value("nghi quyet")


def test_printing_shows_the_answer_unfolded(open_page: OpenPage, service_url: str) -> None:
    page = open_page(f"{service_url}/?q=run&dict=en-vi")
    page.emulate_media(media="print")
    expect(page.locator(QUERY)).to_be_hidden()
    expect(page.locator(".td-entry h2").first).to_be_visible()
    expect(page.get_by_role("link", name="Báo lỗi").first).to_be_hidden()
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert not page.locator(".tu-dien-results details:not([open])").count()
