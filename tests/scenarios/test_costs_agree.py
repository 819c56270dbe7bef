"""What the figure of a user's cost says, and the lights, are of one mind."""

import pytest

from labpy.instruments.pictures.cost_per_user import UserCost
from labpy.missions import all_missions
from labpy.scenarios import kept_scenario

PARTS = [part for _, parts in all_missions() for part in parts if "CostPerUser" in part.instruments]


@pytest.mark.parametrize("part", PARTS, ids=lambda part: f"{part.track}-{part.number}")
def test_a_pass_is_no_missed_challenge(part):
    outcome = kept_scenario(part).evaluate({**part.start(), **part.winning})
    assert all(outcome.lights(part).values())
    costs = [each for each in outcome.pictures.values() if isinstance(each, UserCost)]
    assert costs
    for each in costs:
        assert each.p99_held
        assert sum(each.now) <= each.limit
