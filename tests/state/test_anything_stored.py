"""Whatever lies in the browser's store, a track starts and says what it left out."""

from __future__ import annotations

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from labpy.app.lab import Lab
from labpy.app.page import RecordingPage
from labpy.app.protocol import ProtocolError
from labpy.missions import load_part
from labpy.state.ledger import Ledger

AT = "2026-03-01T09:30:00.000Z"
PART = load_part("cloud", 1)
KNOBS = [knob.key for knob in PART.knobs]

anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
NASTY = ["[1]", "5", "null", '"x"', "{}", "[" * 100_000, '{"a":' * 100_000, "x" * 3_000_000]
ledgers = st.sampled_from(NASTY) | st.text() | anything.map(json.dumps)
scalars = st.booleans() | st.integers() | st.floats() | st.text() | st.just("9" * 10_000)
# The page lets through a table of scalars for a part's dials, see part.js.
dials = st.dictionaries(st.sampled_from(KNOBS) | st.text(), scalars, max_size=4)
kept = st.dictionaries(st.sampled_from(["1", "2", "x"]), dials, max_size=3)
messages = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(
            ["predict", "reflect", "deploy", "checkpoint", "restart", "defend"]
        ),
        "at": st.just(AT) | st.text(),
        "part": st.integers(0, 5),
    },
    optional={"answer": st.text(), "text": st.text(), "confidence": st.text(), "why": st.text()},
)


@settings(max_examples=60, deadline=None)
@given(ledger=ledgers, kept=kept)
def test_a_track_starts_from_any_ledger_and_any_dials(ledger: str, kept: dict):
    page = RecordingPage()
    lab = Lab(page, track="cloud", build="test", at=AT, ledger_text=ledger, settings=kept)
    lab.session.predict(1, PART.lock.options[0].key, AT)
    lab.open(1)
    assert Ledger.from_json(lab.session.ledger.to_json()) == lab.session.ledger
    aside = [each["text"] for each in page.told if each["kind"] == "aside"]
    assert aside == ([ledger] if ledger else [])
    assert len([each for each in page.told if each["kind"] == "notice"]) == len(aside)


@settings(max_examples=60, deadline=None)
@given(queued=st.lists(messages, max_size=3))
def test_any_work_that_waited_is_taken_or_refused_in_words(queued: list[dict]):
    page = RecordingPage()
    lab = Lab(page, track="cloud", build="test", at=AT)
    for message in queued:
        try:
            lab.receive(message)
        except ProtocolError:
            continue  # the page's queue holds none of these, see queue.js
    assert Ledger.from_json(lab.session.ledger.to_json()) == lab.session.ledger
