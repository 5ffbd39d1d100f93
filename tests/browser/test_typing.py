"""Typing in the box: completions as an ARIA combobox, keys, pointers, input methods, and looking up in place."""

from __future__ import annotations

import contextlib

import pytest
from playwright.sync_api import Error, Locator, Page, Route, expect

from tests.browser.conftest import OpenPage
from tests.browser.pointing import eventually
from tests.browser.portal import Portal

VOICES = """
    const voice = (lang) => ({ lang, name: lang, default: false, localService: true, voiceURI: lang });
    const spoken = (window.spoken = []);
    const speech = {
      getVoices: () => [voice("vi-VN"), voice("en_US")],
      speak: ({ text, lang }) => spoken.push([text, lang]),
      cancel() {},
    };
    Object.defineProperty(window, "speechSynthesis", { value: speech });
    window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
"""


@pytest.fixture
def page(open_page: OpenPage, portal: Portal) -> Page:
    return open_page(portal.url)


@pytest.fixture
def box(page: Page) -> Locator:
    return page.get_by_role("combobox", name="Tra từ:")


@pytest.fixture
def options(page: Page) -> Locator:
    return page.locator(".td-option")


def headwords(page: Page) -> list[str]:
    return page.locator(".td-entry h2").all_inner_texts()


def active(page: Page) -> str | None:
    """The text of the option that a screen reader is told of."""
    identifier = page.get_by_role("combobox", name="Tra từ:").get_attribute("aria-activedescendant")
    return page.locator(f"#{identifier} b").inner_text() if identifier else None


def test_completions_follow_typing(box: Locator, options: Locator) -> None:
    box.press_sequentially("nghi q")
    expect(options.first).to_contain_text("nghị quyết")
    expect(options.first).to_contain_text("resolution")
    expect(box).to_have_attribute("aria-expanded", "true")
    expect(box).to_have_attribute("aria-autocomplete", "list")
    expect(box).to_have_attribute("aria-controls", "tu-dien-options")
    expect(box).to_have_value("nghi q")
    box.fill("")
    expect(options.first).to_be_hidden()
    expect(box).to_have_attribute("aria-expanded", "false")


def test_keys(page: Page, box: Locator, options: Locator) -> None:
    box.press_sequentially("nghi")
    expect(options.nth(2)).to_be_visible()
    first, second = options.locator("b").nth(0).inner_text(), options.locator("b").nth(1).inner_text()
    box.press("ArrowDown")
    assert active(page) == first
    box.press("ArrowDown")
    assert active(page) == second
    box.press("ArrowUp")
    box.press("ArrowUp")
    assert active(page) is None
    box.press("ArrowUp")
    assert active(page) == options.locator("b").last.inner_text()
    box.press("Home")
    assert active(page) is None
    assert box.evaluate("input => input.selectionStart") == 0
    box.press("ArrowDown")
    box.press("End")
    assert active(page) is None
    assert box.evaluate("input => input.selectionStart") == 4
    expect(box).to_have_value("nghi")
    box.press("Escape")
    expect(options.first).to_be_hidden()
    expect(box).to_have_value("nghi")
    box.press("Alt+ArrowDown")
    expect(options.first).to_be_visible()
    assert active(page) is None
    box.press("Alt+ArrowUp")
    expect(options.first).to_be_hidden()
    box.press("Escape")
    expect(box).to_have_value("")


def test_enter_takes_the_option_or_the_text(page: Page, box: Locator, options: Locator) -> None:
    box.press_sequentially("nghi q")
    expect(options.first).to_be_visible()
    box.press("ArrowDown")
    box.press("Enter")
    expect(box).to_have_value("nghị quyết")
    expect(options.first).to_be_hidden()
    expect(page.locator(".td-entry h2").first).to_have_text("nghị quyết")
    box.fill("hoi dong nhan dan")
    box.press("Enter")
    expect(page.locator(".td-entry h2").first).to_have_text("hội đồng nhân dân", ignore_case=True)
    expect(box).to_have_value("hoi dong nhan dan")
    expect(page.locator(".td-reason").first).to_have_text("gõ thiếu dấu")
    expect(box).to_be_focused()


def test_tab_closes_and_keeps_the_text(page: Page, box: Locator, options: Locator) -> None:
    box.press_sequentially("nghi")
    expect(options.first).to_be_visible()
    box.press("Tab")
    expect(options.first).to_be_hidden()
    expect(box).to_have_value("nghi")
    expect(page.get_by_label("Từ điển:")).to_be_focused()


