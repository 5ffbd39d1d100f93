"""A real Chromium, the real service on one port, a portal on another."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect, sync_playwright

from tests.browser.portal import Portal, serving
from tests.conftest import required
from tests.servers import running
from tests.waits import BROWSER_MILLISECONDS

TARGET = "dictsvc.web.app:from_environment"
_CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
REPORT_URL = "mailto:bbt@tinh.example"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything here needs Chromium."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    program = next(filter(None, map(shutil.which, _CHROMIUM)), None)
    if program is None:
        required("DICTSVC_REQUIRE_TOOLS", "Chromium is missing; on Debian and Ubuntu: apt install chromium")
    expect.set_options(timeout=BROWSER_MILLISECONDS)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=[*_FLAGS])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def service_url(bundled_database: Path) -> Iterator[str]:
    """The service with the bundled dictionaries."""
    with running(TARGET, "/readyz", database=bundled_database, workers=1, demo=1, report_url=REPORT_URL) as server:
        yield f"http://127.0.0.1:{server.port}"


@pytest.fixture(scope="session")
def full_service_url(full_database: Path) -> Iterator[str]:
    """The service with the four full dictionaries."""
    with running(TARGET, "/readyz", database=full_database, workers=1) as server:
        yield f"http://127.0.0.1:{server.port}"


@pytest.fixture(scope="session")
def portal(service_url: str) -> Iterator[Portal]:
    with serving(Portal(service_url)) as portal:
        yield portal


OpenPage = Callable[..., Page]


@pytest.fixture
def open_page(browser: Browser) -> Iterator[OpenPage]:
    """Opens an address in a fresh profile; at the end no script has failed and nothing was refused.

    `tolerant=True` is for tests that break the network, of which the browser's console then speaks.
    """
    contexts: list[BrowserContext] = []
    faults: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            faults.append(message.text)

    def opened(address: str, *, tolerant: bool = False, script: str = "", **options: object) -> Page:
        context = browser.new_context(**{"viewport": {"width": 1280, "height": 800}, **options})  # type: ignore[arg-type]
        context.set_default_timeout(BROWSER_MILLISECONDS)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(f"exception: {error}"))
        if not tolerant:
            page.on("console", note)
        if script:
            page.add_init_script(script)
        page.goto(address)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not faults, faults
