"""A thousand files that are no ledger, or nearly one: each is refused with a reason or sound."""

import copy
import json

from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st
from ledger_samples import time
from mission_samples import MISSIONS

from labpy.state.ledger import Ledger, LedgerError, merge, print_view, to_csv, to_markdown
from labpy.state.ledger.canonical import digest
from labpy.state.ledger.event import FIELDS, GENESIS
from labpy.state.ledger.kinds import KINDS

LONGEST_REASON = 400  # characters: it is read by a student, not by a debugger

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)
# What a field is likely to hold, and what is nearly that.
names = [*KINDS, *FIELDS, "cloud", "", "infinite", "1e999", time(1)]
likely = st.sampled_from([*names, 0, 1, 2, -1, 1.5, True, None, {}, []])


@st.composite
def damaged_bytes(draw, text):
    """A ledger with a stretch of its bytes replaced."""
    data = bytearray(text.encode())
    start = draw(st.integers(0, len(data) - 1))
    data[start : start + draw(st.integers(0, 40))] = draw(st.binary(max_size=40))
    return bytes(data)


@st.composite
def edited(draw, text):
    """A ledger with a value of it, at any depth, replaced, doubled or taken away."""
    table = json.loads(text)
    for _ in range(draw(st.integers(1, 3))):
        where = draw(st.sampled_from(list(_containers(table))))
        if not where:
            continue
        key = draw(st.sampled_from(sorted(where) if isinstance(where, dict) else range(len(where))))
        act = draw(st.sampled_from(["replace", "replace", "remove", "double"]))
        if act == "remove":
            del where[key]
        elif act == "replace":
            where[key] = draw(likely | json_values)
        elif isinstance(where, list):
            where.insert(key, copy.deepcopy(where[key]))
        else:
            where[draw(st.text(max_size=5))] = where[key]
    return table


def _containers(value):
    if isinstance(value, dict | list):
        yield value
        for each in value.values() if isinstance(value, dict) else value:
            yield from _containers(each)


def resealed(table):
    """Forge the chain anew, as who writes a program could, so that only the rules can refuse."""
    if isinstance(table, dict) and isinstance(table.get("events"), list):
        previous = GENESIS
        for number, each in enumerate(table["events"], 1):
            if isinstance(each, dict):
                content = {key: value for key, value in each.items() if key != "hash"}
                content |= {"sequence": number, "previous": previous}
                try:
                    each.update(content, hash=digest(content))
                except LedgerError:
                    continue
                previous = each["hash"]
        table["head"] = previous
    return table


def candidates(text):
    edits = edited(text)
    return st.one_of(
        st.binary(),
        st.text(st.characters()),
        json_values.map(json.dumps),
        damaged_bytes(text),
        edits.map(json.dumps),
        edits.map(resealed).map(json.dumps),
        edits.map(resealed).map(json.dumps),
    )


def read(document):
    """Give the ledger or the reason; any other error ends the test."""
    try:
        return Ledger.from_json(document), ""
    except LedgerError as error:
        return None, str(error)


@settings(
    max_examples=1000, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(st.data())
def test_a_thousand_inputs_are_refused_with_a_reason_or_are_sound(full, data):
    document = data.draw(candidates(full.to_json()))
    ledger, reason = read(document)
    if ledger is None:
        event("refused")
        assert 0 < len(reason) <= LONGEST_REASON
        return
    event("the same" if ledger == full else "another that keeps every rule")
    assert Ledger.from_json(ledger.to_json()) == ledger
    for view in (print_view, to_markdown, to_csv):
        assert view(ledger, MISSIONS)
    assert merge(ledger, ledger, time(59)) == ledger
