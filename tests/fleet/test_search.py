"""The search: what it ranks first meets the SLO, and nothing it tried is cheaper and meets it."""

from dataclasses import replace

import pytest

from labpy.fleet import Fleet, Slo, Synthetic, answer, search

BASE = Fleet("llama-3-8b", tensor_parallel_size=1, weight_dtype="bf16")
TRAFFIC = Synthetic(20.0, 600).draw()
SLO = Slo(0.5, 0.03)


@pytest.fixture(scope="module")
def steps():
    return list(search(BASE, TRAFFIC, SLO, 8))


def test_the_best_row_meets_the_slo_at_the_least_price(steps):
    rows = steps[-1].rows
    best = rows[0]
    assert best.meets
    assert all(row.price_per_hour_usd >= best.price_per_hour_usd for row in rows if row.meets)
    again = answer(best.fleet, TRAFFIC, SLO)
    assert again.metrics() == best.answer.metrics()


def test_one_replica_less_would_not_do(steps):
    best = steps[-1].rows[0].fleet
    if best.replicas > 1:
        fewer = answer(replace(best, replicas=best.replicas - 1), TRAFFIC, SLO)
        assert fewer.ttft_s[-1] > SLO.ttft_s or fewer.tpot_s[-1] > SLO.tpot_s


def test_it_tells_how_far_it_is_and_can_be_left():
    found = search(BASE, TRAFFIC, SLO, 8)
    first, second = next(found), next(found)
    assert first.done <= second.done <= 1
    assert second.total > 5
    found.close()


def test_no_fleet_exceeds_the_accelerators_or_the_budget():
    rows = list(search(BASE, TRAFFIC, SLO, 4, budget_per_hour_usd=9.0))[-1].rows
    assert rows
    assert all(row.fleet.accelerators <= 3 for row in rows)  # of $3 an hour each


def test_nothing_on_the_frontier_is_beaten(steps):
    rows, frontier = steps[-1].rows, steps[-1].frontier
    for kept in frontier:
        assert not any(
            row.price_per_hour_usd <= kept.price_per_hour_usd
            and row.answer.ttft_s[-1] < kept.answer.ttft_s[-1]
            for row in rows
        )


def test_a_hopeless_slo_finds_nothing_that_meets_it():
    rows = list(search(BASE, TRAFFIC, Slo(1e-4, 1e-5), 2))[-1].rows
    assert not any(row.meets for row in rows)
