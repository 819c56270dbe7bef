"""``open_loop`` against the simulator, with lengths that vary and prompts that take much time.

The whole grid: ``uv run python -m tools.open_loop_grid``.
"""

import numpy as np
import pytest

from tools.open_loop_grid import LENGTHS, UTILIZATIONS, VARIATIONS, point

BOUND = 0.15
# deployment, which of its lengths, variation, utilization
CASES = [
    ("8b-tp1", 4, 0.0, 0.7),
    ("8b-tp4", 0, 1.0, 0.8),
    ("8b-tp4", 1, 0.5, 0.9),
    ("8b-tp1", 2, 1.0, 0.6),
    ("70b-tp8", 3, 1.0, 0.7),
    ("70b-tp8", 1, 1.0, 0.5),
    ("70b-tp4", 3, 0.5, 0.7),
    ("70b-tp4", 2, 0.0, 0.6),
    ("70b-tp8", 4, 0.0, 0.7),
    ("32b-tp2", 4, 0.0, 0.6),
    ("32b-tp2", 2, 1.0, 0.8),
]


@pytest.mark.slow
@pytest.mark.parametrize(("name", "which", "cv", "utilization"), CASES)
def test_the_open_loop_is_within_its_error_of_the_simulator_or_says_not(
    name, which, cv, utilization
):
    found = point(name, *LENGTHS[name][which], cv, utilization, requests=60_000)
    assert not found.trusted or found.worst < BOUND, found


def test_at_most_a_quarter_of_the_grid_is_not_trusted():
    from labpy.models.serving import Deployment, capacity_requests_per_s, open_loop
    from tools.open_loop_grid import DEPLOYMENTS

    trusted = []
    for name, lengths in LENGTHS.items():
        deployment = Deployment(*DEPLOYMENTS[name])
        for pair in lengths:
            for cv in VARIATIONS:
                varied = {"input_cv": cv, "output_cv": cv}
                capacity = capacity_requests_per_s(deployment, *pair, **varied)
                rates = np.array(UTILIZATIONS) * capacity
                trusted.append(open_loop(deployment, rates, *pair, **varied).trusted)
    assert np.mean(trusted) >= 0.75
