"""The box on a portal's page: four ways to put it there, and pages that make it hard."""

from __future__ import annotations

import gzip
import urllib.request
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from dictsvc.serving import TARGET
from tests.browser.conftest import OpenPage
from tests.browser.pointing import double_click
from tests.browser.portal import Portal, serving
from tests.conftest import ROOT
from tests.servers import running

_MOST_BYTES = 12_000
_HOSTILE = """<style>
  * { all: unset !important; font-size: 40px !important; color: red !important; visibility: hidden !important }
  html, head, body, p { display: block !important; visibility: visible !important }
  form, input, section, ul, li, .td-root, .tu-dien-box { display: none !important }
</style>"""


def works(page: Page) -> None:
    """The box answers."""
    box = page.get_by_role("combobox", name="Tra từ:")
    box.fill("nghi quyet")
    box.press("Enter")
    expect(page.locator(".td-entry h2").first).to_have_text("nghị quyết")


def test_the_script_is_small_and_one(service_url: str) -> None:
    with urllib.request.urlopen(f"{service_url}/widget.js") as answer:
        script = answer.read()
    assert len(gzip.compress(script, 9)) <= _MOST_BYTES
    assert b"innerHTML" not in script
    assert b"import " not in script


def test_the_model_portal(open_page: OpenPage, portal: Portal) -> None:
    page = open_page(portal.url)
    works(page)
    assert page.evaluate("Object.keys(window).filter((name) => /dien|BASE|WORDS|Box/.test(name))") == []


def test_the_same_at_demo(open_page: OpenPage, service_url: str) -> None:
    works(open_page(f"{service_url}/demo"))


@pytest.mark.parametrize("dictionary", ["en-vi", "vi-en,hanh-chinh"])
def test_attributes(open_page: OpenPage, portal: Portal, dictionary: str) -> None:
    query = "went" if dictionary == "en-vi" else "nghi quyet"
    body = f'<tu-dien dictionary="{dictionary}" lang="en" q="{query}"></tu-dien>'
    page = open_page(portal.add("/attributes", body))
    expect(page.get_by_label("Dictionary:")).to_have_value(dictionary)
    expect(page.get_by_role("button", name="Search")).to_be_visible()
    expect(page.locator(".td-entry").first).to_be_visible()
    page.evaluate("document.querySelector('tu-dien').lang = 'vi'")
    expect(page.get_by_role("button", name="Tra", exact=True)).to_be_visible()


def test_several_on_one_page(open_page: OpenPage, portal: Portal) -> None:
    body = '<tu-dien id="one"></tu-dien><tu-dien id="two" dictionary="fr-vi"></tu-dien>'
    page = open_page(portal.add("/several", body))
    second = page.locator("#two").get_by_role("combobox", name="Tra từ:")
    second.fill("maison")
    second.press("Enter")
    expect(page.locator("#two .td-entry h2").first).to_have_text("maison")
    expect(page.locator("#one .td-entry")).to_have_count(0)


def test_a_strict_content_security_policy(open_page: OpenPage, portal: Portal) -> None:
    policy = f"default-src 'self' {portal.service_url}"
    page = open_page(portal.add("/strict", "<p>nghị quyết</p><tu-dien></tu-dien>", policy=policy, widget="data-popup"))
    works(page)
    double_click(page, "quyết")
    expect(page.locator("tu-dien-card .td-entry").first).to_be_visible()


def test_trusted_types(open_page: OpenPage, portal: Portal) -> None:
    policy = f"default-src 'self' {portal.service_url}; require-trusted-types-for 'script'; trusted-types tu-dien"
    works(open_page(portal.add("/trusted", "<tu-dien></tu-dien>", policy=policy)))


def test_a_page_whose_style_is_hostile(open_page: OpenPage, portal: Portal) -> None:
    address = portal.add("/hostile", "<p>nghị quyết</p><tu-dien></tu-dien>", head=_HOSTILE, widget="data-popup")
    page = open_page(address)
    works(page)
    sizes = page.evaluate(
        """() => {
            const root = document.querySelector("tu-dien").shadowRoot;
            const style = (selector) => getComputedStyle(root.querySelector(selector));
            return [style(".tu-dien-box label").fontSize, style(".td-gloss").color, style("input").display];
        }"""
    )
    assert sizes == ["15px", "rgb(27, 36, 48)", "block"]
    assert page.locator("tu-dien").evaluate("host => getComputedStyle(host).display") == "block"
    double_click(page, "quyết")
    card = page.locator("tu-dien-card .td-card")
    expect(card.locator(".td-entry h2").first).to_have_text("nghị quyết")
    assert card.evaluate("card => getComputedStyle(card).fontSize") == "16px"


def test_the_portal_keeps_its_own_style(open_page: OpenPage, portal: Portal) -> None:
    body = '<p class="td-label" id="p">a</p><ul class="td-links"><li>b</li></ul><div class="mark" id="slot"></div>'
    page = open_page(portal.add("/own", body))
    look = "[...document.querySelectorAll('*')].map((e) => JSON.stringify(Object.entries(getComputedStyle(e)))).join()"
    before = page.evaluate(look)
    page.evaluate(
        "document.getElementById('slot').attachShadow({ mode: 'open' }).append(document.createElement('tu-dien'))"
    )
    works(page)
    page.evaluate("document.getElementById('slot').remove()")
    page.evaluate(
        "document.body.append(Object.assign(document.createElement('div'), { id: 'slot', className: 'mark' }))"
    )
    assert page.evaluate(look) == before


