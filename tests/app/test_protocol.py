"""One protocol: what is declared is said and heard on both sides, and nothing else passes."""

import re
from pathlib import Path

import pytest

from labpy.app.class_lab import ClassLab
from labpy.app.fleet import FleetLab
from labpy.app.lab import Lab
from labpy.app.page import RecordingPage
from labpy.app.protocol import FITS, MESSAGES, OPTIONAL, ProtocolError, check
from tests.app.protocol_samples import DECLARED, NOT_DECLARED

ROOT = Path(__file__).parents[2]


def sources(folder: str, ending: str) -> str:
    return "\n".join(path.read_text("utf-8") for path in (ROOT / folder).rglob(f"*{ending}"))


def block(path: str, begin: str) -> set[str]:
    """Give the names of the functions in an object literal of a script."""
    text = (ROOT / "site/js" / path).read_text("utf-8").partition(begin)[2]
    text = text[: re.search(r"\n\s{0,2}\}\)?;", text).start()]
    depth = min(len(line) - len(line.lstrip()) for line in text.splitlines() if line.strip())
    return set(re.findall(rf"^ {{{depth}}}(?:async )?(\w+)[:(,]", text, re.MULTILINE))


def test_every_type_that_is_declared_is_one_that_both_sides_know():
    used = {
        type_.removesuffix(OPTIONAL)
        for kinds in MESSAGES.values()
        for fields in kinds.values()
        for type_ in fields.values()
    }
    assert used == set(FITS)
    script = (ROOT / "site/js/bridge/protocol.js").read_text("utf-8")
    known = script.partition("const FITS = {")[2].partition("};")[0]
    assert set(re.findall(r"^  (\w+):", known, re.MULTILINE)) == used


def test_python_hears_and_tells_exactly_what_is_declared():
    known = {**vars(Lab), **vars(FleetLab), **vars(ClassLab)}
    heard = {name.removeprefix("_on_") for name in known if name.startswith("_on_")}
    assert heard == set(MESSAGES["to_app"])
    told = set(re.findall(r"page\.tell\(\s*\"(\w+)\"", sources("labpy/app", ".py")))
    assert told == set(MESSAGES["from_app"])


def test_the_page_hears_and_sends_exactly_what_is_declared():
    assert block("bridge/hearing.js", "const heard = {") == set(MESSAGES["from_app"])
    assert block("worker.js", "const actions = {") == set(MESSAGES["to_worker"])
    scripts = sources("site/js", ".js")
    sent = set(re.findall(r"\b(?:send|whenStarted)\(\"(\w+)\"", scripts))
    # each of these is said where its button, its field or its page is
    by_name = {"deploy", "restart", "reflect", "defend", "fleet", "class"}
    for kind in by_name:
        assert f'"{kind}"' in scripts
    assert sent | by_name == set(MESSAGES["to_app"])


@pytest.mark.parametrize(("message", "wrong"), NOT_DECLARED)
def test_what_is_not_declared_is_an_error_that_names_it(message, wrong):
    with pytest.raises(ProtocolError, match=wrong):
        check("to_app", message)


def test_a_field_that_may_be_missing_may_be_null():
    for message in DECLARED:
        check("to_app", message)


def test_a_page_is_told_nothing_that_is_not_declared():
    page = RecordingPage()
    with pytest.raises(ProtocolError, match="there is no message 'shout'"):
        page.tell("shout", text="")
    with pytest.raises(ProtocolError, match="text of the message 'notice'"):
        page.tell("notice", tone="warn")
    assert page.told == []
