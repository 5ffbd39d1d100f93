"""axe-core finds nothing wrong with any surface, light or dark, wide or narrow."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.pointing import double_click
from tests.browser.portal import Portal
from tests.browser.test_typing import VOICES

_PAGES = (
    "/",
    "/?q=nghi+quyet",
    "/?q=ma",
    "/?q=run&dict=en-vi",
    "/?q=zzqqxx&lang=en",
    "/?q=nghi+quyet&dict=zz",
    "/browse?dict=vi-en&from=m",
    "/browse?dict=fr-vi&lang=en",
    "/widget?q=nghi+quyet",
    "/docs",
    "/docs?lang=en",
)
_VIEWPORTS = {"narrow": {"width": 320, "height": 640}, "wide": {"width": 1280, "height": 800}}


def assert_accessible(page: Page) -> None:
    found = Axe().run(page).response["violations"]
    assert not [(fault["id"], node["target"], node["failureSummary"]) for fault in found for node in fault["nodes"]]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", _PAGES)
def test_pages(open_page: OpenPage, service_url: str, path: str, scheme: str) -> None:
    viewport = _VIEWPORTS["narrow" if scheme == "dark" else "wide"]
    page = open_page(service_url + path, tolerant=True, color_scheme=scheme, viewport=viewport)
    for details in page.locator("details").all():
        details.evaluate("element => (element.open = true)")
    assert_accessible(page)


def test_an_entry(open_page: OpenPage, service_url: str) -> None:
    page = open_page(f"{service_url}/?q=nghi+quyet")
    page.locator(".td-entry h2 a").first.click()
    page.wait_for_url("**/entry/*")
    assert_accessible(page)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_box_and_the_card(open_page: OpenPage, portal: Portal, theme: str) -> None:
    head = f"<style>html {{ color-scheme: {theme}; background: canvas; color: canvastext }}</style>"
    body = "<main><h1>Trang</h1><p>thực hiện nghị quyết</p><tu-dien></tu-dien></main>"
    page = open_page(portal.add(f"/axe-{theme}", body, head=head, widget="data-popup"))
    box = page.get_by_role("combobox", name="Tra từ:")
    box.press_sequentially("nghi")
    expect(page.locator(".td-option").first).to_be_visible()
    box.press("ArrowDown")
    assert_accessible(page)
    box.fill("nghi quyet")
    box.press("Enter")
    expect(page.locator(".td-entry").first).to_be_visible()
    assert_accessible(page)
    double_click(page, "quyết")
    expect(page.locator("tu-dien-card .td-entry").first).to_be_visible()
    assert_accessible(page)


@pytest.mark.parametrize("path", _PAGES)
def test_nothing_is_wider_than_the_window(open_page: OpenPage, service_url: str, path: str) -> None:
    page = open_page(service_url + path, tolerant=True)
    for width in (1280, 768, 320):
        page.set_viewport_size({"width": width, "height": 700})
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_text_can_be_twice_as_large(open_page: OpenPage, service_url: str) -> None:
    page = open_page(f"{service_url}/?q=nghi+quyet", viewport={"width": 640, "height": 700})
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert page.evaluate("document.documentElement.scrollWidth") <= 640
    assert_accessible(page)


def test_forced_colours(open_page: OpenPage, service_url: str) -> None:
    """Where the reader's own colours replace all others, what only a colour told must be told otherwise."""
    page = open_page(service_url, forced_colors="active", script=VOICES)
    box = page.get_by_role("combobox", name="Tra từ:")
    box.press_sequentially("nghi")
    expect(page.locator(".td-option").nth(1)).to_be_visible()
    box.press("ArrowDown")
    outlines = page.locator(".td-option").evaluate_all("all => all.map((o) => getComputedStyle(o).outlineStyle)")
    assert outlines[0] == "solid"
    assert set(outlines[1:]) == {"none"}
    box.press("Enter")
    listen = page.locator(".td-listen").first
    expect(listen).to_be_visible()
    icon = listen.evaluate("button => getComputedStyle(button, '::before').backgroundColor")
    assert icon != listen.evaluate("button => getComputedStyle(button).backgroundColor")
    assert_accessible(page)


def test_reduced_motion(open_page: OpenPage, service_url: str) -> None:
    moving = "getComputedStyle(document.querySelector('.tu-dien-results')).transitionDuration"
    assert open_page(service_url).evaluate(moving) != "0s"
    assert open_page(service_url, reduced_motion="reduce").evaluate(moving) == "0s"
