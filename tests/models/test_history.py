"""Kept frames: held to a frame-by-frame run of each policy; reading held to its law."""

import math

import numpy as np
import pytest

from labpy.models.history import (
    POLICIES,
    kept_ages,
    map_bytes,
    maps_after,
    newest_age,
    shared_read_s,
)


def run(policy: str, maps: int, stride: int, frames: int) -> list[list[int]]:
    """Ages of the kept frames as each frame comes, the newest first, once the policy is full."""
    kept: list[int] = []
    seen = []
    for now in range(frames):
        seen.append([now - each for each in kept])
        if policy == "thinning":
            cascade = [*kept, *[-1] * (maps - len(kept))] if not kept else list(kept)
            for i in range(maps - 1, 0, -1):
                if now % 2**i == 0:
                    cascade[i] = cascade[i - 1]
            cascade[0] = now
            kept = cascade
        elif policy == "newest" or now % stride == 0:
            kept = [now, *kept][:maps]
    return seen


@pytest.mark.parametrize("policy", POLICIES)
def test_ages_are_the_least_that_a_run_of_the_policy_has(policy):
    maps, stride = 5, 3
    seen = np.array(run(policy, maps, stride, 400)[200:])
    assert kept_ages(policy, maps, stride).tolist() == seen.min(axis=0).tolist()
    assert newest_age(policy, stride) == seen[:, 0].max()


@pytest.mark.parametrize("policy", POLICIES)
def test_maps_fill_up_and_never_exceed_their_number(policy):
    held = maps_after(policy, 6, np.arange(200), 4)
    assert held[0] == 0
    assert held[1] == 1
    assert (np.diff(held) >= 0).all()
    assert held[-1] == 6


def test_the_reach_of_thinning_doubles_with_each_map():
    for maps in range(1, 12):
        assert kept_ages("thinning", maps + 1)[-1] == 2 * kept_ages("thinning", maps)[-1]


def test_reading_takes_its_time_alone_and_without_end_when_saturated():
    assert shared_read_s(1e6, 1e9, 0.0) == pytest.approx(1e-3)
    assert shared_read_s(1e6, 1e9, 0.75) == pytest.approx(4e-3)
    assert math.isinf(shared_read_s(1e6, 1e9, 1.0))


def test_bytes_of_a_map_follow_its_shape_and_type():
    assert map_bytes(2, 3, 5) == 30
    assert map_bytes(2, 3, 5, "fp16") == 60


@pytest.mark.parametrize(
    ("call", "named"),
    [
        (lambda: kept_ages("oldest", 3), "policy"),
        (lambda: kept_ages("newest", 0), "maps"),
        (lambda: newest_age("keyframes", 0), "stride"),
        (lambda: maps_after("newest", 2, -1), "frames"),
        (lambda: map_bytes(0, 1, 1), "rows"),
        (lambda: shared_read_s(1.0, 0.0, 0.5), "bandwidth_bytes_per_s"),
        (lambda: shared_read_s(1.0, 1.0, -0.5), "utilization"),
    ],
)
def test_a_bad_argument_is_named(call, named):
    with pytest.raises(ValueError, match=named):
        call()
