"""When things fail: one friendly sentence, what was typed stays, trying again works, and the host page sees nothing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from dictsvc.serving import TARGET
from tests.browser.conftest import OpenPage
from tests.browser.pointing import double_click, eventually, rectangle
from tests.browser.portal import Portal, serving
from tests.servers import running

_PATIENCE_MILLISECONDS = 5000
_WATCH = """
    window.seen = [];
    addEventListener("error", (event) => seen.push(event.message));
    addEventListener("unhandledrejection", (event) => seen.push(String(event.reason)));
"""
ANSWERED = re.compile("mục từ|quá nhanh")
_FAULTS: dict[str, tuple[str | int, str]] = {
    "down": ("abort", "Chưa kết nối được với từ điển."),
    "garbage": ('{"not": html', "Chưa đọc được kết quả từ điển gửi về."),
    "login page of a hotel": (
        "<html><body><script>x</script><form>Wi-Fi</form>",
        "Chưa đọc được kết quả từ điển gửi về.",
    ),
    "429": (429, "Bạn tra hơi nhanh. Hãy đợi một lát rồi thử lại."),
    "500": (500, "Từ điển đang tạm ngừng. Xin thử lại sau ít phút."),
    "503": (503, "Từ điển đang tạm ngừng. Xin thử lại sau ít phút."),
}


def fail(page: Page, pattern: str, fault: str | int) -> None:
    def answer(route: Route) -> None:
        if fault == "abort":
            route.abort()
        elif isinstance(fault, int):
            route.fulfill(status=fault, body='Traceback (most recent call last): ValueError: "secret"')
        else:
            route.fulfill(body=fault, content_type="text/html")

    page.route(pattern, answer)


def is_undisturbed(page: Page) -> bool:
    return page.evaluate("seen") == [] and "Traceback" not in page.content()


@pytest.mark.parametrize("name", _FAULTS)
def test_looking_up(open_page: OpenPage, portal: Portal, name: str) -> None:
    fault, sentence = _FAULTS[name]
    page = open_page(portal.url, tolerant=True, script=_WATCH)
    box = page.get_by_role("combobox", name="Tra từ:")
    expect(box).to_be_visible()
    fail(page, "**/fragment?*", fault)
    box.fill("nghi quyet")
    box.press("Enter")
    expect(page.locator(".td-failed")).to_have_text(sentence)
    expect(page.get_by_role("status")).to_have_text(sentence)
    expect(box).to_have_value("nghi quyet")
    assert "Traceback" not in page.locator("tu-dien").inner_text()
    page.unroute("**/fragment?*")
    page.get_by_role("button", name="Thử lại").click()
    expect(page.locator(".td-entry h2").first).to_have_text("nghị quyết")
    assert is_undisturbed(page)


_FROM_THE_START = [("**/fragment?*", name) for name in _FAULTS] + [
    ("**/static/dictsvc.css", name)
    for name in ("down", "429", "500", "503")  # a style sheet of garbage is an empty one
]


@pytest.mark.parametrize(("path", "name"), _FROM_THE_START)
def test_from_the_start(open_page: OpenPage, portal: Portal, name: str, path: str) -> None:
    fault, sentence = _FAULTS[name]
    page = open_page("about:blank", tolerant=True, script=_WATCH)
    fail(page, path, fault)
    page.goto(portal.url)
    expect(page.locator(".td-failed")).to_have_text(sentence)
    page.unroute(path)
    page.get_by_role("button", name="Thử lại").click()
    expect(page.get_by_role("combobox", name="Tra từ:")).to_be_visible()
    assert is_undisturbed(page)


@pytest.mark.parametrize("fault", ["abort", '["q", [', "[]", 429, 503])
def test_completions_fail_in_silence(open_page: OpenPage, portal: Portal, fault: str | int) -> None:
    page = open_page(portal.url, tolerant=True, script=_WATCH)
    box = page.get_by_role("combobox", name="Tra từ:")
    fail(page, "**/suggest?*", fault)
    box.press_sequentially("nghi")
    page.wait_for_timeout(400)
    expect(page.locator(".td-option")).to_have_count(0)
    expect(page.locator(".td-failed")).to_have_count(0)
    box.press("Enter")
    expect(page.locator(".td-entry").first).to_be_visible()
    assert is_undisturbed(page)


@pytest.mark.parametrize("name", ["down", "garbage", "429", "503"])
def test_the_card(open_page: OpenPage, portal: Portal, name: str) -> None:
    fault, sentence = _FAULTS[name]
    page = open_page(portal.url, tolerant=True, script=_WATCH)
    fail(page, "**/segment", fault)
    double_click(page, "quyết")
    card = page.locator("tu-dien-card .td-card")
    expect(card.locator(".td-failed")).to_have_text(sentence)
    page.unroute("**/segment")
    card.get_by_role("button", name="Thử lại").click()
    expect(card.locator(".td-entry h2").first).to_have_text("nghị quyết")
    assert is_undisturbed(page)


@pytest.mark.parametrize("failing", ["**/segment", "**/{segment,static,fragment}**"])
def test_the_card_is_a_card_also_where_nothing_answers(open_page: OpenPage, portal: Portal, failing: str) -> None:
    page = open_page(portal.url, tolerant=True, script=_WATCH)
    expect(page.get_by_role("combobox", name="Tra từ:")).to_be_visible()
    fail(page, failing, "abort")
    page.mouse.wheel(0, 300)
    double_click(page, "hạn chế")
    card = page.locator("tu-dien-card .td-card")
    expect(card.locator("p")).to_have_text("Chưa kết nối được với từ điển.")
    place, word = card.bounding_box(), rectangle(page, "hạn chế", "as it is")
    assert place
    assert place["y"] >= word["bottom"] or place["y"] + place["height"] <= word["top"]
    assert place["width"] <= 400
    assert card.evaluate("card => getComputedStyle(card).backgroundColor") == "rgb(255, 255, 255)"
    page.keyboard.press("Escape")
    expect(card).to_have_count(0)
    assert is_undisturbed(page)


def test_slow(open_page: OpenPage, portal: Portal) -> None:
    page = open_page(portal.url, tolerant=True, script=_WATCH)
    box = page.get_by_role("combobox", name="Tra từ:")
    box.fill("nghi quyet")
    asked: list[Route] = []
    page.route("**/fragment?*", lambda route: asked.append(route))  # noqa: PLW0108  # a method cannot be wrapped
    page.clock.install()
    page.clock.pause_at(page.evaluate("Date.now()") + 1000)
    box.press("Enter")
    eventually(page, lambda: len(asked) == 1)
    page.clock.run_for(_PATIENCE_MILLISECONDS - 100)
    expect(page.get_by_role("status")).to_have_text("Đang tra…")
    expect(page.locator(".td-failed")).to_have_count(0)
    page.clock.run_for(200)
    expect(page.locator(".td-failed")).to_have_text("Từ điển trả lời chậm hơn thường lệ.")
    page.clock.resume()
    page.unroute("**/fragment?*")
    page.get_by_role("button", name="Thử lại").click()
    expect(page.locator(".td-entry h2").first).to_have_text("nghị quyết")
    assert is_undisturbed(page)


def test_offline(open_page: OpenPage, portal: Portal) -> None:
    page = open_page(portal.url, tolerant=True, script=_WATCH)
    box = page.get_by_role("combobox", name="Tra từ:")
    box.fill("nghi quyet")
    page.context.set_offline(True)
    box.press("Enter")
    expect(page.locator(".td-failed")).to_have_text("Thiết bị đang mất kết nối mạng. Hãy kiểm tra mạng rồi thử lại.")
    page.context.set_offline(False)
    page.get_by_role("button", name="Thử lại").click()
    expect(page.locator(".td-entry h2").first).to_have_text("nghị quyết")
    assert is_undisturbed(page)


def test_a_service_that_ends_and_one_that_refuses(open_page: OpenPage, mini_database: Path) -> None:
    with (
        running(TARGET, "/readyz", database=mini_database, workers=1, rate_limit="8/minute") as server,
        serving(Portal(f"http://127.0.0.1:{server.port}")) as portal,
    ):
        page = open_page(portal.url, tolerant=True, script=_WATCH)
        box = page.get_by_role("combobox", name="Tra từ:")
        for word in ("má", "mà", "ma", "mả", "mã", "mạ", "do", "đo", "đó"):
            box.fill(word)
            box.press("Enter")
            expect(page.locator(".tu-dien-results")).to_have_attribute("data-summary", ANSWERED)
            if page.locator(".td-failed").count():
                break
        expect(page.locator(".td-failed")).to_have_text("Bạn tra quá nhanh; hãy đợi một lát rồi thử lại.")
        expect(page.get_by_role("button", name="Thử lại")).to_be_visible()
        url = page.url
        server.process.terminate()
        server.process.wait()
        page.get_by_role("button", name="Thử lại").click()
        expect(page.locator(".td-failed")).to_have_text("Chưa kết nối được với từ điển.")
        assert page.url == url
        assert is_undisturbed(page)


def test_no_dictionary_yet(open_page: OpenPage, tmp_path: Path) -> None:
    with running(TARGET, "/healthz", database=tmp_path / "none.sqlite3", workers=1) as server:
        page = open_page(f"http://127.0.0.1:{server.port}/?q=nghi+quyet", tolerant=True, script=_WATCH)
        expect(page.locator(".td-failed")).to_have_text("Hiện chưa đọc được từ điển. Xin thử lại sau ít phút.")
        expect(page.locator('input[name="q"]')).to_have_value("nghi quyet")
        with serving(Portal(f"http://127.0.0.1:{server.port}")) as portal:
            portal_page = open_page(portal.url, tolerant=True, script=_WATCH)
            expect(portal_page.locator(".td-failed")).to_have_text("Từ điển đang tạm ngừng. Xin thử lại sau ít phút.")
            assert is_undisturbed(portal_page)