def test_a_click_takes_an_option(page: Page, box: Locator, options: Locator) -> None:
    box.press_sequentially("cong ch")
    options.filter(has_text="công chức").first.click()
    expect(box).to_have_value("công chức")
    expect(box).to_be_focused()
    expect(page.locator(".td-entry h2").first).to_have_text("công chức")


def test_a_tap_takes_an_option(open_page: OpenPage, portal: Portal) -> None:
    phone = open_page(portal.url, viewport={"width": 360, "height": 700}, has_touch=True, is_mobile=True)
    box = phone.get_by_role("combobox", name="Tra từ:")
    box.tap()
    box.press_sequentially("cong ch")
    phone.locator(".td-option", has_text="công chức").first.tap()
    expect(box).to_have_value("công chức")
    expect(phone.locator(".td-entry h2").first).to_have_text("công chức")


def test_stale_answers_are_dropped(page: Page, box: Locator, options: Locator) -> None:
    def late(route: Route) -> None:
        page.wait_for_timeout(600)
        route.continue_()

    page.route("**/suggest?q=nghi&*", late)
    box.press_sequentially("nghi")
    page.wait_for_timeout(120)
    box.fill("cong chuc")
    expect(options.first).to_contain_text("công chức")
    page.wait_for_timeout(800)
    expect(options.first).to_contain_text("công chức")


def test_a_stale_answer_never_replaces_a_newer_one(page: Page, box: Locator) -> None:
    held: list[Route] = []
    page.route("**/fragment?q=ngh*", lambda route: held.append(route))  # noqa: PLW0108  # a method cannot be wrapped
    box.fill("nghi quyet")
    box.press("Enter")
    eventually(page, lambda: len(held) == 1)
    box.fill("cong chuc")
    box.press("Enter")
    expect(page.locator(".td-entry h2").first).to_have_text("công chức")
    assert len(held) == 1
    with contextlib.suppress(Error):  # the page gave that request up
        held[0].continue_()
    page.wait_for_timeout(300)
    expect(page.locator(".td-entry h2").first).to_have_text("công chức")
    expect(page.locator(".tu-dien-results")).not_to_have_attribute("aria-busy", "true")


def test_raw_keystrokes_are_completed(box: Locator, options: Locator) -> None:
    box.press_sequentially("nghij qu")
    expect(options.locator("b").first).to_have_text("nghị quyết")


def test_completions_wait_for_a_pause(page: Page, box: Locator, options: Locator) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/suggest" in request.url else None)
    box.press_sequentially("nghị quyết", delay=10)
    expect(options.first).to_contain_text("nghị quyết")
    assert len(asked) <= len("nghị quyết") // 2, "a busy machine types with pauses of its own"
    box.press("Backspace")
    box.press("t")
    page.wait_for_timeout(300)
    assert len([url for url in asked if url.endswith("quy%E1%BA%BFt&dict=&limit=8")]) == 1, "remembered"


def test_an_input_method_composes_undisturbed(page: Page, box: Locator, options: Locator) -> None:
    """While it composes, value, selection and focus are its own and Enter is too; completions go on."""
    session = page.context.new_cdp_session(page)
    box.focus()
    for text in ("n", "ng", "ngh", "nghi"):
        session.send("Input.imeSetComposition", {"text": text, "selectionStart": len(text), "selectionEnd": len(text)})
    expect(options.first).to_be_visible()
    expect(box).to_have_value("nghi")
    expect(box).to_have_attribute("aria-expanded", "true")
    box.evaluate(
        """(input) => {
            window.touched = [];
            const value = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value");
            Object.defineProperty(input, "value", { get: value.get, set(text) { touched.push(text); } });
            input.setSelectionRange = input.select = input.blur = input.focus = (...all) => touched.push(all);
            input.form.addEventListener("submit", () => touched.push("submit"));
        }"""
    )
    for key in ("Enter", "ArrowDown", "Escape", "Process"):
        box.evaluate(
            """(input, key) => input.dispatchEvent(new KeyboardEvent("keydown", {
                key, keyCode: 229, isComposing: true, bubbles: true, cancelable: true }))""",
            key,
        )
    session.send("Input.imeSetComposition", {"text": "nghị", "selectionStart": 4, "selectionEnd": 4})
    expect(options.locator("b").first).to_have_text("nghị")
    assert page.evaluate("touched") == []
    assert active(page) is None
    assert not headwords(page)
    session.send("Input.insertText", {"text": "nghị"})
    page.keyboard.press("Enter")
    expect(page.locator(".td-entry h2").first).to_contain_text("nghị")


