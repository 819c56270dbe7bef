from dataclasses import replace

import numpy as np
import pytest
from bokeh.models import ColumnDataSource, Scatter, Span, VArea
from instrument_pictures import CASES, film

from labpy.instruments.figures.kv_cache_heatmap import KVCacheHeatmap
from labpy.instruments.pictures.kv_cache_heatmap import BlockState, sampled
from labpy.instruments.telling.kv_cache_heatmap import CACHE
from labpy.models.kv_cache.simulate import BLOCK_STATES
from labpy.words import say


@pytest.fixture
def heatmap():
    made = CASES["KVCacheHeatmap"].instrument()
    made.update(film(8))
    return made


def image(heatmap):
    sources = [m for m in heatmap.figure.references() if isinstance(m, ColumnDataSource)]
    return next(s for s in sources if "image" in s.data).data["image"][0]


def renderers(heatmap, kind):
    grid = [r for child in heatmap.figure.children for r in child.renderers]
    return [r for r in grid if isinstance(r.glyph, kind)]


def test_first_address_is_the_top_left_cell(heatmap):
    heatmap.show_frame(0)  # one block taken
    assert image(heatmap).tolist() == [[0, 0, 0, 0], [1, 0, 0, 0]]


def test_marks_stand_on_the_cells_of_their_state(heatmap):
    heatmap.show_frame(4)  # token, token, reserved, internal, external
    marks = {r.glyph.marker: r.data_source.data for r in renderers(heatmap, Scatter)}
    for marker, x, y in (("circle", 2.5, 1.5), ("x", 3.5, 1.5), ("dash", 0.5, 0.5)):
        assert (list(marks[marker]["x"]), list(marks[marker]["y"])) == ([x], [y])


def test_stepping_moves_the_cursor_to_the_frames_time(heatmap):
    for frame in (3, 7, 0):
        heatmap.show_frame(frame)
        cursor = next(m for m in heatmap.figure.references() if isinstance(m, Span))
        assert heatmap.frame == frame
        assert cursor.location == 0.5 * frame


def test_shares_of_the_strip_fill_it_and_the_top_is_one(heatmap):
    data = renderers(heatmap, VArea)[0].data_source.data
    assert np.allclose(data["to_FREE"], 1)
    assert np.allclose(sum(data[state.name] for state in BlockState), 1)


def test_areas_differ_by_hatch(heatmap):
    taken = [r.glyph.hatch_pattern for r in renderers(heatmap, VArea)][:-1]
    assert len(set(taken)) == len(taken) == 4


def test_table_counts_every_block_once():
    heatmap = CASES["KVCacheHeatmap"].instrument()
    picture = film(8)
    heatmap.update(picture)
    for frame in range(8):
        heatmap.show_frame(frame)
        counts = [int(row[1]) for row in heatmap.table(picture).as_facts()["rows"]]
        assert sum(counts) == 8
        assert counts[0] == sum(picture.codes[frame] == BlockState.TOKEN)


def test_sentence_is_of_the_frame_that_is_shown():
    heatmap = CASES["KVCacheHeatmap"].instrument()
    picture = film(8)
    heatmap.update(picture)
    heatmap.show_frame(3)
    said = say(heatmap.sentence(picture))
    assert "25% of the cache holds token states, 25% is taken or stranded and holds" in said
    assert "50% is free; 4 requests run and 6 wait, and the whole run has 3 preemptions" in said


def test_exact_shares_go_before_counted_cells():
    heatmap = CASES["KVCacheHeatmap"].instrument()
    exact = np.tile([0.3, 0.4, 0.1, 0.1, 0.1], (8, 1))
    picture = replace(film(8), fractions=exact)
    heatmap.update(picture)
    rows = heatmap.table(picture).as_facts()["rows"]
    assert [row[2] for row in rows] == ["40%", "10%", "10%", "10%", "30%"]
    assert rows[0][3] == "16.8 MB"  # 0.4 of eight cells of 5 242 880 bytes
    assert "40% of the cache holds token states" in say(heatmap.sentence(picture))


def test_states_are_those_of_the_model():
    words = [say(CACHE.of(state)).lower() for state in BlockState]
    names = [each.replace("token states", "token state").replace(" ", "_") for each in words]
    assert names == list(BLOCK_STATES)


def test_a_sample_takes_the_middle_of_each_span():
    codes = np.arange(12, dtype=np.uint8).reshape(1, 12)
    assert sampled(codes, 4).tolist() == [[1, 4, 7, 10]]
    assert sampled(codes, 12).tolist() == codes.tolist()
    with pytest.raises(ValueError, match="cells and blocks must be at least 1"):
        sampled(codes, 0)


def test_steps_are_frames(heatmap):
    assert heatmap.steps(film(8)) == 8
    heatmap.show_step(6)
    assert heatmap.frame == 6


def test_another_film_keeps_the_frame_where_it_can(heatmap):
    heatmap.show_frame(5)
    heatmap.update(film(8))
    assert heatmap.frame == 5
    heatmap.update(film(3))
    assert heatmap.frame == 2


@pytest.mark.parametrize("frame", [-1, 8])
def test_frame_that_does_not_exist_is_refused(heatmap, frame):
    with pytest.raises(ValueError, match="frames are 0 to 7"):
        heatmap.show_frame(frame)


def test_frame_before_a_film_is_refused():
    with pytest.raises(ValueError, match="no film is loaded"):
        KVCacheHeatmap(4, 2, 4.0).show_frame(0)


def test_film_of_another_size_is_refused():
    with pytest.raises(ValueError, match=r"codes must be of shape \(frames, 6\)"):
        KVCacheHeatmap(3, 2, 4.0).update(film(3))
