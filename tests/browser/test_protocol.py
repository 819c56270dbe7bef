"""The page's scripts hold messages against the protocol as Python does."""

from __future__ import annotations

from pathlib import Path

from buildlib.protocol import messages_script
from tests.app.protocol_samples import DECLARED, NOT_DECLARED
from tests.browser.conftest import Visitor

PROTOCOL = Path(__file__).parents[2] / "site" / "js" / "bridge" / "protocol.js"
FAULTS = """async (messages) => {
  const { fault } = await import("./bridge/protocol.js");
  return messages.map((each) => fault("to_app", each));
}"""


def test_the_page_refuses_and_takes_what_python_does(visitor: Visitor):
    page = visitor.page()
    script = {"content_type": "text/javascript", "body": messages_script()}
    page.route("**/bridge/messages.js", lambda route: route.fulfill(**script))
    page.route("**/bridge/protocol.js", lambda route: route.fulfill(path=PROTOCOL))
    address = visitor.server.url + "protocol.html"
    page.route(address, lambda route: route.fulfill(content_type="text/html", body=""))
    page.goto(address)
    assert page.evaluate(FAULTS, DECLARED) == [""] * len(DECLARED)
    faults = page.evaluate(FAULTS, [message for message, _ in NOT_DECLARED])
    for found, (message, wrong) in zip(faults, NOT_DECLARED, strict=True):
        assert wrong in found, message
