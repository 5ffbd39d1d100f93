"""Any word on the portal's page: the card with the entry of the compound that the word belongs to."""

from __future__ import annotations

import json
from typing import Any, Literal

import pytest
from playwright.sync_api import Locator, Page, Request, expect

from tests.browser.conftest import OpenPage
from tests.browser.pointing import double_click, eventually, first_letters, rectangle
from tests.browser.portal import Portal

_MOST_LETTERS = 600


@pytest.fixture
def page(open_page: OpenPage, portal: Portal) -> Page:
    return open_page(portal.url)


@pytest.fixture
def card(page: Page) -> Locator:
    return page.locator("tu-dien-card .td-card")


def selection(page: Page) -> str:
    return str(page.evaluate("getSelection().toString()"))


def test_a_double_click_explains_the_compound(page: Page, card: Locator) -> None:
    double_click(page, "quyết")
    expect(card.locator(".td-entry h2").first).to_have_text("nghị quyết")
    expect(card.locator(".td-gloss").first).to_contain_text("resolution")
    steps = card.locator(".td-card-steps button")
    assert steps.all_inner_texts() == ["nghị quyết", "quyết"]
    expect(steps.nth(0)).to_have_attribute("aria-pressed", "true")
    steps.nth(1).click()
    expect(card.locator(".td-entry h2").first).to_have_text("quyết")
    expect(steps.nth(1)).to_have_attribute("aria-pressed", "true")
    assert selection(page).strip() == "quyết", "the portal's own selection stays"


@pytest.mark.parametrize(
    ("body", "word", "headword"),
    [
        ("<p>thực hiện nghị <b>quyết</b> này</p>", "quyết", "nghị quyết"),
        ("<p>thực hiện <b>nghị</b>\n   quyết này</p>", "quyết", "nghị quyết"),
        ("<ul><li>Nghị<li>quyết định</ul>", "quyết", "quyết định"),
        ("<p>nghị<br>quyết định</p>", "quyết", "quyết định"),
        ("<p>Một 😀 câu 𝒳 có nghị quyết.</p>", "quyết", "nghị quyết"),
        ("<p>thông qua nghi\u0323 quye\u0302\u0301t</p>", "quye\u0302\u0301t", "nghị quyết"),
        ("<p>the <i>public administration</i> reform</p>", "public", "public"),
        ("<table><tr><td>cán<td>bộ phận</table>", "bộ", "bộ phận"),
    ],
)
def test_compounds_across_markup(open_page: OpenPage, portal: Portal, body: str, word: str, headword: str) -> None:
    page = open_page(portal.add("/markup", body, widget="data-popup"))
    double_click(page, word)
    expect(page.locator("tu-dien-card .td-entry h2").first).to_have_text(headword)


def test_only_the_sentence_leaves_the_page(page: Page, card: Locator) -> None:
    sent: list[Request] = []
    page.on("request", lambda request: sent.append(request) if "/segment" in request.url else None)
    double_click(page, "chuyển biến")
    expect(card.locator(".td-entry").first).to_be_visible()
    bodies = [json.loads(request.post_data or "") for request in sent if request.method == "POST"]
    assert bodies == [{"text": "Công tác phát triển đảng cũng có nhiều chuyển biến. ", "offset": 39, "dict": ""}]


def test_a_page_without_stops_sends_little(open_page: OpenPage, portal: Portal) -> None:
    body = f"<p>{'từ ' * 4000}nghị quyết {'từ ' * 4000}</p>"
    page = open_page(portal.add("/long", body, widget="data-popup"))
    sent: list[Request] = []
    page.on("request", lambda request: sent.append(request) if "/segment" in request.url else None)
    double_click(page, "quyết")
    expect(page.locator("tu-dien-card .td-entry h2").first).to_have_text("nghị quyết")
    text = json.loads(sent[-1].post_data or "")["text"]
    assert len(text) <= _MOST_LETTERS


@pytest.mark.parametrize("viewport", [(1280, 800), (768, 600), (320, 568)])
@pytest.mark.parametrize("word", ["nghị quyết", "hạn chế", "xác định", "thước đo"])
def test_the_card_never_covers_the_word(
    open_page: OpenPage, portal: Portal, viewport: tuple[int, int], word: str
) -> None:
    page = open_page(portal.url, viewport={"width": viewport[0], "height": viewport[1]})
    card = page.locator("tu-dien-card .td-card")
    blocks: tuple[Literal["center", "start", "end"], ...] = ("center", "start", "end")
    for block in blocks:
        page.keyboard.press("Escape")
        place = rectangle(page, word, block)
        page.mouse.dblclick(place["left"] + 6, place["top"] + place["height"] / 2)
        expect(card.locator(".tu-dien-results")).to_be_visible()
        eventually(page, lambda: is_apart(page.evaluate(_EXPLAINED), box_of(card)))
        explained, shown = page.evaluate(_EXPLAINED), box_of(card)
        assert explained["top"] <= rectangle(page, word, "as it is")["top"] < explained["bottom"], "the word is in it"
        assert shown["x"] >= 0
        assert shown["x"] + shown["width"] <= viewport[0]


_EXPLAINED = """() => [...CSS.highlights.get("tu-dien-word")][0].getBoundingClientRect().toJSON()"""


def box_of(locator: Locator) -> Any:
    return locator.bounding_box()


def is_apart(explained: dict[str, float], shown: dict[str, float]) -> bool:
    """Whether what is shown stands wholly below or above what it explains."""
    return shown["y"] >= explained["bottom"] or shown["y"] + shown["height"] <= explained["top"]


