import pytest
from ledger_samples import deploy, note, predict, time

from labpy.state.ledger import MAX_BYTES, Ledger, LedgerError
from labpy.state.ledger.arriving import about, from_another_tab, has_work, imported
from labpy.words import say


@pytest.fixture
def foreign():
    return predict(Ledger.new(time(0), "build-7", "another"))


def test_a_file_with_nothing_new_changes_nothing(full, predicted):
    arrival = imported(full, predicted, time(20))
    assert arrival.ledger is full
    assert arrival.aside is None
    assert "already holds everything" in say(arrival.words)


def test_a_file_that_goes_on_is_taken(predicted, full):
    arrival = imported(predicted, full, time(20))
    assert (arrival.ledger, arrival.aside) == (full, None)
    assert "goes on" in say(arrival.words)


def test_a_file_that_parted_is_joined_and_says_what_was_left_out(begun):
    mine = deploy(predict(begun, answer="linear"))
    theirs = predict(predict(begun, answer="flat", implies=1.0, minute=3), part=2)
    arrival = imported(mine, theirs, time(20))
    assert arrival.aside is None
    assert arrival.ledger.latest("predicted", "cloud", 2)
    assert "joined" in say(arrival.words)
    assert "1 entry was left out" in say(arrival.words)


def test_another_ledger_takes_the_place_of_one_with_work_only_as_a_copy_is_kept(full, foreign):
    arrival = imported(full, foreign, time(20))
    assert (arrival.ledger, arrival.aside) == (foreign, full)
    assert "set aside" in say(arrival.words)


def test_a_ledger_without_work_needs_no_copy(begun, foreign):
    assert not has_work(begun)
    assert imported(begun, foreign, time(20)).aside is None
    assert from_another_tab(begun, foreign, time(20)).aside is None


def test_two_tabs_come_to_the_same_ledger_without_a_word(predicted):
    mine, theirs = deploy(predicted, minute=3), note(predicted, "Mine.", minute=4)
    one = from_another_tab(mine, theirs, time(20))
    other = from_another_tab(theirs, mine, time(20))
    assert one.ledger == other.ledger
    assert one.words is other.words is None
    settled = from_another_tab(one.ledger, other.ledger, time(21))
    assert settled.ledger.head == one.ledger.head


def test_two_predictions_of_one_part_in_two_tabs_are_told(begun):
    mine = deploy(predict(begun, answer="linear"))
    theirs = predict(predict(begun, answer="flat", implies=1.0, minute=3), part=2)
    assert "1 entry was left out" in say(from_another_tab(mine, theirs, time(20)).words)


def test_another_ledger_of_another_tab_is_followed_and_the_one_here_kept(full, foreign):
    arrival = from_another_tab(full, foreign, time(20))
    assert (arrival.ledger, arrival.aside) == (foreign, full)
    assert "follows" in say(arrival.words)


def test_what_is_too_large_to_be_joined_is_kept_beside(predicted):
    page = "é" * 20_000
    mine = theirs = predicted
    for minute in range(MAX_BYTES // (2 * len(page.encode())) + 2):
        mine, theirs = note(mine, page, minute=minute), note(theirs, "Short.", minute=minute)
        theirs = note(theirs, page, minute=59)
    with pytest.raises(LedgerError, match="full"):
        imported(mine, theirs, time(20))
    arrival = from_another_tab(mine, theirs, time(20))
    assert (arrival.ledger, arrival.aside) == (mine, theirs)
    assert "full" in say(arrival.words)


def test_a_ledger_is_named_by_when_it_began_and_how_much_is_in_it(begun, full):
    assert say(about(begun)) == "begun 2026-03-02 09:00 UTC, 1 entry"
    assert say(about(full)) == "begun 2026-03-02 09:00 UTC, 10 entries"
