import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from labpy.models.streaming import temporal_memory


def test_known_answer_of_a_birds_eye_grid():
    plan = temporal_memory(1, 1.0, 4, 1e9, rows=200, columns=200, channels=256)
    assert plan.map_bytes == 200 * 200 * 256 * 2
    assert plan.total_bytes == 4 * plan.map_bytes
    assert plan.read_bytes_per_s == 4 * plan.total_bytes


@given(
    st.integers(1, 12),
    st.floats(0, 3),
    st.integers(1, 120),
    st.floats(0, 64e9),
    st.integers(1, 10),
)
def test_max_streams_and_max_frames_are_the_last_that_fit(streams, history, rate, budget, step):
    plan = temporal_memory(streams, history, rate, budget, keep_every=step)
    assert plan.fits == (plan.total_bytes <= budget)
    if plan.frames_kept:
        assert plan.fits == (streams <= plan.max_streams)
        assert plan.fits == (plan.frames_kept <= plan.max_frames)


@given(st.floats(0.1, 3), st.integers(1, 120), st.integers(1, 10))
def test_keyframes_keep_the_span_in_a_share_of_the_memory(history, rate, step):
    dense = temporal_memory(4, history, rate, 8e9)
    sparse = temporal_memory(4, history, rate, 8e9, keep_every=step)
    assert sparse.frames_kept * step >= dense.frames_kept
    assert (sparse.frames_kept - 1) * step < dense.frames_kept
    assert sparse.read_bytes_per_s <= dense.read_bytes_per_s


def test_no_history_takes_no_memory():
    plan = temporal_memory([1, 8], 0.0, 30, 0.0)
    assert plan.total_bytes.tolist() == [0, 0]
    assert plan.fits.all()


def test_arguments_broadcast():
    plan = temporal_memory(np.ones((3, 1)), 1.0, [10, 20], 8e9)
    assert plan.total_bytes.shape == plan.max_streams.shape == (3, 2)


@pytest.mark.parametrize(
    ("name", "changes"),
    [
        ("streams", {"streams": 0}),
        ("history_s", {"history_s": -1}),
        ("frame_rate", {"frame_rate": 0}),
        ("budget_bytes", {"budget_bytes": float("nan")}),
        ("channels", {"channels": 2.5}),
        ("keep_every", {"keep_every": 0}),
        ("dtype", {"dtype": "fp64"}),
    ],
)
def test_a_bad_argument_is_named(name, changes):
    good = {"streams": 1, "history_s": 1.0, "frame_rate": 30, "budget_bytes": 8e9}
    with pytest.raises(ValueError, match=name):
        temporal_memory(**(good | changes))