def is_beside(explained: dict[str, float], shown: dict[str, float]) -> bool:
    """Whether what is shown stands 8 pixels below or above what it explains."""
    gaps = (shown["y"] - explained["bottom"], explained["top"] - shown["y"] - shown["height"])
    return any(abs(gap - 8) < 2 for gap in gaps)


def test_it_follows_its_word_when_the_page_scrolls(page: Page, card: Locator) -> None:
    double_click(page, "hạn chế")
    expect(card.locator(".tu-dien-results")).to_be_visible()
    for by in (60, -120):
        before = page.evaluate("scrollY")
        page.mouse.wheel(0, by)
        page.wait_for_function("(before) => scrollY !== before", arg=before)
        eventually(page, lambda: is_beside(page.evaluate(_EXPLAINED), box_of(card)))


def test_closing(page: Page, card: Locator) -> None:
    double_click(page, "quyết")
    expect(card).to_be_visible()
    page.keyboard.press("Escape")
    expect(card).to_have_count(0)
    double_click(page, "quyết")
    expect(card.locator(".td-entry").first).to_be_visible()
    card.locator(".td-entry h2").first.dblclick()
    expect(card).to_be_visible()
    page.mouse.click(5, 5)
    expect(card).to_have_count(0)
    double_click(page, "quyết")
    card.get_by_role("button", name="Đóng").click()
    expect(card).to_have_count(0)


def test_by_keyboard(page: Page, card: Locator) -> None:
    page.evaluate(
        """() => {
            const text = document.querySelector("h1").firstChild;
            getSelection().setBaseAndExtent(text, text.data.indexOf("quyết"), text, text.data.indexOf("quyết") + 5);
            document.querySelector(".menu a").focus();
        }"""
    )
    page.keyboard.press("F2")
    expect(card).to_be_focused()
    expect(card.locator(".td-entry h2").first).to_have_text("nghị quyết")
    assert selection(page) == "quyết"
    page.keyboard.press("Tab")
    expect(card.locator(".td-card-steps button").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(card).to_have_count(0)
    expect(page.locator(".menu a").first).to_be_focused()


def test_a_selected_phrase_is_looked_up_as_it_stands(open_page: OpenPage, portal: Portal) -> None:
    page = open_page(portal.add("/phrase", "<p>Ý chí của nhân dân.</p>", widget='data-popup data-popup-key="F4"'))
    page.locator("p").evaluate("p => getSelection().setBaseAndExtent(p.firstChild, 9, p.firstChild, 18)")
    assert selection(page).strip() == "nhân dân"
    page.keyboard.press("F4")
    expect(page.locator("tu-dien-card .td-entry h2").first).to_have_text("nhân dân")


def test_long_press(open_page: OpenPage, portal: Portal) -> None:
    page = open_page(portal.url, viewport={"width": 360, "height": 700}, has_touch=True, is_mobile=True)
    x, y = first_letters(page, "quyết")
    session = page.context.new_cdp_session(page)
    session.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
    card = page.locator("tu-dien-card .td-card")
    expect(card).to_be_visible()
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    expect(card.locator(".td-entry h2").first).to_have_text("nghị quyết")
    page.locator(".office").tap()
    expect(card).to_have_count(0)
    page.touchscreen.tap(x, y)
    page.wait_for_timeout(700)
    expect(card).to_have_count(0)


def test_where_nothing_is_meant_nothing_opens(open_page: OpenPage, portal: Portal) -> None:
    body = '<p id="p">nghị quyết</p><input value="nghị quyết"><p contenteditable="true" id="e">nghị quyết</p><hr>'
    page = open_page(portal.add("/nothing", body, widget="data-popup"))
    page.locator("input").dblclick()
    page.locator("#e").dblclick(position={"x": 10, "y": 8})
    page.locator("hr").dblclick()
    page.keyboard.press("F2")
    page.evaluate("getSelection().removeAllRanges()")
    page.keyboard.press("F2")
    page.wait_for_timeout(300)
    expect(page.locator("tu-dien-card")).to_have_count(0)


def test_a_word_that_is_in_no_dictionary(open_page: OpenPage, portal: Portal) -> None:
    page = open_page(portal.add("/unknown", "<p>xyzzyx</p>", widget="data-popup"))
    double_click(page, "xyzzyx")
    card = page.locator("tu-dien-card .td-card")
    expect(card.locator(".td-message")).to_have_text("Không tìm thấy “xyzzyx”.")
    link = card.get_by_role("link", name="Mở trong từ điển")
    assert (link.get_attribute("href") or "").startswith(f"{portal.service_url}/?q=xyzzyx")


def test_without_the_attribute_nothing_happens(open_page: OpenPage, portal: Portal) -> None:
    page = open_page(portal.add("/without", "<p>nghị quyết</p>"))
    double_click(page, "quyết")
    page.wait_for_timeout(300)
    expect(page.locator("tu-dien-card")).to_have_count(0)


def test_links_in_the_card_stay_in_the_card(open_page: OpenPage, portal: Portal) -> None:
    page = open_page(portal.add("/links", "<p>nghi quyetz</p>", widget="data-popup"))
    page.locator("p").evaluate("p => getSelection().selectAllChildren(p)")
    page.keyboard.press("F2")
    card = page.locator("tu-dien-card .td-card")
    link = card.locator(".td-row a").first
    word = link.inner_text()
    link.click()
    expect(card.locator(".td-entry h2").first).to_have_text(word)
    expect(page).to_have_url(f"{portal.url}/links")


def test_on_the_services_own_page(open_page: OpenPage, portal: Portal) -> None:
    page = open_page(f"{portal.service_url}/?q=resolution&dict=en-vi")
    double_click(page, "quyết")
    expect(page.locator("tu-dien-card .td-entry").first).to_be_visible()
