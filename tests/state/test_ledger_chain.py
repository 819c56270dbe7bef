import hashlib
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ledger_samples import METRICS, SETTINGS, deploy, note, predict, time

from labpy.state.ledger import (
    MAX_BYTES,
    ChainError,
    Event,
    Ledger,
    LedgerError,
    RuleError,
)
from labpy.state.ledger.kinds import KINDS

FIXTURE_IS_IMMUTABLE = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])

# Of the ledger in `test_the_canonical_form_does_not_change`.
GOLDEN_HEAD = "b7a2e8003348119ec0d924c84878005c5d686a5690df1241110a87203da5b559"

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)


def rewritten(ledger, change):
    """The document after `change` has had its hands on the parsed table."""
    table = json.loads(ledger.to_json())
    change(table)
    return json.dumps(table, ensure_ascii=False)


def test_a_ledger_reads_back_as_it_was_written(full):
    again = Ledger.from_json(full.to_json())
    assert again == full
    assert again.to_json() == full.to_json()
    assert Ledger.from_json(full.to_json().encode()) == full
    assert Ledger.from_json("\ufeff" + full.to_json()) == full


def test_the_full_fixture_has_every_kind_of_the_first_version_but_merged(full):
    assert {each.kind for each in full.events} == set(KINDS) - {
        "merged",
        "named",
        "challenge",
        "assigned",
    }


def test_the_document_survives_other_white_space(full):
    assert Ledger.from_json(json.dumps(json.loads(full.to_json()), indent=4)) == full


def test_each_hash_is_the_sha256_of_the_rest_and_follows_the_one_before(full):
    table = json.loads(full.to_json())
    previous = "0" * 64
    for number, event in enumerate(table["events"], 1):
        assert event["sequence"] == number
        assert event["previous"] == previous
        previous = event.pop("hash")
        text = json.dumps(event, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        assert previous == hashlib.sha256(text.encode()).hexdigest()
    assert table["head"] == previous == full.head


def test_the_canonical_form_does_not_change():
    # A golden value: if it changes, no ledger written before can be read.
    ledger = predict(Ledger.new("2026-03-02T09:00:00.000Z", "b", "é"))
    assert ledger.head == GOLDEN_HEAD


def test_append_leaves_the_ledger_as_it_is(begun):
    before = begun.to_json()
    assert len(predict(begun).events) == 2
    assert begun.to_json() == before


def test_an_event_shares_nothing_with_what_it_was_made_from(predicted):
    mine = {"arrival_rate": 1.0}
    ledger = deploy(predicted, settings=mine)
    mine["arrival_rate"] = 99.0
    assert ledger.events[-1].data["settings"] == {"arrival_rate": 1.0}


@FIXTURE_IS_IMMUTABLE
@given(st.data())
def test_tampering_with_any_field_of_any_event_is_detected(full, data):
    table = json.loads(full.to_json())
    event = data.draw(st.sampled_from(table["events"]))
    field = data.draw(st.sampled_from(sorted(event)))
    was = json.dumps(event[field], sort_keys=True)
    event[field] = data.draw(json_values.filter(lambda new: json.dumps(new, sort_keys=True) != was))
    with pytest.raises(LedgerError):
        Ledger.from_json(json.dumps(table))


@FIXTURE_IS_IMMUTABLE
@given(st.data())
def test_tampering_inside_the_data_names_the_event(full, data):
    table = json.loads(full.to_json())
    event = data.draw(st.sampled_from([each for each in table["events"] if each["data"]]))
    field = data.draw(st.sampled_from(sorted(event["data"])))
    was = event["data"][field]
    event["data"][field] = data.draw(
        st.floats(0, 1e9).filter(lambda new: new != was) | st.text().filter(lambda new: new != was)
    )
    with pytest.raises(ChainError, match=rf"^event {event['sequence']} .*was changed after"):
        Ledger.from_json(json.dumps(table))


def test_one_for_one_point_nought_is_an_edit_too(predicted):
    text = predicted.to_json().replace('"implies":2.0', '"implies":2')
    with pytest.raises(ChainError, match="event 2"):
        Ledger.from_json(text)


@pytest.mark.parametrize("gone", range(9))
def test_an_event_taken_away_is_detected(full, gone):
    with pytest.raises(ChainError):
        Ledger.from_json(rewritten(full, lambda table: table["events"].pop(gone + 1)))


def test_events_that_change_places_are_detected(full):
    def swap(table):
        table["events"][2:4] = reversed(table["events"][2:4])

    with pytest.raises(ChainError, match="event 3"):
        Ledger.from_json(rewritten(full, swap))


def test_an_event_grafted_from_another_ledger_is_detected(full):
    other = predict(Ledger.new(time(0), "another build"))

    def graft(table):
        table["events"][1] = json.loads(other.to_json())["events"][1]

    with pytest.raises(ChainError, match="event 2 doesn't follow"):
        Ledger.from_json(rewritten(full, graft))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "not JSON"),
        ("{", "not JSON"),
        ("[NaN]", "NaN is no number"),
        ("[1e999]", "no ledger of this lab"),
        ("9" * 5000, "not JSON"),
        ("null", "no ledger of this lab"),
        ('{"format": "notebook", "schema": 1}', "no ledger of this lab"),
        ('{"format": "fleet-serving-lab-ledger"}', "'schema' is None"),
        ('{"format": "fleet-serving-lab-ledger", "schema": true}', "'schema' is True"),
        ('{"format": "fleet-serving-lab-ledger", "schema": 2, "x": 1}', "newer version.*update"),
        ('{"format": "fleet-serving-lab-ledger", "schema": 1}', "lacks 'events'"),
        (
            '{"format": "fleet-serving-lab-ledger", "schema": 1, "head": "", "events": [], "x": 1}',
            "unknown field 'x'",
        ),
        (
            '{"format": "fleet-serving-lab-ledger", "schema": 1, "head": "", "events": {}}',
            "no list",
        ),
        (
            '{"format": "fleet-serving-lab-ledger", "schema": 1, "head": "", "events": []}',
            "no list",
        ),
        (
            '{"format": "fleet-serving-lab-ledger", "schema": 1, "head": "", "events": [7]}',
            "event 1 is 7; expected an object",
        ),
        (
            '{"format": "fleet-serving-lab-ledger", "schema": 1, "head": "", "events": [{}]}',
            "event 1 lacks 'at'",
        ),
        ('{"a": 1, "b": 2, "a": 3}', "key 'a' stands twice"),
        ("[" * 100_000, "nests more than 12 deep"),
        ('{"a":' * 100_000, "nests more than 12 deep"),
        (" " * (MAX_BYTES + 1), r"too large: 2,000,001 bytes; a ledger has 2,000,000"),
        (b"\xff\xfe{}", "no text in UTF-8"),
        ('"' + "[" * 50 + '"', "no ledger of this lab"),
    ],
)
def test_what_is_no_ledger_is_refused_with_the_reason(text, reason):
    with pytest.raises(LedgerError, match=reason):
        Ledger.from_json(text)


