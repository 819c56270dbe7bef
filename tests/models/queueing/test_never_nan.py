import numpy as np
from hypothesis import example, given
from hypothesis import strategies as st

from labpy.models.queueing import batch_server, md1, mg1, mmc

RATES = st.floats(0, 1e12)
TIMES = st.floats(1e-12, 1e12)


def numbers(queue):
    yield from (
        queue.utilization,
        queue.wait_probability,
        queue.mean_wait_s,
        queue.mean_response_s,
        queue.mean_in_system,
    )
    for p in (0.0, 0.5, 0.99, 0.9999):
        yield from (queue.wait_quantile_s(p), queue.response_quantile_s(p))


@given(RATES, TIMES, st.integers(1, 64), st.floats(0, 25))
@example(999999999999.9999, 1e-12, 1, 0.0)  # the last utilization below 1
def test_finite_arguments_give_finite_or_infinite_times(rate, time, servers, scv):
    for queue in (mmc(rate, 1 / time, servers), md1(rate, time), mg1(rate, time, scv)):
        values = np.array([float(value) for value in numbers(queue)])
        assert not np.isnan(values).any()
        assert (values >= 0).all()


@given(RATES, TIMES, st.floats(0, 1e6), st.integers(1, 48), st.floats(0, 1e6))
@example(693789460845.0, 1e-12, 0.0, 2, 107734.0)  # more in a window than digits can tell
@example(834.0, 0.0078125, 0.0, 7, 1.0)  # a window that never opens at a free server
def test_finite_arguments_give_finite_or_infinite_times_of_batches(
    rate, fixed, per_request, size, window
):
    queue = batch_server(rate, fixed, per_request, size, window)
    values = np.array([float(value) for value in numbers(queue)])
    assert not np.isnan(values).any()
    assert (values >= 0).all()
