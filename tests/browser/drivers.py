"""One small interface over three engines, so that a journey is written once.

Chromium is driven by Playwright, Firefox and WebKitGTK by selenium. What differs is only how a
script is run, a key is pressed and a frame is entered; all else is built on these.
"""

from __future__ import annotations

import os
import subprocess
import time
import warnings
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser
from playwright.sync_api import Error as PlaywrightError
from selenium import webdriver
from selenium.common.exceptions import WebDriverException
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.actions.action_builder import ActionBuilder
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webdriver import WebDriver

from tests.browser import installed

ENGINES = ("chromium", "firefox", "webkit")
PATIENCE_S = 300  # a machine under load; nothing here asserts a time
PAUSE_S = 0.05

# `a >> b` finds `b` anywhere below `a`, in its shadow roots too.
FIND = """
const find = (steps) => {
  const below = (root, selector) => {
    const found = root.querySelector(selector);
    if (found) return found;
    for (const each of root.querySelectorAll("*")) {
      const deeper = each.shadowRoot && below(each.shadowRoot, selector);
      if (deeper) return deeper;
    }
    return null;
  };
  return steps.split(" >> ").reduce((at, step) => at && below(at, step), document);
};
"""
CORNER = """
const frame = find(arguments[0]);
frame.scrollIntoView({ block: "start", behavior: "instant" });
const { x, y } = frame.getBoundingClientRect();
return [x, y].map((each) => Math.round(Math.max(0, each)) + 4);
"""
# WebKitGTK's driver doesn't hand on the console: the page itself has to listen.
LISTEN = """
window.__complaints ??= [];
addEventListener("error", ({ message }) => window.__complaints.push(`page error: ${message}`));
addEventListener("unhandledrejection", ({ reason }) =>
  window.__complaints.push(`rejection: ${reason}`));
const said = console.error;
console.error = (...words) => {
  window.__complaints.push(`console: ${words.join(" ")}`);
  said.apply(console, words);
};
"""


class Tab(ABC):
    """A page in some engine; `frame` steps into an iframe of it."""

    engine: str

    def __init__(self) -> None:
        self.complaints: list[str] = []

    @abstractmethod
    def go(self, address: str) -> None:
        """Open an address; returns as soon as the new document is there."""

    @abstractmethod
    def evaluate(self, body: str, *arguments: Any) -> Any:
        """Run the body of a function in the page; `arguments` and `find(selector)` are there."""

    @abstractmethod
    def press(self, *keys: str) -> None:
        """Press keys, one after the other, named as `KeyboardEvent.key` names them."""

    @abstractmethod
    def type(self, text: str) -> None:
        """Type a text where the focus is."""

    @abstractmethod
    def resize(self, width: int, height: int) -> None:
        """Make the viewport as near to this size, in CSS px, as the engine's window goes."""

    @abstractmethod
    def screenshot(self, path: Path) -> None:
        """Save a picture of the viewport."""

    @abstractmethod
    def frame(self, selector: str) -> Any:
        """Give a context in which all the above work inside this iframe."""

    @abstractmethod
    def rest(self) -> None:
        """Let nothing run in it until it is used again."""

    @abstractmethod
    def close(self) -> None:
        """End it."""

    def heard(self) -> list[str]:
        """Give the errors of scripts and console since the tab was opened."""
        return self.complaints

    def until(self, body: str, *arguments: Any, what: str = "") -> Any:
        """Run a body again and again until it returns something true, and return that."""
        end = time.monotonic() + PATIENCE_S
        trouble = ""
        while time.monotonic() < end:
            try:
                if found := self.evaluate(body, *arguments):
                    return found
            except (PlaywrightError, WebDriverException) as error:
                trouble = str(error)  # the document may be on its way out
            time.sleep(PAUSE_S)
        raise AssertionError(
            f"{self.engine} waited in vain for {what or body} {arguments} {trouble}"
        )

    def focus(self, selector: str) -> None:
        """Wait for an element, and give it the focus."""
        self.until("const at = find(arguments[0]); at?.focus(); return Boolean(at)", selector)

    def text(self, selector: str) -> str:
        """Give the text of an element, which must be there."""
        return self.evaluate("return find(arguments[0]).textContent", selector)

    def until_attribute(self, selector: str, name: str, value: str) -> None:
        """Wait until an element has this value of an attribute."""
        body = "return find(arguments[0])?.getAttribute(arguments[1]) === arguments[2]"
        self.until(body, selector, name, value)

    def until_text(self, selector: str, part: str) -> str:
        """Wait until an element's text contains this part, and give the whole text."""
        body = (
            "const text = find(arguments[0])?.textContent ?? '';"
            "return text.includes(arguments[1]) && text"
        )
        return self.until(body, selector, part)


