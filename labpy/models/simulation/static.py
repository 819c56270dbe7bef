"""Simulation of static batching: a batch is formed, and held until all of it is done."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from labpy.models import _checks
from labpy.models.serving.deployment import Deployment
from labpy.models.serving.lengths import lengths
from labpy.models.serving.static import Static
from labpy.models.simulation.queues import _ascending, serve_batches
from labpy.models.simulation.serving import ServingTrace


def simulate_static(
    deployment: Deployment,
    arrival_s: ArrayLike,
    input_tokens: int,
    output_tokens: int,
    max_batch: int = 32,
    batch_window_s: float = 0.0,
    request_overhead_s: float | None = None,
) -> ServingTrace:
    """Simulate static batching on one replica, with requests of one length.

    A free replica dispatches when ``max_batch`` requests wait, or the first of them has waited
    ``batch_window_s``. Arguments are those of ``simulate_serving``; ``slot`` is the place in the
    batch.
    """
    arrivals = _ascending(arrival_s)
    overhead = deployment.engine.request_overhead_s
    if request_overhead_s is not None:
        overhead = _checks.single_non_negative("request_overhead_s", request_overhead_s)
    replica = Static(
        deployment,
        lengths("input_tokens", _checks.single_count("input_tokens", input_tokens), 0.0),
        lengths("output_tokens", _checks.single_count("output_tokens", output_tokens), 0.0),
        _checks.single_count("max_batch", max_batch),
        _checks.single_non_negative("batch_window_s", batch_window_s),
    )
    trace = serve_batches(arrivals, replica.service_s, replica.window, 1)
    batch = trace.batch_size
    place = _places(batch.tolist())
    return ServingTrace(
        arrival_s=arrivals,
        start_s=trace.wait_s,
        ttft_s=trace.wait_s + replica.prefill_s[batch - 1] + overhead,
        tpot_s=replica.step_s[batch - 1],
        response_s=trace.response_s + overhead,
        slot=place,
        preemptions=np.zeros(len(arrivals), dtype=np.int64),
    )


def _places(sizes: list[int]) -> NDArray[np.int64]:
    """Place of each request in its batch; ``sizes`` has that of its batch for each.

    Those of a batch follow each other. Their times of dispatch may differ by rounding.
    """
    place = np.zeros(len(sizes), dtype=np.int64)
    first = 0
    while first < len(sizes):
        size = sizes[first]
        place[first : first + size] = np.arange(size)
        first += size
    return place
