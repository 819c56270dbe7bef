import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from labpy.models import network, registry

KIB, MIB = 2**10, 2**20
LINKS = st.sampled_from(registry.keys("links"))
SIZES = st.floats(0, 1e12)


@pytest.mark.parametrize(
    ("size", "measured_s"),
    [(64 * KIB, 18.7e-6), (MIB, 25.4e-6), (32 * MIB, 200e-6), (512 * MIB, 2111e-6)],
)
def test_all_reduce_on_eight_h100_meets_nccl(size, measured_s):
    assert network.all_reduce_s(size, 8, "nvlink4") == pytest.approx(measured_s, rel=0.03)


@pytest.mark.parametrize(
    ("size", "measured_s"), [(64 * KIB, 6.4e-6), (MIB, 15.0e-6), (32 * MIB, 178e-6)]
)
def test_custom_kernels_on_eight_h100_meet_vllms(size, measured_s):
    custom = network.all_reduce_s(size, 8, "nvlink4", custom_kernels=True)
    assert custom == pytest.approx(measured_s, rel=0.03)


@pytest.mark.parametrize("custom_kernels", [False, True])
@pytest.mark.parametrize("link", registry.keys("links"))
def test_one_byte_more_never_costs_a_jump(link, custom_kernels):
    size = np.geomspace(1 * KIB, 512 * MIB, 4001)
    times = network.all_reduce_s(size, 8, link, custom_kernels=custom_kernels)
    assert (np.diff(np.log(times)) <= np.diff(np.log(size)) * (1 + 1e-6)).all()


@given(SIZES, st.integers(2, 8), st.integers(2, 8))
def test_a_sum_over_nodes_takes_longer_than_within_one_of_as_many(size, node, nodes):
    over = network.all_reduce_between_nodes_s(size, node, nodes, "nvlink4", "infiniband-ndr", True)
    assert over > network.all_reduce_s(size, node, "nvlink4", custom_kernels=True)
    assert over > network.all_reduce_s(size / node, nodes, "infiniband-ndr")


@given(LINKS, SIZES, st.floats(1, 1e9), st.integers(2, 64))
def test_more_bytes_never_arrive_sooner(link, size, more, participants):
    for time in (network.all_reduce_s, network.all_gather_s, network.reduce_scatter_s):
        assert time(size + more, participants, link) >= time(size, participants, link)
    assert network.point_to_point_s(size + more, link) >= network.point_to_point_s(size, link)


@given(LINKS, SIZES, st.integers(1, 64))
def test_all_reduce_sends_twice_what_a_gather_sends(link, size, participants):
    alpha = registry.link(link).alpha_s
    twice = 2 * network.all_gather_s(size, participants, link, alpha)
    assert network.all_reduce_s(size, participants, link, alpha) <= twice * (1 + 1e-12)


@given(LINKS, SIZES)
def test_one_device_has_nothing_to_send(link, size):
    assert network.all_reduce_s(size, 1, link) == 0
    assert network.all_reduce_s(size, 1, link, alpha_s=3e-6) == 0


def test_alpha_is_a_control():
    slow = network.all_reduce_s(KIB, 8, "nvlink4", alpha_s=40e-6)
    quick = network.all_reduce_s(KIB, 8, "nvlink4", alpha_s=3e-6)
    assert slow - quick == pytest.approx(37e-6)


def test_volumes_cross_at_the_crossover():
    model = registry.language_model("llama-3-70b")
    tokens = network.gather_crossover_tokens(model)
    stationary = network.weight_stationary_bytes(model, tokens, 8)
    assert stationary == pytest.approx(network.weight_gathered_bytes(model, 8))
    assert network.weight_stationary_bytes(model, 2 * tokens, 8) > stationary
    assert tokens == pytest.approx(26112, rel=1e-9)


def test_arguments_broadcast():
    assert network.all_reduce_s(np.ones((3, 1)), [2, 4], "nvlink4").shape == (3, 2)


@pytest.mark.parametrize("bad", [-1, float("nan"), float("inf")])
def test_a_bad_size_is_named(bad):
    with pytest.raises(ValueError, match="size_bytes"):
        network.all_reduce_s(bad, 8, "nvlink4")
    with pytest.raises(ValueError, match="participants"):
        network.all_reduce_s(1, 2.5, "nvlink4")