def test_colours_fonts_and_dark(open_page: OpenPage, portal: Portal) -> None:
    head = """<style>tu-dien { --tu-dien-accent: rgb(120, 0, 0); --tu-dien-radius: 0; --tu-dien-font: serif }</style>"""
    page = open_page(portal.add("/colours", '<tu-dien></tu-dien><tu-dien theme="dark"></tu-dien>', head=head))
    button = page.get_by_role("button", name="Tra", exact=True).first
    expect(button).to_have_css("background-color", "rgb(120, 0, 0)")
    expect(button).to_have_css("border-radius", "0px")
    expect(button).to_have_css("font-family", "serif")
    boxes = page.locator(".tu-dien-box")
    expect(boxes.nth(0)).to_have_css("background-color", "rgb(244, 247, 250)")
    expect(boxes.nth(1)).to_have_css("background-color", "rgb(25, 33, 43)")
    dark = open_page(portal.url, color_scheme="dark")
    expect(dark.locator(".tu-dien-box")).to_have_css("background-color", "rgb(244, 247, 250)")  # as the portal is


def test_below_a_path_prefix(open_page: OpenPage, bundled_database: Path) -> None:
    with running(TARGET, "/readyz", database=bundled_database, workers=1, proxy_hops=1) as server:
        front = Portal(f"http://127.0.0.1:{server.port}")
        front.prefix = "/tra-tu"
        with serving(front):
            prefixed = f"{front.url}/tra-tu"
            with serving(Portal(prefixed)) as portal:
                page = open_page(portal.url)
                works(page)
                link = page.locator(".td-entry h2 a").first.get_attribute("href") or ""
                assert link.startswith(f"{prefixed}/entry/")
                double_click(page, "quyết")
                expect(page.locator("tu-dien-card .td-entry").first).to_be_visible()
                own = open_page(f"{prefixed}/")
                works(own)
                assert own.url.startswith(f"{prefixed}/?q=nghi+quyet")


def test_in_a_frame(open_page: OpenPage, portal: Portal) -> None:
    frame = f'<iframe src="{portal.service_url}/widget?dict=vi-en" title="Từ điển" width="300" height="500"></iframe>'
    page = open_page(portal.add("/frame", frame))
    inside = page.frame_locator("iframe")
    expect(inside.get_by_label("Từ điển:")).to_have_value("vi-en")
    box = inside.get_by_role("combobox", name="Tra từ:")
    box.fill("quyết")
    box.press("Enter")
    expect(inside.locator(".td-entry h2").first).to_have_text("quyết")
    assert inside.locator(".td-entry h2 a").first.get_attribute("target") == "_blank"
    expect(inside.locator("footer")).to_have_count(0)
    inside.locator(".td-phrases a").first.click()
    expect(inside.locator(".td-entry h2").first).not_to_have_text("quyết")
    assert page.evaluate("history.length") == 2, "the portal's own way back is untouched"


def test_in_a_frame_without_javascript(open_page: OpenPage, service_url: str) -> None:
    page = open_page(f"{service_url}/widget", java_script_enabled=False)
    page.locator('input[name="q"]').fill("nghi quyet")
    page.get_by_role("button", name="Tra", exact=True).click()
    assert page.url.startswith(f"{service_url}/widget?q=nghi+quyet")
    assert page.locator(".td-entry h2").first.inner_text() == "nghị quyết"


def test_a_plain_form(open_page: OpenPage, portal: Portal) -> None:
    form = f"""<form action="{portal.service_url}/" method="get">
      <label>Tra từ: <input name="q"></label> <button>Tra</button></form>"""
    page = open_page(portal.add_file("/form", f"<!doctype html>{form}", "text/html; charset=utf-8"))
    page.locator('input[name="q"]').fill("nghi quyet")
    page.get_by_role("button", name="Tra").click()
    assert page.url.startswith(portal.service_url)
    assert page.locator(".td-entry h2").first.inner_text() == "nghị quyết"


@pytest.mark.parametrize("script", [False, True])
def test_included_by_the_portals_server(open_page: OpenPage, portal: Portal, script: bool) -> None:
    """`/fragment` in a page of the portal and one style sheet linked; the script may be added."""
    pieces = []
    for path in ("/fragment", "/fragment?q=nghi+quyet"):
        with urllib.request.urlopen(portal.service_url + path) as answer:
            pieces.append(answer.read().decode())
    head = f'<link rel="stylesheet" href="{portal.service_url}/static/dictsvc.css">'
    if script:
        address = portal.add("/included-script", pieces[0], head=head)
    else:
        document = f'<!doctype html><html lang="vi"><meta charset="utf-8"><title>Trang</title>{head}<body>'
        address = portal.add_file("/included", document + pieces[0] + pieces[1], "text/html; charset=utf-8")
    page = open_page(address)
    expect(page.locator(".tu-dien-box")).to_have_css("display", "flex")
    if script:
        works(page)
        assert page.url == address
    else:
        assert page.locator(".td-entry h2").first.inner_text() == "nghị quyết"
        page.locator('input[name="q"]').fill("công chức")
        page.get_by_role("button", name="Tra", exact=True).click()
        assert page.url.startswith(f"{portal.service_url}/?q=")


def test_the_demo_is_a_file_of_the_project() -> None:
    seed = (ROOT / "seeds" / "portal.html").read_text("utf-8")
    assert "<script>" not in seed
    assert "style=" not in seed
    for label in ("Liên kết website", "Từ điển trực tuyến", "Hình ảnh hoạt động", "Thông tin KT-XH"):
        assert label in seed