def test_an_option_tapped_while_composing_waits_for_the_end(page: Page, box: Locator, options: Locator) -> None:
    session = page.context.new_cdp_session(page)
    box.focus()
    session.send("Input.imeSetComposition", {"text": "cong chuc", "selectionStart": 9, "selectionEnd": 9})
    options.filter(has_text="công chức").first.click()
    expect(box).to_have_value("công chức")
    expect(page.locator(".td-entry h2").first).to_have_text("công chức")


def test_results_are_announced_and_marked_with_their_language(page: Page, box: Locator) -> None:
    box.fill("nghị quyết")
    box.press("Enter")
    status = page.get_by_role("status")
    expect(status).to_contain_text("mục từ cho “nghị quyết”")
    entry = page.locator(".td-entry").first
    assert entry.locator("h2").get_attribute("lang") == "vi"
    assert entry.locator(".td-gloss").first.get_attribute("lang") == "en"
    box.fill("zzqqxx")
    box.press("Enter")
    expect(status).to_have_text("Không tìm thấy “zzqqxx”.")


def test_the_dictionary_is_remembered(open_page: OpenPage, page: Page, box: Locator, portal: Portal) -> None:
    choice = page.get_by_label("Từ điển:")
    choice.select_option("fr-vi")
    box.fill("maison")
    box.press("Enter")
    expect(page.locator(".td-dictionary").first).to_contain_text("Pháp–Việt")
    page.reload()
    expect(page.get_by_label("Từ điển:")).to_have_value("fr-vi")
    forbidding = (
        'Object.defineProperty(window, "localStorage", { get() { throw new DOMException("no", "SecurityError"); } });'
    )
    without = open_page(portal.url, script=forbidding)
    without.get_by_label("Từ điển:").select_option("fr-vi")
    without.get_by_role("combobox", name="Tra từ:").fill("maison")
    without.keyboard.press("Tab")
    without.get_by_role("button", name="Tra", exact=True).click()
    expect(without.locator(".td-entry h2").first).to_have_text("maison")


def test_changing_the_dictionary_looks_up_again(page: Page, box: Locator) -> None:
    box.fill("a")
    box.press("Enter")
    expect(page.locator(".td-entry").nth(1)).to_be_visible()
    page.get_by_label("Từ điển:").select_option("en-vi")
    expect(page.locator(".td-dictionary").first).to_contain_text("Anh–Việt")


def test_links_in_answers_lead_on_in_place(page: Page, box: Locator) -> None:
    box.fill("nghị quyết")
    box.press("Enter")
    longer = page.locator(".td-phrases a").first
    word = longer.inner_text()
    longer.click()
    expect(box).to_have_value(word)
    expect(page.locator(".td-entry h2").first).to_have_text(word)
    expect(page.locator(".tu-dien-results")).to_be_focused()
    assert page.locator(".td-entry h2 a").first.get_attribute("target") == "_blank", "the portal stays where it is"


def test_pronouncing(open_page: OpenPage, portal: Portal) -> None:
    page = open_page(portal.url, script=VOICES)
    box = page.get_by_role("combobox", name="Tra từ:")
    box.fill("nghị quyết")
    box.press("Enter")
    page.get_by_role("button", name="Nghe phát âm “nghị quyết”").first.click()
    box.fill("resolution")
    box.press("Enter")
    page.get_by_role("button", name="Nghe phát âm “resolution”").first.click()
    assert page.evaluate("spoken") == [["nghị quyết", "vi-VN"], ["resolution", "en_US"]]
    page.get_by_label("Từ điển:").select_option("fr-vi")
    box.fill("maison")
    box.press("Enter")
    expect(page.locator(".td-entry h2").first).to_have_text("maison")
    assert not page.locator(".td-listen:visible").count(), "no French voice, no button"


def test_without_voices_nothing_offers_to_speak(page: Page, box: Locator) -> None:
    box.fill("nghị quyết")
    box.press("Enter")
    expect(page.locator(".td-entry h2").first).to_have_text("nghị quyết")
    assert page.locator(".td-listen").count()
    assert not page.locator(".td-listen:visible").count()
