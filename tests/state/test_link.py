import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mission_samples import KNOBS, PART

from labpy.missions import MissionError, load_part, missions_root
from labpy.state.link import MAX_LENGTH, PLACE_KEYS, read_place, read_settings, to_query
from labpy.words import say

PARTS = {"cloud": (1, 2, 3), "edge": (1, 2)}

values = st.fixed_dictionaries(
    {
        "arrival_rate": st.floats(0.5, 40),
        "shift": st.floats(-1e-3, 1e300),
        "replicas": st.sampled_from(KNOBS[2].choices),
        "policy": st.sampled_from(KNOBS[3].choices),
        "degree": st.integers(1, 8),
        "paged": st.booleans(),
    }
)
keys = st.sampled_from([*PLACE_KEYS, *(knob.key for knob in KNOBS), "utm_source"])
queries = (
    st.text(st.characters())  # surrogates included, which UTF-8 lacks
    | st.lists(st.tuples(keys, st.text()).map("=".join)).map("&".join)
    | st.lists(st.tuples(keys, st.floats().map(repr)).map("=".join)).map("&".join)
)


@given(values, st.sampled_from(["", "cloud"]), st.booleans())
def test_settings_come_back_exactly(chosen, track, embed):
    query = to_query(PART, chosen, track, embed)
    read = read_settings("?" + query, PART)
    assert read.values == chosen
    assert [type(each) for each in read.values.values()] == [
        type(chosen[key]) for key in read.values
    ]
    assert not read.notices
    place = read_place(query, PARTS, "cloud", 3)
    assert (place.track, place.part, place.embed, place.notices) == ("cloud", 1, embed, ())


@settings(max_examples=1000)
@given(queries)
def test_any_text_gives_settings_within_bounds(query):
    read = read_settings(query, PART)
    assert read.values.keys() == PART.start().keys()
    # Written again, each value is checked against its knob.
    assert read_settings(to_query(PART, read.values), PART).values == read.values
    place = read_place(query, PARTS, "cloud", 1)
    assert place.part in PARTS[place.track]


def test_a_link_holds_every_knob():
    query = to_query(PART, {"arrival_rate": 0.1 + 0.5}, "cloud", True)
    assert query == (
        "track=cloud&part=1&embed=1&arrival_rate=0.6&shift=0.0&replicas=1&policy=static"
        "&degree=1&paged=false"
    )


def test_no_link_means_the_defaults_and_no_notice():
    for query in ("", "?"):
        assert read_settings(query, PART).values == PART.start()
        assert read_settings(query, PART).notices == ()
        assert read_place(query, PARTS, "edge", 1).notices == ()


@pytest.mark.parametrize(
    ("query", "notice"),
    [
        ("arrival_rate=41", "arrival_rate='41' is not allowed (allowed: 0.5 to 40 requests/s)"),
        ("arrival_rate=", "arrival_rate='' is not allowed"),
        ("arrival_rate=nan", "the default 12.0 is used"),
        ("arrival_rate=inf", "the default 12.0 is used"),
        ("arrival_rate=%3Cscript%3E", "arrival_rate='<script>' is not allowed"),
        ("degree=2.5", "(allowed: 1 to 8); the default 1 is used"),
        ("replicas=3", "(allowed: 1, 2); the default 1 is used"),
        ("policy=Static", "(allowed: static, continuous, a&b=c +); the default static"),
        ("paged=maybe", "(allowed: true or false); the default false"),
        (
            "rate=1",
            "unknown key 'rate', which is ignored; known: track, part, embed, view, theme, assign",
        ),
    ],
)
def test_a_bad_setting_is_said_with_what_is_allowed_and_its_default(query, notice):
    read = read_settings(query, PART)
    assert read.values == PART.start()
    assert len(read.notices) == 1
    assert notice in say(read.notices[0])


@pytest.mark.parametrize(
    ("query", "notice"),
    [
        ("track=moon", "track='moon' is not allowed (allowed: cloud, edge); the default edge"),
        ("part=3", "part='3' is not allowed (allowed: 1, 2); the default 1"),
        ("part=one", "part='one'"),
        ("embed=yes", "embed='yes' is not allowed (allowed: 0, 1); the default 0"),
        ("view=all", "view='all' is not allowed (allowed: instrument, workbench, lock)"),
        ("theme=purple", "theme='purple' is not allowed (allowed: light, dark)"),
        ("part=1&part=2", "'part' more than once; the first value counts"),
        ("x" * (MAX_LENGTH + 1), "longer than 4,096 characters and is ignored"),
    ],
)
def test_a_bad_place_is_said_and_replaced_by_the_pages_own(query, notice):
    place = read_place(query, PARTS, "edge", 1)
    assert (place.track, place.part, place.embed) == ("edge", 1, False)
    assert len(place.notices) == 1
    assert notice in say(place.notices[0])


def test_keys_of_visitor_counters_are_passed_over_in_silence():
    query = "utm_source=mail&utm_medium=x&gclid=1&gclid=2&fbclid=3&degree=2"
    assert read_settings(query, PART).notices == ()
    assert read_place(query, PARTS, "cloud", 1).notices == ()
    assert read_settings(query, PART).values["degree"] == 2


def test_a_link_out_of_a_pages_source_and_a_padded_number_are_read_without_a_word():
    query = "part=02&amp;degree=2&amp;embed=1"
    place = read_place(query, PARTS, "cloud", 1)
    assert (place.part, place.embed, place.notices) == (2, True, ())
    read = read_settings(query, PART)
    assert (read.values["degree"], read.named, read.notices) == (2, {"degree"}, ())


def test_notices_stay_few_and_short():
    read = read_settings("&".join(f"{'k' * 60}{i}=1" for i in range(40)), PART)
    notices = [say(each) for each in read.notices]
    assert len(notices) == 1
    assert notices[0].startswith("The link has 40 keys that are unknown here, ")
    twice = "&".join(f"k{i}=1&k{i}=2" for i in range(40))
    notices = [say(each) for each in read_place(twice, PARTS, "cloud", 1).notices]
    assert len(notices) == 21
    assert notices[-1] == "20 more are not shown."
    assert all(len(each) < 300 for each in notices)


@pytest.mark.parametrize(
    "wrong", [{"speed": 1}, {"arrival_rate": 41.0}, {"replicas": 3}, {"shift": float("nan")}]
)
def test_a_link_is_not_written_for_settings_that_it_could_not_hold(wrong):
    with pytest.raises(MissionError):
        to_query(PART, wrong)


@pytest.mark.parametrize(
    "path",
    sorted(missions_root().glob("*/part_*.toml")),
    ids=lambda path: f"{path.parent.name}-{path.stem}",
)
def test_every_part_of_the_lab_has_a_link(path):
    track = path.parent.name
    part = load_part(track, int(path.stem.removeprefix("part_")))
    assert not {knob.key for knob in part.knobs} & set(PLACE_KEYS)
    query = to_query(part, part.start(), track)
    assert read_settings(query, part).values == part.start()
