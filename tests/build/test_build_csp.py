import re
from base64 import b64encode
from hashlib import sha256
from html import unescape

import pytest

from buildlib import csp
from buildlib.errors import BuildError

PAGE = f"""<head><script data-policy="{csp.FRAME_MARK}">early()</script>
<meta http-equiv="Content-Security-Policy" content="{csp.MARK}">
<script>one()</script><script type="application/json">{{}}</script><script src="a.js"></script>"""


def policies(page: str) -> list[str]:
    return [unescape(text) for text in re.findall(r'(?:content|data-policy)="([^"]*)"', page)]


def directives(policy: str) -> dict[str, list[str]]:
    return {name: sources for name, *sources in map(str.split, policy.split(";"))}


def test_each_inline_script_that_runs_under_the_policy_is_allowed_by_its_hash_and_no_other():
    wanted = f"'sha256-{b64encode(sha256(b'one()').digest()).decode()}'"
    for policy in policies(csp.fill(PAGE)):
        hashes = [each for each in directives(policy)["script-src"] if each.startswith("'sha256-")]
        assert hashes == [wanted]


def test_both_places_hold_the_same_policy():
    first, second = policies(csp.fill(PAGE))
    assert first == second != ""


def test_nothing_is_allowed_that_is_not_named():
    for kept in (csp.SITE, csp.ONE_FILE):
        assert kept["default-src"] == kept["object-src"] == kept["base-uri"] == ("'none'",)
        assert kept["form-action"] == ("'none'",)


def test_no_policy_allows_strings_as_code_or_another_host():
    for kept in (csp.SITE, csp.ONE_FILE):
        sources = [source for listed in kept.values() for source in listed]
        assert "'unsafe-eval'" not in sources
        assert not [each for each in sources if "*" in each or each in ("http:", "https:")]
    assert "'unsafe-inline'" not in csp.SITE["script-src"]
    assert "data:" not in csp.SITE["script-src"]


def test_a_script_or_a_style_before_the_policy_is_refused():
    for early in ('<script src="a.js"></script>', "<style></style>", '<link rel="preload">'):
        with pytest.raises(BuildError, match=r"early\.js"):
            csp.fill(early + PAGE)


def test_a_page_without_the_mark_is_left_alone():
    assert csp.fill("const a = 1;") == "const a = 1;"


def test_every_page_of_the_site_has_the_policy(dist):
    pages = [page for page in dist.rglob("*.html") if not page.name.startswith("fleet-lab-")]
    assert len(pages) >= 5
    for page in pages:
        text = page.read_text("utf-8")
        assert 'http-equiv="Content-Security-Policy" content="default-src' in text, page
        assert "@content-security-policy" not in text, page