class ChromiumTab(Tab):
    """A context of its own in the Chromium that Playwright drives."""

    engine = "chromium"

    def __init__(self, browser: Browser) -> None:
        super().__init__()
        self.context = browser.new_context(viewport={"width": 1280, "height": 900})
        self.page = self.context.new_page()
        self.page.on("pageerror", lambda error: self.complaints.append(f"page error: {error}"))
        self.page.on("console", self._hear)
        self._at = self.page.main_frame

    def _hear(self, said: Any) -> None:
        if said.type == "error":
            self.complaints.append(f"console: {said.text}")

    def go(self, address: str) -> None:
        self.page.goto(address, wait_until="commit")

    def evaluate(self, body: str, *arguments: Any) -> Any:
        script = f"(given) => (function () {{ {FIND} {body} }}).apply(null, given)"
        return self._at.evaluate(script, list(arguments))

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def type(self, text: str) -> None:
        self.page.keyboard.insert_text(text)

    def resize(self, width: int, height: int) -> None:
        self.page.set_viewport_size({"width": width, "height": height})

    def screenshot(self, path: Path) -> None:
        self.page.screenshot(path=path)

    @contextmanager
    def frame(self, selector: str) -> Iterator[None]:
        outer = self._at
        self._at = outer.wait_for_selector(selector).content_frame()
        try:
            yield
        finally:
            self._at = outer

    def rest(self) -> None:
        self.close()

    def close(self) -> None:
        self.context.close()


class SeleniumTab(Tab):
    """The one window of a browser that selenium drives."""

    def __init__(self, driver: WebDriver) -> None:
        super().__init__()
        self.driver = driver
        self.driver.set_script_timeout(60)

    def go(self, address: str) -> None:
        self.driver.switch_to.default_content()
        self.evaluate("window.__left = true")
        self.driver.get(address)
        self.until("return !window.__left && document.readyState !== 'uninitialized'")

    def evaluate(self, body: str, *arguments: Any) -> Any:
        return self.driver.execute_script(FIND + body, *arguments)

    def press(self, *keys: str) -> None:
        codes = {"Space": " ", "ArrowLeft": Keys.ARROW_LEFT, "ArrowRight": Keys.ARROW_RIGHT}
        for key in keys:
            code = codes.get(key) or getattr(Keys, key.upper())
            ActionChains(self.driver, duration=0).send_keys(code).perform()

    def type(self, text: str) -> None:
        self.evaluate("return document.activeElement").send_keys(text)

    def resize(self, width: int, height: int) -> None:
        self.driver.set_window_size(width, height)

    def screenshot(self, path: Path) -> None:
        self.driver.save_screenshot(str(path))

    @contextmanager
    def frame(self, selector: str) -> Iterator[None]:
        self.until("return Boolean(find(arguments[0]))", selector)
        frame = self.driver.find_element(By.CSS_SELECTOR, selector)
        # WebKit hands the first key to no field of a frame that nobody has clicked into.
        x, y = self.evaluate(CORNER, selector)
        pointer = ActionBuilder(self.driver)
        pointer.pointer_action.move_to_location(x, y).click()
        pointer.perform()
        self.driver.switch_to.frame(frame)
        try:
            yield
        finally:
            self.driver.switch_to.parent_frame()

    def rest(self) -> None:
        self.driver.switch_to.default_content()
        self.driver.get("about:blank")

    def close(self) -> None:
        self.driver.quit()


class FirefoxTab(SeleniumTab):
    """Firefox without a window, by geckodriver; its console comes over BiDi."""

    engine = "firefox"

    def __init__(self) -> None:
        options = webdriver.FirefoxOptions()
        options.add_argument("-headless")
        options.binary_location = installed.firefox()
        options.page_load_strategy = "none"
        options.set_capability("webSocketUrl", True)
        service = webdriver.FirefoxService(installed.geckodriver())
        super().__init__(webdriver.Firefox(options=options, service=service))
        self.driver.script.add_console_message_handler(self._hear)
        self.driver.script.add_javascript_error_handler(
            lambda error: self.complaints.append(f"page error: {error.text}")
        )

    def _hear(self, said: Any) -> None:
        if said.level == "error":
            self.complaints.append(f"console: {said.text}")


class WebKitTab(SeleniumTab):
    """WebKitGTK's MiniBrowser on an X server of its own."""

    engine = "webkit"

    def __init__(self) -> None:
        options = webdriver.WebKitGTKOptions()
        options.binary_location = installed.mini_browser()
        options.add_argument("--automation")
        options.page_load_strategy = "none"
        driver = installed.webkit_driver()
        self._display, number = _start_display()
        env = {**os.environ, "DISPLAY": f":{number}", "LIBGL_ALWAYS_SOFTWARE": "1"}
        with warnings.catch_warnings():
            # selenium's own WebKitGTK class still sets what its base class calls deprecated.
            warnings.filterwarnings("ignore", "setting remote_server_addr", DeprecationWarning)
            service = webdriver.WebKitGTKService(driver, env=env)
            super().__init__(webdriver.WebKitGTK(options=options, service=service))

    def go(self, address: str) -> None:
        super().go(address)
        self.evaluate(LISTEN)

    def heard(self) -> list[str]:
        return self.evaluate("return window.__complaints ?? []")

    def close(self) -> None:
        super().close()
        self._display.terminate()
        self._display.communicate()


def _start_display() -> tuple[subprocess.Popen[str], str]:
    """Start an X server without a screen; give it and the number it chose."""
    server = subprocess.Popen(
        [installed.xvfb(), "-displayfd", "1", "-screen", "0", "1400x1200x24", "-nolisten", "tcp"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    return server, server.stdout.readline().strip()
