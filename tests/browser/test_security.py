"""Nothing leaves the site, nothing that came from outside is run, and the policy really holds."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

from buildlib.serve import StaticServer
from labpy.missions import load_part
from labpy.state.ledger import Ledger
from tests.browser.conftest import Visitor, kept_as, wait_ready
from tests.browser.play import Player, press_in_menu

PART = load_part("cloud", 1)
SECTION = 'section[data-part="1"]'
TIME = "2026-03-02T09:00:00.000Z"
VIOLATIONS = """
window.pwned = [];
window.violations = [];
document.addEventListener("securitypolicyviolation", (event) =>
  violations.push(`${event.effectiveDirective} ${event.blockedURI}`));
"""

# Each would run if it were ever taken for markup, a handler, an address or code.
HOSTILE = (
    "<script>pwned.push('script')</script>"
    "<img src=x onerror=\"pwned.push('img')\">"
    "<svg onload=\"pwned.push('svg')\"><a xlink:href=\"javascript:pwned.push('a')\">x</a></svg>"
    "<math><mtext><style><img src=x onerror=\"pwned.push('mathml')\"></style></mtext></math>"
    "<iframe srcdoc=\"<script>parent.pwned.push('frame')</script>\"></iframe>"
    "</textarea></script><!-- ${pwned.push(1)} {{pwned.push(2)}} javascript:pwned.push(3) "
    "[x](javascript:pwned.push(4)) =cmd|' /C calc'!A0 \u202edesrever\u202c \u200b zero __proto__"
)


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[StaticServer]:
    """Another server, that nobody may ask anything."""
    (tmp_path / "a.js").write_text("pwned.push('elsewhere')")
    with StaticServer(tmp_path) as site:
        yield site


def watched(visitor: Visitor) -> Page:
    page = visitor.page()
    page.add_init_script(VIOLATIONS)
    return page


def hostile_ledger() -> Ledger:
    """A ledger that is in order, but for what its texts say."""
    ledger = Ledger.new(TIME, "<b>build</b>", "<i>x</i>")
    said = {"answer": "linear", "label": HOSTILE[:200], "implies": 2.0}
    ledger = ledger.append("predicted", "cloud", 1, said, TIME)
    settings = {"policy": "<img src=x onerror=pwned.push('setting')>"}
    ledger = ledger.append("passed", "cloud", 1, {"settings": settings, "metrics": {}}, TIME)
    ledger = ledger.append("reflected", "cloud", 1, {"text": HOSTILE}, TIME)
    ledger = ledger.append("predicted", "cloud", 3, {**said, "answer": HOSTILE[:200]}, TIME)
    return ledger.append("defended", "cloud", 3, {"text": HOSTILE}, TIME)


def assert_only_text(page: Page) -> None:
    """No element came out of a text, in no shadow root either, and nothing of it ran."""
    made = page.evaluate(
        """() => {
          const below = (root) => [...root.querySelectorAll("*")].flatMap((each) =>
            [each, ...(each.shadowRoot ? below(each.shadowRoot) : [])]);
          return below(document.body).filter((each) =>
            ["IFRAME", "SCRIPT", "OBJECT", "EMBED"].includes(each.tagName) ||
            [...each.attributes].some(({ name, value }) =>
              name.startsWith("on") || /^\\s*javascript:/i.test(value))
          ).map((each) => each.outerHTML.slice(0, 200));
        }"""
    )
    assert made == []
    assert page.evaluate("pwned") == []
    assert page.evaluate("violations") == []
    assert page.evaluate("Object.prototype.polluted") is None


def test_hostile_texts_of_a_ledger_a_file_a_link_and_the_store_stay_texts(
    visitor: Visitor, tmp_path: Path
):
    """One page for all ways in: a start costs seconds."""
    page = watched(visitor)
    stored = {
        "reflect/cloud/1": HOSTILE,
        "parts/cloud": '{"1": {"__proto__": {"polluted": 1}, "reflection": "<b>"}}',
        "queue/cloud": json.dumps([{"kind": "__init__", "at": HOSTILE, "part": HOSTILE}]),
        "settings/cloud/1": json.dumps({"policy": HOSTILE, "__proto__": {"polluted": 1}}),
        "theme": HOSTILE,
    }
    page.add_init_script(
        f"for (const [key, text] of Object.entries({json.dumps(stored)}))"
        f" localStorage.setItem('{kept_as('')}' + key, text);"
    )
    link = "&".join(f"{key}={quote(HOSTILE)}" for key in ("arrival_rate", "<b>", "__proto__"))
    page.goto(f"{visitor.server.url}cloud/?part=1&{link}")
    wait_ready(page)
    expect(page.locator("[data-notice]")).to_contain_text("<script>")
    expect(page.locator(f"{SECTION} textarea[data-reflect]")).to_have_value(HOSTILE)
    assert_only_text(page)

    file = tmp_path / "ledger.json"
    file.write_text(hostile_ledger().to_json(), "utf-8")
    page.locator("[data-ledger-import]").set_input_files(file)
    view = page.locator("[data-ledger-view]")
    expect(view).to_contain_text("onerror=")
    texts = view.locator("dd").all_text_contents()
    assert HOSTILE in texts
    expect(page.locator("[data-lock-answer]").first).to_have_text("Linearly: 2×")
    assert_only_text(page)

    for name, text in {
        "<img src=x onerror=pwned.push('name')>.json": f'{{"format": "{HOSTILE[:20]}"}}',
        "proto.json": '{"__proto__": {"polluted": 1}, "constructor": {"prototype": 1}}',
        "kind.json": hostile_ledger().to_json().replace('"defended"', '"<svg onload=x>"'),
    }.items():
        page.locator("[data-ledger-import]").set_input_files(
            {"name": name, "mimeType": "application/json", "buffer": text.encode()}
        )
    page.wait_for_timeout(500)
    assert HOSTILE in view.locator("dd").all_text_contents()
    assert_only_text(page)

    with page.expect_download() as download:
        page.locator('[data-ledger-export="csv"]').click()
    cells = Path(download.value.path()).read_text("utf-8-sig")
    assert not any(cell.lstrip('"').startswith(tuple("=+@")) for cell in cells.split(","))
    with page.expect_download() as download:
        page.locator('[data-ledger-export="markdown"]').click()
    assert "<script" not in Path(download.value.path()).read_text("utf-8")


def test_the_policy_keeps_page_and_worker_from_code_and_servers_of_others(
    visitor: Visitor, elsewhere: StaticServer
):
    """What the policy is for, tried out, as if somebody had got code into the page."""
    page = watched(visitor)
    page.goto(visitor.server.url + "cloud/?part=1")
    wait_ready(page)
    other = elsewhere.url + "a.js"
    tried = page.evaluate(
        """async (other) => {
          const caught = (action) => {
            try { action(); } catch { return "refused"; }
            return "done";
          };
          const box = document.createElement("div");
          document.body.append(box);
          box.innerHTML = `<img src=x onerror="pwned.push('handler')">
            <a href="javascript:pwned.push('link')">x</a>`;
          box.querySelector("a").click();
          const inline = document.createElement("script");
          inline.textContent = "pwned.push('inline')";
          const far = document.createElement("script");
          far.src = other;
          const picture = new Image();
          picture.src = other;
          const form = document.createElement("form");
          form.action = other;
          const data = document.createElement("script");
          data.src = "data:text/javascript,pwned.push('data')";
          box.append(inline, far, picture, form, data);
          form.submit();
          const asked = await fetch(other).then(() => "done", () => "refused");
          const imported = await import(other).then(() => "done", () => "refused");
          const code = caught(() => globalThis.eval("pwned.push('eval')"));
          const made = caught(() => new Function("pwned.push('function')")());
          await new Promise((resolve) => setTimeout(resolve, 500));
          box.remove();
          return { asked, imported, code, made };
        }""",
        other,
    )
    assert set(tried.values()) == {"refused"}
    assert page.evaluate("pwned") == []
    broken = {each.split()[0] for each in page.evaluate("violations")}
    assert broken >= {"script-src-elem", "script-src-attr", "script-src", "img-src", "connect-src"}
    assert "form-action" in broken

    (worker,) = page.workers
    asked = worker.evaluate(
        "other => fetch(other, {mode: 'no-cors'}).then(() => 'done', () => 'refused')", other
    )
    code = worker.evaluate(
        "() => new Promise((done) => setTimeout(() => {"
        " try { done(self.eval('1')); } catch { done('refused'); } }))"
    )
    assert (asked, code) == ("refused", "refused")
    assert elsewhere.requests == []
    assert page.evaluate("document.documentElement.dataset.python") == "ready"
    visitor.expected = (
        "Content Security Policy",
        "Content-Security-Policy",
        "violates",
        "404",
        other,
    )


def test_a_whole_play_breaks_no_rule_of_the_policy_and_asks_only_the_site(visitor: Visitor):
    asked: list[str] = []
    visitor.context.on("request", lambda request: asked.append(request.url))
    page = watched(visitor)
    page.goto(f"{visitor.server.url}cloud/?part=1")
    wait_ready(page)
    player = Player(page, PART)
    player.predict()
    player.set(PART.winning)
    player.deploy()
    player.expect_pass()
    for button in player.section.locator("[data-simulate], [data-math-peek]").all():
        press_in_menu(button)
    page.locator("[data-theme-toggle]").click()
    player.write()
    player.checkpoint()
    for each in ("json", "markdown", "csv"):
        with page.expect_download():
            page.locator(f'[data-ledger-export="{each}"]').click()
    assert page.locator(f"{SECTION} math").count() > 0
    assert page.evaluate("violations") == []
    # The policy also stands in the way of what was never asked; so the requests are read too.
    allowed = (visitor.server.url, "data:", "blob:" + visitor.server.url.split("/textbook")[0])
    assert len(asked) > 20
    assert [each for each in asked if not each.startswith(allowed)] == []


def test_a_file_of_other_bytes_is_named_and_not_run(visitor: Visitor, dist: Path):
    """As long as the right one, so that nothing but its hash can tell."""
    (lab,) = dist.glob("assets/pyodide-*/python_stdlib.bin")
    data = bytearray(lab.read_bytes())
    comment = len(data) // 2
    data[comment] ^= 1
    visitor.server.faults[lab.relative_to(dist).as_posix()] = bytes(data)
    page = visitor.open(ready=False)
    error = page.locator("[data-boot-error-text]")
    expect(error).to_contain_text(lab.name, timeout=90_000)
    expect(error).to_contain_text("not this build’s")


def test_every_page_opens_without_breaking_the_policy(visitor: Visitor, dist: Path):
    page = watched(visitor)
    own = [each for each in sorted(dist.rglob("*.html")) if each.name == "index.html"]
    assert len(own) >= 6
    for path in own:
        address = path.parent.relative_to(dist).as_posix()
        page.goto(visitor.server.url + ("" if address == "." else f"{address}/"))
        page.wait_for_load_state("load")
        assert page.evaluate("violations") == [], address
