"""Browsers for the benchmark of the start: each opened on a profile, which it keeps when it ends.

A profile is what makes a later visit one: the browser's cache, the service worker, the snapshot,
and the compiled WebAssembly, which an incognito window does not keep.
"""

import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

START_S = 240


class Window(ABC):
    """One window of a browser."""

    @abstractmethod
    def go(self, address: str) -> None:
        """Start going to a page."""

    @abstractmethod
    def evaluate(self, expression: str) -> object:
        """Evaluate an expression in the page."""

    def wait_for(self, expression: str) -> None:
        """Wait until an expression holds. By asking again: the page's policy allows no more."""
        end = time.monotonic() + START_S
        while not self.evaluate(expression):
            if time.monotonic() > end:
                raise SystemExit(f"waited {START_S} s in vain for: {expression.strip()}")
            time.sleep(0.1)


class Chromium(Window):
    def __init__(self, page) -> None:
        self.page = page

    def go(self, address: str) -> None:
        self.page.goto(address, wait_until="commit")

    def evaluate(self, expression: str) -> object:
        return self.page.evaluate(expression)


class Selenium(Window):
    def __init__(self, driver) -> None:
        self.driver = driver

    def go(self, address: str) -> None:
        self.driver.get(address)
        self.wait_for("document.documentElement?.dataset.python !== undefined")

    def evaluate(self, expression: str) -> object:
        return self.driver.execute_script(f"return {expression.strip()}")


@contextmanager
def chromium(profile: Path) -> Iterator[Window]:
    """Chromium by Playwright."""
    from playwright.sync_api import sync_playwright

    from tests.browser import installed
    from tests.browser.conftest import FLAGS

    with sync_playwright() as playwright:
        context = playwright.chromium.launch_persistent_context(
            profile, executable_path=installed.chromium(), args=FLAGS
        )
        yield Chromium(context.pages[0])
        context.close()


@contextmanager
def firefox(profile: Path) -> Iterator[Window]:
    """Firefox without a window, by geckodriver."""
    from selenium import webdriver

    from tests.browser import installed

    options = webdriver.FirefoxOptions()
    options.binary_location = installed.firefox()
    options.page_load_strategy = "none"
    for argument in ("-headless", "-profile", str(profile)):
        options.add_argument(argument)
    service = webdriver.FirefoxService(installed.geckodriver())
    driver = webdriver.Firefox(options=options, service=service)
    try:
        yield Selenium(driver)
    finally:
        driver.quit()


@contextmanager
def webkit(_profile: Path) -> Iterator[Window]:
    """WebKitGTK under automation, which keeps no profile: every visit is a first one."""
    from tests.browser.drivers import WebKitTab

    tab = WebKitTab()
    try:
        yield Selenium(tab.driver)
    finally:
        tab.close()


BROWSERS: dict[str, Callable] = {"chromium": chromium, "firefox": firefox, "webkit": webkit}
