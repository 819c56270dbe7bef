"""Takes the pictures of the README and of a review: `uv run python tools/screenshots.py [FOLDER]`.

Without a folder, it renews `docs/lab.png`, the picture of the README. With one, it writes there
every track's parts at two widths, light and dark, as a reader would meet them.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from urllib.parse import urlencode

from playwright.sync_api import Browser, Page, sync_playwright

from buildlib.paths import default_layout
from buildlib.pipeline import build
from buildlib.serve import StaticServer
from labpy.missions import all_missions

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"]
WIDTHS = {"desktop": (1280, 900), "phone": (390, 844)}


def open_part(browser: Browser, url: str, size: tuple[int, int], scheme: str) -> Page:
    """Open a part with its workbench drawn."""
    width, height = size
    page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=scheme)
    page.goto(url)
    page.wait_for_selector("html[data-python=ready]", timeout=90_000)
    page.wait_for_timeout(800)
    return page


def commit(page: Page, part: int) -> None:
    """Lock the first answer there is."""
    section = page.locator(f'section[data-part="{part}"]')
    radio = section.locator("form[data-lock] input[type=radio]")
    if radio.count():
        radio.first.check()
    else:
        field = section.locator("form[data-lock] input")
        field.fill(field.get_attribute("min") or "1")
    section.locator("form[data-lock] [type=submit]").click()
    page.wait_for_timeout(800)


def picture_of_the_readme(browser: Browser, server: StaticServer, folder: Path) -> None:
    """The workbench of Cloud Titan's first part."""
    page = open_part(browser, f"{server.url}cloud/", (1280, 860), "light")
    commit(page, 1)
    page.locator('section[data-part="1"] [data-workbench]').scroll_into_view_if_needed()
    page.evaluate(
        "document.querySelector('section[data-part=\"1\"] [data-step=workbench]').scrollIntoView()"
    )
    page.wait_for_timeout(500)
    page.screenshot(path=folder / "lab.png")
    page.close()


def every_part(browser: Browser, server: StaticServer, folder: Path) -> None:
    """Each part as it starts and as it is won, whole pages."""
    for track, parts in all_missions():
        for part in parts:
            won = urlencode({"part": part.number, **part.winning})
            for name, size in WIDTHS.items():
                for scheme in ("light", "dark"):
                    stem = f"{track.key}-{part.number}-{name}-{scheme}"
                    page = open_part(
                        browser, f"{server.url}{track.key}/?part={part.number}", size, scheme
                    )
                    page.screenshot(path=folder / f"{stem}-open.png", full_page=True)
                    commit(page, part.number)
                    page.screenshot(path=folder / f"{stem}-start.png", full_page=True)
                    page.close()
                    page = open_part(browser, f"{server.url}{track.key}/?{won}", size, scheme)
                    commit(page, part.number)
                    page.screenshot(path=folder / f"{stem}-won.png", full_page=True)
                    page.close()
                    print(stem)


def main() -> None:
    """Build, serve, and take the pictures."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if not chromium:
        sys.exit("No Chromium or Chrome on the PATH.")
    dist = build(default_layout(), progress=False).output
    with StaticServer(dist) as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        if len(sys.argv) > 1:
            folder = Path(sys.argv[1])
            folder.mkdir(parents=True, exist_ok=True)
            every_part(browser, server, folder)
        else:
            folder = Path(__file__).parents[1] / "docs"
            folder.mkdir(exist_ok=True)
            picture_of_the_readme(browser, server, folder)
        browser.close()


if __name__ == "__main__":
    main()
