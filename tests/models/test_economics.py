import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from labpy.models.economics import (
    cost_dominance,
    cost_per_million_tokens,
    cost_per_user_month,
    electricity_cost_usd,
    energy_per_token_j,
    owned_fleet,
)

money = st.floats(0, 1e9)


def test_the_textbooks_service_costs_nine_times_its_training_in_a_year():
    law = cost_dominance(1_000_000, 50, 0.001, 2e6)
    assert law.serving_per_year_usd == pytest.approx(18.25e6)
    assert law.crossover_years == pytest.approx(2 / 18.25)
    assert law.total_usd == pytest.approx(20.25e6)


@given(money, st.floats(0, 1e3), st.floats(0, 10), money, st.floats(0, 20))
def test_serving_overtakes_training_exactly_at_the_crossover(users, requests, cost, train, years):
    law = cost_dominance(users, requests, cost, train, years)
    assert 0.0 <= law.serving_share <= 1.0
    assert not math.isnan(law.crossover_years)
    if math.isfinite(law.crossover_years) and 1e-3 < law.crossover_years < 1e3:
        assert law.crossover_years * law.serving_per_year_usd == pytest.approx(train)
        assert (law.serving_total_usd >= train * (1 - 1e-9)) == (
            years >= law.crossover_years * (1 - 1e-9)
        )


def test_without_users_training_is_never_overtaken():
    assert cost_dominance(0, 50, 0.001, 2e6).crossover_years == math.inf


def test_a_million_tokens_at_one_a_second_take_278_hours():
    assert cost_per_million_tokens(1.0, 1.0) == pytest.approx(1e6 / 3600)
    assert cost_per_million_tokens(1.0, 1.0, 0.25) == pytest.approx(4e6 / 3600)
    assert cost_per_million_tokens(1.0, 0.0) == math.inf
    assert cost_per_million_tokens([1.0, 2.0], [[1.0], [2.0]]).shape == (2, 2)


def test_twice_the_users_halve_the_cost_of_each():
    alone, shared = cost_per_user_month(20.0, 50), cost_per_user_month(20.0, 100)
    assert alone == pytest.approx(2 * shared)
    assert shared == pytest.approx(146.0)
    assert cost_per_user_month(20.0, 100, 4.0) == pytest.approx(36.5)


def test_energy_and_its_price():
    assert energy_per_token_j(700.0, 350.0) == 2.0
    assert energy_per_token_j(700.0, 0.0) == math.inf
    assert electricity_cost_usd(1000.0, 1.0, 0.30) == pytest.approx(0.30)


def test_an_owned_fleet_splits_into_capital_and_operation():
    fleet = owned_fleet(2, 1000.0, 4.0, 100.0, 0.1, overhead=1.0, upkeep_per_year=0.1)
    assert fleet.capex_usd == 2000.0
    assert fleet.capex_per_year_usd == 500.0
    assert fleet.opex_per_year_usd == pytest.approx(2 * 0.1 * 8760 * 0.1 + 200)
    whole = (fleet.capex_per_year_usd + fleet.opex_per_year_usd) / 8760
    assert fleet.price_per_hour_usd == pytest.approx(whole)


@pytest.mark.parametrize(
    ("call", "name"),
    [
        (lambda: cost_per_million_tokens(-1, 1), "price_per_hour_usd"),
        (lambda: cost_per_million_tokens(1, np.nan), "output_tokens_per_s"),
        (lambda: cost_per_million_tokens(1, 1, 1.5), "utilization"),
        (lambda: cost_per_user_month(1, 0), "users"),
        (lambda: cost_per_user_month(1, 1, 0.5), "peak_to_mean"),
        (lambda: energy_per_token_j(math.inf, 1), "power_w"),
        (lambda: electricity_cost_usd(1, 1, 1, 0.9), "overhead"),
        (lambda: owned_fleet(1.5, 1, 1, 1, 1), "machines"),
        (lambda: owned_fleet(1, 1, 0, 1, 1), "lifetime_years"),
        (lambda: cost_dominance(1, 1, 1, -1), "training_usd"),
    ],
)
def test_a_wrong_argument_is_named(call, name):
    with pytest.raises(ValueError, match=name):
        call()
