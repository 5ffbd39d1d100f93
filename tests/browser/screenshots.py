"""`python -m tests.browser.screenshots [FOLDER [DATABASE]]`: pictures of every surface; else those of the README."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from msgspec import Struct
from PIL import Image
from playwright.sync_api import Page, sync_playwright

from dictsvc.loading import load_bundled
from dictsvc.serving import TARGET
from tests.browser.pointing import double_click
from tests.browser.portal import Portal, serving
from tests.conftest import ROOT
from tests.servers import running

_COLOURS = 224
_README = ROOT / "seeds" / "screenshots"


def _still(page: Page) -> None:
    page.wait_for_timeout(300)


def _typing(page: Page) -> None:
    page.get_by_role("combobox", name="Tra từ:").press_sequentially("nghi")
    page.locator(".td-option").nth(3).wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")


def _answered(page: Page) -> None:
    page.get_by_role("combobox", name="Tra từ:").fill("nghi quyet")
    page.keyboard.press("Enter")
    page.locator(".td-entry").first.wait_for()
    page.locator("tu-dien").evaluate("box => scrollTo(0, scrollY + box.getBoundingClientRect().top - 60)")
    _still(page)


def _card(page: Page) -> None:
    double_click(page, "quyết")
    page.locator("tu-dien-card .td-entry").first.wait_for()
    _still(page)


def _refused(page: Page) -> None:
    page.route("**/fragment?*", lambda route: route.fulfill(status=429, body="{}"))
    page.get_by_role("combobox", name="Tra từ:").fill("nghi quyet")
    page.keyboard.press("Enter")
    page.locator(".td-failed").wait_for()


def _down(page: Page) -> None:
    page.route("**/fragment?*", lambda route: route.abort())
    page.reload()
    page.locator(".td-failed").wait_for()
    page.locator("tu-dien").scroll_into_view_if_needed()


def _card_refused(page: Page) -> None:
    page.route("**/segment", lambda route: route.fulfill(status=429, body="{}"))
    double_click(page, "quyết")
    page.locator("tu-dien-card .td-failed").wait_for()
    _still(page)


class Shot(Struct, frozen=True):
    """A picture: what is opened, how wide, and what is done there."""

    name: str
    path: str
    """On the portal where it begins with `portal:`."""
    width: int = 1280
    height: int = 800
    dark: bool = False
    act: Callable[[Page], None] = _still
    whole: bool = False


README = (
    Shot("page", "/?q=nghi+quyet", 860, 720),
    Shot("portal", "portal:/", 1000, 640, act=_answered),
    Shot("card", "portal:/", 800, 580, act=_card),
    Shot("phone", "/?q=ma", 360, 720, dark=True),
)
_DARK = """<!doctype html><html lang="vi"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Trang tối</title><link rel="stylesheet" href="/dark.css"><script src="{}/widget.js" data-popup defer></script>
<main><p>Đảng ủy khối tổ chức hội nghị tổng kết mười năm thực hiện nghị quyết của Trung ương.</p>
<tu-dien></tu-dien></main></html>"""
_DARK_STYLE = (
    "html { color-scheme: dark; background: #14181d; color: #ddd; font: 16px sans-serif } body { margin: 12px }"
)
_WIDTHS = (320, 768, 1280)
_PAGES = (
    ("home", "/"),
    ("answer", "/?q=nghi+quyet"),
    ("homographs", "/?q=do"),
    ("nothing", "/?q=zzqqxx"),
    ("typo", "/?q=resolutoin"),
    ("wildcards", "/?q=h%3Fc*"),
    ("long", "/?q=run&dict=en-vi"),
    ("error", "/?q=run&dict=zz"),
    ("sentence", "/?q=thuc+hien+nghi+quyet+cua+dang"),
    ("browse", "/browse?dict=vi-en&from=ng"),
    ("docs", "/docs"),
    ("frame", "/widget?q=nghi+quyet"),
)
_ACTS = (
    ("typing", _typing),
    ("answer", _answered),
    ("card", _card),
    ("refused", _refused),
    ("down", _down),
    ("card-refused", _card_refused),
)
EVERY = (
    *README,
    *(
        Shot(f"{name}-{width}{'-dark' if dark else ''}", path, width, 800, dark, whole=True)
        for width in _WIDTHS
        for dark in (False, True)
        for name, path in _PAGES
    ),
    *(
        Shot(f"{place}-{name}-{width}", path, width, 760, dark, act)
        for width in _WIDTHS
        for place, path, dark in (("box", "portal:/", False), ("dark-box", "portal:/dark", True))
        for name, act in _ACTS
    ),
)


def take(shots: tuple[Shot, ...], folder: Path, database: Path) -> None:
    """Take pictures with the dictionaries of a database."""
    folder.mkdir(parents=True, exist_ok=True)
    with running(TARGET, "/readyz", database=database, workers=1) as server, sync_playwright() as playwright:
        url = f"http://127.0.0.1:{server.port}"
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        with serving(Portal(url)) as portal:
            portal.add_file("/dark", _DARK.format(url), "text/html; charset=utf-8")
            portal.add_file("/dark.css", _DARK_STYLE, "text/css; charset=utf-8")
            for shot in shots:
                context = browser.new_context(
                    viewport={"width": shot.width, "height": shot.height},
                    color_scheme="dark" if shot.dark else "light",
                )
                page = context.new_page()
                page.goto(shot.path.replace("portal:", portal.url) if "portal:" in shot.path else url + shot.path)
                shot.act(page)
                page.screenshot(path=folder / f"{shot.name}.png", full_page=shot.whole)
                context.close()
        browser.close()


def _shrink(picture: Path) -> None:
    """A palette instead of 16 million colours: less than half the bytes."""
    with Image.open(picture) as image:
        small = image.convert("RGB").quantize(_COLOURS, dither=Image.Dither.NONE)
    small.save(picture, optimize=True)


def main() -> None:
    """Take the pictures that are asked for."""
    folder, *database = [Path(argument) for argument in sys.argv[1:]] or [_README]
    shots = EVERY if sys.argv[1:] else README
    with tempfile.TemporaryDirectory() as temporary:
        bundled = Path(temporary) / "dictsvc.sqlite3"
        if not database:
            load_bundled(bundled)
        take(shots, folder, *(database or [bundled]))
    if folder == _README:
        for shot in shots:
            _shrink(folder / f"{shot.name}.png")


if __name__ == "__main__":
    main()
