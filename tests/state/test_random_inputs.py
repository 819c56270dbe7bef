"""A thousand random links and ledgers: each is read or refused, and none does anything else."""

from __future__ import annotations

import json
from urllib.parse import quote_plus

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from labpy.missions import all_missions, load_part
from labpy.state.ledger import Ledger, LedgerError
from labpy.state.link import MAX_NOTICES, PLACE_KEYS, read_place, read_settings, to_query

THOUSAND = settings(
    max_examples=1_000,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
PARTS = {track.key: tuple(track.parts) for track, _ in all_missions()}
PART = load_part("cloud", 1)
KEYS = (*PLACE_KEYS, *(knob.key for knob in PART.knobs))
TEMPTING = ("1", "true", "cloud", "nan", "inf", "-1", "1e999", "0x10", "٣", "<img src=x>", "%", "")

words = st.sampled_from(TEMPTING) | st.text(max_size=20) | st.floats().map(str)
pairs = st.tuples(st.sampled_from(KEYS) | st.text(max_size=10), words)
written = st.lists(pairs, max_size=8).map(
    lambda said: "?" + "&".join(f"{quote_plus(key)}={quote_plus(text)}" for key, text in said)
)
links = written | st.text()

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@THOUSAND
@given(link=links)
def test_a_random_link_leads_to_a_place_and_settings_that_exist(link: str):
    place = read_place(link, PARTS, "cloud", 1)
    assert place.part in PARTS[place.track]
    read = read_settings(link, PART)
    assert set(read.values) == set(PART.start())
    for knob in PART.knobs:
        pair = to_query(PART, {knob.key: read.values[knob.key]}).split(f"{knob.key}=")[1]
        assert knob.parse(pair.split("&")[0]) == read.values[knob.key]
    for said in (place.notices, read.notices):
        assert len(said) <= MAX_NOTICES + 1


@THOUSAND
@given(data=st.data())
def test_a_random_ledger_is_refused_with_a_reason_or_reads_back(full: Ledger, data: st.DataObject):
    text = data.draw(st.text() | st.binary() | json_values.map(json.dumps) | mangled(full))
    ledger, reason = None, ""
    try:
        ledger = Ledger.from_json(text)
    except LedgerError as refused:
        reason = str(refused)
    assert reason or Ledger.from_json(ledger.to_json()) == ledger


@st.composite
def mangled(draw: st.DrawFn, ledger: Ledger) -> str:
    """A real ledger with one value exchanged, or a piece of its text cut out or put in."""
    if draw(st.booleans()):
        table = json.loads(ledger.to_json())
        event = draw(st.sampled_from([table, *table["events"]]))
        event[draw(st.sampled_from(sorted(event)))] = draw(json_values)
        return json.dumps(table)
    text = ledger.to_json()
    start = draw(st.integers(0, len(text)))
    end = draw(st.integers(start, min(len(text), start + 40)))
    return text[:start] + draw(st.text(max_size=5)) + text[end:]
