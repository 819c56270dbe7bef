"""Mission files: every one loads, and what the schema does not allow is refused by name."""

import tomllib

import pytest

from labpy.missions import (
    Knob,
    Lock,
    MissionError,
    Part,
    load_part,
    load_track,
    track_keys,
    word_keys,
)
from labpy.missions.loader import SECTIONS, missions_root
from labpy.missions.records import Place
from labpy.missions.schema import split_sections
from labpy.words import load_book, msg, say

PARTS = [(track, number) for track in track_keys() for number in load_track(track).parts]


def table() -> dict:
    return tomllib.loads((missions_root() / "cloud" / "part_1.toml").read_text("utf-8"))


@pytest.mark.parametrize(("track", "number"), PARTS)
def test_every_part_loads_with_all_its_words(track, number):
    part = load_part(track, number)
    assert all(part.words[section] for section in SECTIONS)
    assert part.reflection.minimum_characters > 0
    assert len([knob for knob in part.knobs if not knob.advanced]) <= 3


@pytest.mark.parametrize(("track", "number"), PARTS)
def test_keys_are_unique_within_a_part(track, number):
    part = load_part(track, number)
    for group in (part.knobs, part.targets, part.failures, part.lock.options):
        keys = [each.key for each in group]
        assert len(keys) == len(set(keys))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"colour": "red"}, "unknown key 'colour'"),
        ({"title": "A word outside the book"}, "unknown key 'title'"),
        ({"minutes": "long"}, r"minutes: 'long' is not allowed; expected int"),
        ({"knobs": [{"key": "x"}]}, r"knobs\[0\]: the key 'kind' is missing"),
        ({"stakeholder": "Maya"}, "stakeholder: expected a table, found str"),
    ],
)
def test_a_wrong_table_is_refused_with_the_place_and_what_is_allowed(change, message):
    with pytest.raises(MissionError, match=message):
        Part.from_table({**table(), **change}, "here", Place("cloud-1"))


def test_a_missing_key_is_refused_by_name():
    short = table()
    del short["scenario"]
    with pytest.raises(MissionError, match="here: the key 'scenario' is missing"):
        Part.from_table(short, "here", Place("cloud-1"))


def knob(**more) -> Knob:
    base = {"key": "k", "label": "K", "doc": "d", "kind": "float", "start": 1.0}
    base["quantity"] = "duration"
    return Knob(**{**base, "low": 0.0, "high": 2.0, "step": 0.5, **more})


@pytest.mark.parametrize(
    "more",
    [
        {"start": 3.0},
        {"low": None},
        {"kind": "choice", "choices": (2, 3)},
        {"kind": "choice", "choices": (1.0, 2.0), "choice_labels": ("one",)},
        {"kind": "switch", "start": 1.0},
    ],
)
def test_a_knob_that_contradicts_itself_is_refused(more):
    with pytest.raises(MissionError, match="knob 'k'"):
        knob(**more)


@pytest.mark.parametrize("text", ["3", "-1", "nan", "inf", "", "one", "1e400"])
def test_a_link_value_out_of_bounds_is_refused_with_what_is_allowed(text):
    with pytest.raises(MissionError, match="allowed: 0 to 2 s"):
        knob().parse(text)


def test_an_integer_knob_takes_no_fraction():
    whole = knob(kind="int", start=1, low=0, high=2, step=1)
    assert whole.parse("2") == 2
    with pytest.raises(MissionError, match="allowed: 0 to 2"):
        whole.parse("1.5")


def test_a_number_lock_takes_only_numbers_within_its_bounds():
    lock = Lock("number", "q", question="?", quantity_label="Q", lowest=1, highest=9)
    assert lock.implied("2.5") == 2.5
    for bad in ("0.5", "ten", "nan"):
        with pytest.raises(MissionError):
            lock.implied(bad)


def test_an_unknown_track_or_part_is_refused_with_the_known_ones():
    with pytest.raises(MissionError, match="no track 'moon'; known: cloud"):
        load_track("moon")
    with pytest.raises(MissionError, match="has no part 9; it has: 1"):
        load_part("cloud", 9)


def test_sections_are_split_at_level_two_headings_only():
    assert split_sections("## A\none\n### B\ntwo\n## C\n") == {"A": "one\n### B\ntwo", "C": ""}


def test_each_text_of_a_part_has_a_message_of_its_own_name():
    keys = word_keys()
    assert len(keys) == len(set(keys))
    book = load_book("en")
    assert book.say(msg("cloud-1-knob-arrival_rate")) == load_part("cloud", 1).knobs[0].label
    assert {"cloud-1-title", "cloud-1-lock-option-linear.detail", "tiny-honest-note"} <= set(keys)


def test_a_target_reads_its_metric_beside_its_limit():
    target = load_part("cloud", 2).targets[0]
    assert say(target.bound) == "at most 50 ms"
    assert say(target.reading(0.05004)) == "50.04 ms"
    share = load_part("cloud", 3).targets[0]
    assert say(share.bound) == "at most 50% of the start"
    assert say(share.reading(1.03)) == "103% of the start"


@pytest.mark.parametrize(
    ("track", "number", "key", "value", "shown"),
    [
        ("mobile", 1, "glasses", 6, "6 pairs"),
        ("mobile", 1, "glasses", 1, "1 pair"),
        ("mobile", 1, "batch_window", 0.5, "0.5 ms"),
        ("mobile", 1, "stalls", 0.3, "0.3%"),
        ("mobile", 2, "cut", 3, "3 of 12"),
        ("mobile", 3, "block_tokens", 1024, "1,024 tokens"),
        ("cloud", 1, "batch_window", 0.2, "0.2 s"),
        ("cloud", 1, "replicas", 2, "2 × 4"),
        ("cloud", 3, "draft_tokens", 2, "2 tokens"),
        ("tiny", 3, "active_fraction", 0.05, "5% of the day"),
        ("tiny", 2, "continuous_batching", True, "on"),
    ],
)
def test_a_dial_reads_its_value_with_one_unit(track, number, key, value, shown):
    assert load_part(track, number).knob(key).shown(value) == shown


def test_an_unknown_quantity_is_refused_with_the_known_ones():
    with pytest.raises(MissionError, match="'weight' is no quantity; allowed: number, count"):
        knob(quantity="weight")