def test_an_escaped_quote_does_not_hide_the_nesting():
    with pytest.raises(LedgerError, match="nests"):
        Ledger.from_json('["\\\\",' + "[" * 50)


def test_hostile_text_stays_text(predicted):
    hostile = "<script>alert(1)</script>\u2028\x00 ${x} ]]> \\ \" ' =cmd|' /C calc'!A0 😀"
    ledger = note(predicted, hostile)
    assert Ledger.from_json(ledger.to_json()).events[-1].data == {"text": hostile}


def test_a_second_prediction_of_a_part_is_refused(predicted):
    with pytest.raises(RuleError, match=r"cloud, part 1 .*can't be changed"):
        predict(predicted, answer="flat")
    assert len(predict(predicted, part=2).events) == 3


def test_a_forged_second_prediction_is_refused_on_import(predicted):
    # Sealed by the book, so only the rule can refuse it.
    event = Event.sealed(
        3, time(3), "predicted", "cloud", 1, predicted.events[1].data, predicted.head
    )
    forged = Ledger((*predicted.events, event))
    with pytest.raises(RuleError, match="event 3: cloud, part 1 already has its prediction"):
        Ledger.from_json(forged.to_json())


@pytest.mark.parametrize(
    "kind",
    sorted(set(KINDS) - {"started", "predicted", "named", "assigned", "challenge", "merged"}),
)
def test_nothing_of_a_part_comes_before_its_prediction(full, begun, kind):
    event = next(each for each in full.events if each.kind == kind)
    with pytest.raises(RuleError, match="before its prediction"):
        begun.append(**event.content)


@pytest.mark.parametrize("kind", ["passed", "revealed"])
def test_a_first_pass_and_a_reveal_come_once(full, kind):
    event = next(each for each in full.events if each.kind == kind)
    with pytest.raises(RuleError, match="cloud, part 1"):
        full.append(**event.content)


def test_a_reveal_tells_of_the_prediction_that_was_made(predicted):
    with pytest.raises(RuleError, match=r"of the prediction 3\.0, but 2\.0"):
        predicted.append(
            "revealed", "cloud", 1, {"predicted": 3.0, "actual": 6.0, "off_by": 2.0}, time(2)
        )


