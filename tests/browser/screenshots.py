"""`python -m tests.browser.screenshots [FOLDER]`: pictures of every surface; without a folder those of the README."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from msgspec import Struct
from playwright.sync_api import Page, sync_playwright

from dictsvc.loading import load_bundled
from dictsvc.serving import TARGET
from tests.browser.pointing import double_click
from tests.browser.portal import Portal, serving
from tests.conftest import ROOT
from tests.servers import running

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
    _still(page)


def _card(page: Page) -> None:
    double_click(page, "quyết")
    page.locator("tu-dien-card .td-entry").first.wait_for()
    _still(page)


def _failed(page: Page) -> None:
    page.get_by_role("combobox", name="Tra từ:").fill("nghi quyet")
    page.context.set_offline(True)
    page.keyboard.press("Enter")
    page.locator(".td-failed").wait_for()


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
    Shot("portal", "portal:/", 1180, 760, act=_card),
    Shot("typing", "portal:/", 1180, 640, act=_typing),
    Shot("phone", "/?q=ma", 360, 720, dark=True),
)
EVERY = (
    *README,
    *(
        Shot(f"{name}-{width}{'-dark' if dark else ''}", path, width, 800, dark, whole=True)
        for width in (320, 768, 1280)
        for dark in (False, True)
        for name, path in (
            ("home", "/"),
            ("answer", "/?q=nghi+quyet"),
            ("homographs", "/?q=do"),
            ("nothing", "/?q=zzqqxx"),
            ("long", "/?q=run&dict=en-vi"),
            ("error", "/?q=run&dict=zz"),
            ("sentence", "/?q=thuc+hien+nghi+quyet"),
            ("browse", "/browse?dict=vi-en&from=ng"),
            ("frame", "/widget?q=nghi+quyet"),
        )
    ),
    *(
        Shot(f"{name}-{width}", "portal:/", width, 760, act=act, whole=act is _answered)
        for width in (320, 768, 1280)
        for name, act in (("box-typing", _typing), ("box-answer", _answered), ("card", _card), ("box-offline", _failed))
    ),
)


def take(shots: tuple[Shot, ...], folder: Path, database: Path) -> None:
    """Take pictures with the dictionaries of a database."""
    folder.mkdir(parents=True, exist_ok=True)
    with running(TARGET, "/readyz", database=database, workers=1) as server, sync_playwright() as playwright:
        url = f"http://127.0.0.1:{server.port}"
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        with serving(Portal(url)) as portal:
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


def main() -> None:
    """Take the pictures that are asked for."""
    with tempfile.TemporaryDirectory() as temporary:
        database = Path(temporary) / "dictsvc.sqlite3"
        load_bundled(database)
        if len(sys.argv) > 1:
            take(EVERY, Path(sys.argv[1]), database)
        else:
            take(README, _README, database)


if __name__ == "__main__":
    main()
