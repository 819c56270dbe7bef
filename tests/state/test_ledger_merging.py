import pytest
from hypothesis import given
from hypothesis import strategies as st
from ledger_samples import deploy, note, predict, time

from labpy.state.ledger import Ledger, LedgerError, merge


def kinds(ledger):
    return [each.kind for each in ledger.events]


def test_the_longer_is_taken_if_one_continues_the_other(begun, full):
    assert merge(begun, full, time(20)) is full
    assert merge(full, begun, time(20)) is full
    assert merge(full, full, time(20)) == full


def test_a_ledger_with_another_beginning_is_refused(full):
    for other in (Ledger.new(time(0), "build-7", "other"), Ledger.new(time(1), "build-7", "5f0c")):
        with pytest.raises(LedgerError, match="two different ledgers"):
            merge(full, other, time(20))


def test_after_a_fork_the_longer_stays_and_the_rest_of_the_shorter_follows(predicted):
    mine = deploy(deploy(predicted, minute=2), minute=3, iteration=2)
    theirs = note(predicted, "Mine.", minute=4)
    joined = merge(mine, theirs, time(20))
    assert joined.events[: len(mine.events)] == mine.events
    assert kinds(joined) == ["started", "predicted", "deployed", "deployed", "merged", "reflected"]
    merged, last = joined.events[-2:]
    assert merged.data == {"head": theirs.head, "common": 2, "added": 1, "skipped": 0}
    assert last.content == theirs.events[-1].content
    assert Ledger.from_json(joined.to_json()) == joined


def test_of_two_predictions_the_longer_ledgers_stands(begun):
    mine = deploy(predict(begun, answer="linear"))
    theirs = predict(predict(begun, answer="flat", implies=1.0), part=2).append(
        "revealed", "cloud", 1, {"predicted": 1.0, "actual": 2.0, "off_by": 2.0}, time(3)
    )
    longer = note(mine, "Still linear.")
    joined = merge(longer, theirs, time(20))
    assert joined.latest("predicted", "cloud", 1).data["answer"] == "linear"
    assert joined.latest("predicted", "cloud", 2) is not None
    # The other tab's reveal was of its own prediction, which didn't stand.
    assert joined.latest("revealed", "cloud", 1) is None
    assert joined.latest("merged", "", 0).data["skipped"] == 2


def test_a_merge_that_would_add_nothing_adds_no_event(begun):
    mine = deploy(predict(begun, answer="linear"))
    theirs = predict(begun, answer="flat")
    assert merge(mine, theirs, time(20)) is mine


steps = st.lists(
    st.tuples(st.sampled_from(["predict", "deploy", "note"]), st.integers(1, 3)), max_size=6
)


def played(ledger, moves, start):
    for minute, (move, part) in enumerate(moves, start):
        if move == "predict" and ledger.latest("predicted", "cloud", part) is None:
            ledger = predict(ledger, part, minute, answer=f"answer {minute}")
        elif move == "deploy" and ledger.latest("predicted", "cloud", part):
            ledger = deploy(ledger, part, minute)
        elif move == "note" and ledger.latest("predicted", "cloud", part):
            ledger = note(ledger, f"note {minute}", part, minute)
    return ledger


@given(steps, steps, steps)
def test_both_tabs_come_to_the_same_ledger_and_stay_there(shared, left, right):
    origin = played(Ledger.new(time(0), "b"), shared, 1)
    mine, theirs = played(origin, left, 10), played(origin, right, 20)
    joined = merge(mine, theirs, time(40))
    assert merge(theirs, mine, time(40)) == joined
    assert Ledger.from_json(joined.to_json()) == joined
    for tab in (mine, theirs):
        assert merge(joined, tab, time(41)) == joined
    told = [each.content for each in joined.events]
    for each in (*mine.events, *theirs.events):
        if each.kind != "predicted":
            assert each.content in told or each.kind == "merged"


@given(steps, steps)
def test_two_merges_at_different_times_settle(left, right):
    origin = predict(Ledger.new(time(0), "b"))
    mine, theirs = played(origin, left, 10), played(origin, right, 20)
    first, second = merge(mine, theirs, time(40)), merge(theirs, mine, time(41))
    assert merge(first, second, time(42)) == merge(second, first, time(43))
    assert len(merge(first, second, time(42)).events) == len(first.events)
