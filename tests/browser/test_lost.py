"""Where nothing is, at any depth under a sub-path, the way back to the start page is shown."""

from playwright.sync_api import expect

from tests.browser.conftest import Visitor


def test_an_address_that_leads_nowhere_leads_to_the_start_page(visitor: Visitor):
    visitor.expected = ("404",)  # what the browser says of the page, and of a folder on the way up
    page = visitor.page()
    for address in ("gone", "cloud/gone/", "a/b/c?part=2"):
        answer = page.goto(visitor.server.url + address)
        assert answer.status == 404
        link = page.locator("[data-lost-home] a")
        expect(link).to_be_visible()
        assert link.evaluate("each => each.href") == visitor.server.url
    link.click()
    expect(page.locator(".track-card, [data-live]").first).to_be_visible()
