import math

from ledger_samples import deploy, note, predict, time
from mission_samples import MISSIONS

from labpy.state.ledger import Ledger, revealed, summary

WORDS = "The queue is the model, and its wall stays at one."


def part(ledger, number=1):
    return next(each for each in summary(ledger, MISSIONS).parts if each.part == number)


def test_a_part_goes_from_untouched_to_checkpointed(begun):
    result = {"settings": {"degree": 2}, "metrics": {"utilization": 0.5}}
    states = [part(begun).state]
    ledger = predict(begun)
    states.append(part(ledger).state)
    ledger = deploy(ledger)
    states.append(part(ledger).state)
    ledger = ledger.append("passed", "cloud", 1, result, time(4))
    states.append(part(ledger).state)
    ledger = ledger.append("checkpointed", "cloud", 1, {**result, "passed": True}, time(5))
    states.append(part(ledger).state)
    assert states == ["untouched", "predicted", "working", "passed", "checkpointed"]


def test_a_complete_part_tells_all_that_the_ledger_has(full):
    told = part(full)
    assert (told.label, told.predicted, told.actual, told.off_by) == ("Linearly", 2.0, 5.5, 2.75)
    assert (told.passed, len(told.deployments), told.spent, told.restarts) == (True, 2, 1, 1)
    assert told.settings["policy"] == "continuous"
    assert told.reflection.startswith("The queue grows")
    assert (told.begun_at, told.passed_at) == (time(1), time(4))
    assert (told.checkpointed_at, told.last_at) == (time(9), time(10))
    assert told.missing == ()


def test_missing_fields_are_listed(predicted):
    assert part(Ledger.new(time(0), "b")).missing == (
        "prediction",
        "outcome",
        "reflection",
        "checkpoint",
    )
    assert part(predicted).missing == ("outcome", "reflection", "checkpoint")


def test_a_reflection_counts_from_its_minimum_on(predicted):
    assert "reflection" in part(note(predicted, " " * 5 + WORDS[:19])).missing
    assert "reflection" not in part(note(predicted, WORDS[:20])).missing


def test_in_the_last_part_the_defence_stands_for_the_reflection(begun):
    ledger = note(predict(begun, part=2), WORDS[:40], part=2)
    assert "defence" in part(ledger, 2).missing
    ledger = note(ledger, WORDS[:40], part=2, kind="defended")
    assert part(ledger, 2).missing == ("outcome", "checkpoint")


def test_a_ledger_is_complete_when_one_track_is(full):
    assert not summary(full, MISSIONS).complete
    ledger = note(predict(full, 2), WORDS[:40], 2, kind="defended")
    ledger = ledger.append("revealed", "cloud", 2, revealed(2.0, 0.0), time(12))
    end = {"settings": {}, "metrics": {}, "passed": False}
    ledger = ledger.append("checkpointed", "cloud", 2, end, time(13))
    told = summary(ledger, MISSIONS)
    assert told.complete
    assert [track.complete for track in told.tracks] == [True, False]
    assert [track.begun for track in told.tracks] == [True, False]
    assert part(ledger, 2).off_by == math.inf
    assert not part(ledger, 2).passed


def test_the_last_text_counts(predicted):
    assert part(note(note(predicted, "first"), "second")).reflection == "second"


def test_final_settings_are_the_passing_ones_until_the_checkpoint(predicted):
    ledger = deploy(predicted, settings={"degree": 1}, passed=True)
    ledger = deploy(ledger, settings={"degree": 2}, iteration=2)
    assert part(ledger).settings == {"degree": 1}
    end = {"settings": {"degree": 3}, "metrics": {}, "passed": False}
    assert part(ledger.append("checkpointed", "cloud", 1, end, time(5))).settings == {"degree": 3}


def test_parts_that_this_version_does_not_know_are_told_too(begun):
    ledger = predict(predict(begun, part=7), track="moon", part=2)
    told = summary(ledger, MISSIONS)
    assert [(each.track, each.part) for each in told.parts] == [
        ("cloud", 1),
        ("cloud", 2),
        ("cloud", 7),
        ("edge", 1),
        ("moon", 2),
    ]
    assert told.parts[-1].mission is None
    assert told.parts[-1].label == "Linearly"


def test_one_letter_repeated_is_no_reflection_and_a_short_sentence_of_its_length_is(predicted):
    for text in ("x" * 500, "ha" * 200, "asdf " * 80, ". ! ? " * 90):
        assert "reflection" in part(note(predicted, text)).missing
    assert "reflection" not in part(note(predicted, WORDS)).missing
    assert (
        "reflection"
        not in part(note(predicted, "Очередь и есть модель, а стена стоит у 1.")).missing
    )


def test_how_sure_one_was_and_an_early_reveal_are_told_and_absent_from_older_ledgers(begun):
    data = {"answer": "linear", "label": "Linearly", "implies": 2.0}
    sure = data | {"confidence": "fairly", "why": "A guess at the queue."}
    ledger = begun.append("predicted", "cloud", 1, sure, time(1))
    ledger = ledger.append("revealed", "cloud", 1, {**revealed(2.0, 5.5), "early": True}, time(2))
    told = part(ledger)
    assert (told.confidence, told.why, told.early) == ("fairly", "A guess at the queue.", True)
    old = part(begun.append("predicted", "cloud", 1, data, time(1)))
    assert (old.confidence, old.why, old.early) == ("", "", False)
