"""Mission files: every one loads, and what the schema does not allow is refused by name."""

import tomllib

import pytest

from labpy.missions import Knob, Lock, MissionError, Part, load_part, load_track, track_keys
from labpy.missions.loader import SECTIONS, missions_root, split_sections

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
        ({"minutes": "long"}, r"minutes: 'long' is not allowed; expected int"),
        ({"knobs": [{"key": "x"}]}, r"knobs\[0\]: the key 'label' is missing"),
        ({"stakeholder": "Maya"}, "stakeholder: expected a table, found str"),
    ],
)
def test_a_wrong_table_is_refused_with_the_place_and_what_is_allowed(change, message):
    with pytest.raises(MissionError, match=message):
        Part.from_table({**table(), **change}, "here")


def test_a_missing_key_is_refused_by_name():
    short = table()
    del short["title"]
    with pytest.raises(MissionError, match="here: the key 'title' is missing"):
        Part.from_table(short, "here")


def knob(**more) -> Knob:
    base = {"key": "k", "label": "K", "doc": "d", "kind": "float", "start": 1.0, "unit": "s"}
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
    whole = knob(kind="int", start=1, low=0, high=2, step=1, unit="")
    assert whole.parse("2") == 2
    with pytest.raises(MissionError, match="allowed: 0 to 2"):
        whole.parse("1.5")


def test_a_number_lock_takes_only_numbers_within_its_bounds():
    lock = Lock(kind="number", question="?", quantity="q", quantity_label="Q", lowest=1, highest=9)
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
