"""Keeping the lab for later: another build, no room, a file that is not whole, odd addresses."""

from __future__ import annotations

import json
import random
import re
import shutil
import string
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.answers import address, altered
from tests.browser.conftest import Visitor, wait_ready

SECTION = 'section[data-part="1"]'
BUILD_ID = re.compile(r'"build": "([0-9a-f]{12})"')
OTHERS = "fleet-lab-0123456789ab"
NEW_ID, NEW_JS = "0badc0de0bad", "assets/js-0badc0de"
ODD = [*string.printable, "ρ", "٣", "\u202e", "\U0001f980", "part=", "&", "track=", "embed=", "1"]
# What each address does to the page; an error in a handler would end the evaluation.
GO_EVERYWHERE = """
(links) => {
  const failed = [];
  addEventListener("error", ({ message }) => failed.push(message));
  for (const link of links) {
    history.pushState(null, "", link);
    dispatchEvent(new PopStateEvent("popstate"));
    const shown = document.querySelectorAll("section[data-part]:not([hidden])").length;
    if (shown !== 1) failed.push(`${shown} parts are shown at ${link}`);
  }
  return failed;
}
"""


def expect_offline_state(page: Page, words: str) -> None:
    expect(page.locator("[data-offline-state]").first).to_contain_text(words, timeout=90_000)


@pytest.fixture
def next_build(dist: Path, tmp_path: Path) -> Path:
    """The site as another build would leave it: other scripts, another name, nothing old."""
    site = tmp_path / "next"
    shutil.copytree(dist, site)
    old_js = next(site.glob("assets/js-*"))
    old = old_js.relative_to(site).as_posix()
    old_js.rename(site / NEW_JS)
    old_id = BUILD_ID.search((site / "cloud/index.html").read_text("utf-8"))[1]
    for page in [*site.rglob("*.html"), site / "sw.js"]:
        text = page.read_text("utf-8").replace(old, NEW_JS).replace(old_id, NEW_ID)
        page.write_text(text, "utf-8")
    return site


def test_a_new_build_is_offered_under_an_old_service_worker_and_never_mixed_with_it(
    visitor: Visitor, dist: Path, next_build: Path
):
    page = visitor.open()
    page.locator(f'{SECTION} input[value="linear"]').check()
    page.locator(f"{SECTION} form[data-lock] [type=submit]").click()
    expect_offline_state(page, "Ready for offline use")
    # Under another path of this host lies another copy, of an earlier build.
    page.evaluate(
        "(name) => caches.open(name).then((it) => it.put('/lab-fall/', new Response('theirs')))",
        OTHERS,
    )
    visitor.server.directory = next_build
    page.reload()
    wait_ready(page)
    expect_one_build(page, next_build)
    notice = page.locator("[data-notice]")
    expect(notice).to_contain_text("A new version of the lab is here", timeout=90_000)
    expect(page.locator(SECTION)).to_have_attribute("data-lock-state", "committed")
    with page.expect_navigation():
        notice.get_by_role("button", name="Load it now").click()
    wait_ready(page)
    expect_one_build(page, next_build)
    expect(page.locator(SECTION)).to_have_attribute("data-lock-state", "committed")
    kept = page.evaluate("caches.keys()")
    own = f"fleet-lab:{quote(urlsplit(visitor.server.url).path, safe='')}:{NEW_ID}"
    assert sorted(each for each in kept if each.startswith("fleet-lab")) == sorted([own, OTHERS])


def expect_one_build(page: Page, site: Path) -> None:
    """Everything that the page has loaded is of the build that the server has now."""
    config = json.loads(page.locator("#lab-config").text_content())
    assert config["build"] == NEW_ID
    loaded = page.evaluate("performance.getEntriesByType('resource').map(({ name }) => name)")
    assets = [name[name.index("assets/") :] for name in loaded if "/assets/" in name]
    assert [each for each in assets if not (site / each).is_file()] == []
    assert any(each.startswith(NEW_JS) for each in assets)


def test_what_could_not_be_kept_is_not_called_ready(visitor: Visitor, dist: Path):
    """First a file of the right length with a wrong byte, then no room, then all is well."""
    visitor.expected = ("Failed to", "sw.js", "could not be kept", "Quota", "quota")
    start = address(dist, "js-*/start.js")
    visitor.server.faults[start] = altered(dist / start)
    page = visitor.open()
    expect_offline_state(page, "Not saved for offline use")
    visitor.server.faults.clear()
    devtools = page.context.new_cdp_session(page)
    devtools.send("Network.clearBrowserCache")
    origin = page.evaluate("location.origin")
    room = {"origin": origin, "quotaSize": 1_000_000}
    devtools.send("Storage.overrideQuotaForOrigin", room)
    page.reload()
    wait_ready(page)
    expect_offline_state(page, "Not saved for offline use")
    devtools.send("Storage.overrideQuotaForOrigin", {"origin": origin})
    page.reload()
    wait_ready(page)
    expect_offline_state(page, "Ready for offline use")
    dice = random.Random(20261123)
    odd = ["".join(dice.choices(ODD, k=dice.randint(0, 30))) for _ in range(1_000)]
    links = ["?" + (text if dice.random() < 0.1 else quote(text, safe="&=")) for text in odd]
    assert page.evaluate(GO_EVERYWHERE, links) == []