def test_started_comes_first_and_only_there(begun):
    with pytest.raises(RuleError, match="begins with 'started'"):
        begun.append("started", "", 0, {"build": "b", "identity": ""}, time(1))
    with pytest.raises(RuleError, match="begins with 'started'"):
        predict(Ledger())


GOOD = {
    "kind": "deployed",
    "track": "cloud",
    "part": 1,
    "at": time(1),
    "data": {"iteration": 1, "settings": SETTINGS, "metrics": METRICS, "passed": False},
}


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (
            {"kind": "cheated"},
            "unknown kind 'cheated'; allowed: started, named, assigned, predicted",
        ),
        ({"kind": ["deployed"]}, "unknown kind"),
        ({"kind": "merged"}, "belongs to no part"),
        ({"track": "Cloud Titan"}, "track is 'Cloud Titan'; expected a lower-case word"),
        ({"track": "=cmd"}, "track is"),
        ({"part": 0}, "part is 0; expected a whole number from 1 to 99"),
        ({"part": True}, "part is True"),
        ({"at": "yesterday"}, "at is 'yesterday'; expected a time in UTC"),
        ({"at": "2026-02-30T09:00:00Z"}, "at is"),
        ({"at": "2026-03-01T09:00:00+01:00"}, "at is"),
        ({"at": 0}, "at is 0"),
    ],
)
def test_a_wrong_field_is_refused_by_name(predicted, change, reason):
    assert len(predicted.append(**GOOD).events) == 3
    with pytest.raises(LedgerError, match=reason):
        predicted.append(**(GOOD | change))


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"iteration": 0}, "iteration is 0; expected a whole number from 1 to 10"),
        ({"iteration": 11}, "iteration is 11"),
        ({"iteration": 1.0}, "iteration is 1.0"),
        ({"passed": 1}, "passed is 1; expected true or false"),
        ({"settings": []}, "settings is"),
        ({"settings": {"x": None}}, "settings is"),
        ({"settings": {"Not a key": 1}}, "settings is"),
        ({"settings": {f"k{i}": 0 for i in range(101)}}, "at most 100 keys"),
        ({"metrics": {"x": [1]}}, "metrics is"),
        ({"metrics": {"x": 2**53}}, "metrics is"),
        ({"metrics": {"x": float("nan")}}, "can't stand in a ledger"),
        ({"metrics": {"x": float("inf")}}, "can't stand in a ledger"),
        ({"metrics": {"x": object()}}, "can't stand in a ledger"),
        ({"metrics": {"x": "\ud800"}}, "half a surrogate pair"),
        ({"metrics": {"x": 10**5000}}, "can't stand in a ledger"),
        ({"extra": 1}, "unknown 'extra'; data may hold: iteration, settings, metrics, passed"),
    ],
)
def test_wrong_data_is_refused_by_name(predicted, change, reason):
    with pytest.raises(LedgerError, match=reason):
        predicted.append(**(GOOD | {"data": GOOD["data"] | change}))


def test_a_value_of_any_depth_is_shown_in_a_few_words(predicted):
    deep = {f"key{i}": {f"key{i}": "x" * 1_000 for i in range(50)} for i in range(50)}
    with pytest.raises(LedgerError) as refused:
        predicted.append(**(GOOD | {"data": GOOD["data"] | {"metrics": {"x": deep}}}))
    assert len(str(refused.value)) < 300
    assert "…; expected at most 100 keys" in str(refused.value)


def test_missing_data_is_refused_by_name(predicted):
    with pytest.raises(
        LedgerError, match=r"reflected: data lacks 'text' \(a text of at most 20,000"
    ):
        predicted.append("reflected", "cloud", 1, {}, time(2))
    with pytest.raises(LedgerError, match="text is"):
        note(predicted, "x" * 20_001)


def test_a_ledger_that_can_be_written_can_be_read(predicted):
    ledger = predicted
    page = "é" * 20_000
    for _ in range(MAX_BYTES // len(page.encode()) - 1):
        ledger = note(ledger, page)
    with pytest.raises(LedgerError, match="full"):
        note(ledger, page)
    assert ledger.size == len(ledger.to_json().encode()) <= MAX_BYTES
    assert Ledger.from_json(ledger.to_json()) == ledger


def test_the_latest_event_of_a_kind_is_found(full):
    assert full.latest("deployed", "cloud", 1).data["passed"] is True
    assert full.latest("deployed", "cloud", 2) is None
    assert [each.kind for each in full.of("cloud", 2)] == []
