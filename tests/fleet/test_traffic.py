"""Synthetic traffic has the statistics that it is asked for."""

import numpy as np
import pytest

from labpy.fleet import EXAMPLES, Synthetic, example


def test_rate_burstiness_and_lengths_are_those_asked_for():
    asked = Synthetic(8.0, 60_000, 2.0, 900, 0.6, 300, 1.0, seed=3)
    drawn = asked.draw()
    assert drawn.rate_per_s == pytest.approx(8.0, rel=0.03)
    assert drawn.gap_cv == pytest.approx(2.0, rel=0.03)
    for tokens, mean, cv in ((drawn.input_tokens, 900, 0.6), (drawn.output_tokens, 300, 1.0)):
        assert tokens.mean() == pytest.approx(mean, rel=0.03)
        assert tokens.std() / tokens.mean() == pytest.approx(cv, rel=0.05)


def test_no_variation_is_one_length_and_even_gaps():
    drawn = Synthetic(4.0, 100, 0.0, 512, 0.0, 64, 0.0).draw()
    np.testing.assert_allclose(np.diff(drawn.arrival_s), 0.25)
    assert set(drawn.input_tokens) == {512}


def test_a_day_swings_between_its_ends_and_its_noon():
    drawn = Synthetic(10.0, 40_000, day_swing=0.8).draw()
    per_hour, _ = np.histogram(drawn.arrival_s, 24, (0, 4000))
    mean = 40_000 / 24
    assert per_hour[0] == pytest.approx(0.2 * mean, rel=0.15)
    assert per_hour[12] == pytest.approx(1.8 * mean, rel=0.05)


def test_a_seed_gives_the_same_traffic_again():
    same = [Synthetic(seed=5).draw().fingerprint for _ in range(2)]
    assert same[0] == same[1] != Synthetic(seed=6).draw().fingerprint


@pytest.mark.parametrize("burstiness", [1.0, 2.5])
@pytest.mark.parametrize("most", [700, 5_000])
def test_thinning_keeps_rate_burstiness_and_lengths(burstiness, most):
    whole = Synthetic(8.0, 40_000, burstiness).draw()
    thin = whole.thinned(most)
    assert len(thin) == most
    within = 4 / most**0.5
    assert thin.rate_per_s == pytest.approx(whole.rate_per_s, rel=burstiness * within)
    assert thin.gap_cv == pytest.approx(burstiness, rel=2 * within)
    assert thin.input_tokens.mean() == pytest.approx(whole.input_tokens.mean(), rel=within)
    assert whole.thinned(50_000) is whole


def test_thinning_takes_from_all_hours():
    whole = Synthetic(10.0, 40_000, day_swing=0.9).draw()
    thin = whole.thinned(4_000)
    rates = [len(part) / (part[-1] - part[0]) for part in np.split(thin.arrival_s, 8)]
    assert max(rates) > 5 * min(rates)


def test_a_multiplier_changes_the_rate_alone():
    whole = Synthetic().draw()
    assert whole.faster(3.0).rate_per_s == pytest.approx(3 * whole.rate_per_s)
    with pytest.raises(ValueError, match="multiplier"):
        whole.faster(0.0)


def test_beginnings_are_shared_and_part_of_the_prompts():
    drawn = Synthetic(prefix_share=0.5, prefixes=7).draw()
    assert set(drawn.prefix_id) == set(range(7))
    assert (drawn.prefix_tokens <= drawn.input_tokens).all()


@pytest.mark.parametrize("key", EXAMPLES)
def test_an_example_has_the_published_quantiles(key):
    made, drawn = EXAMPLES[key], example(key, 20_000)
    assert drawn.rate_per_s == pytest.approx(made.rate_per_s, rel=0.1)
    for name in ("input", "output"):
        median, p90 = np.quantile(getattr(drawn, f"{name}_tokens"), [0.5, 0.9])
        assert median == pytest.approx(getattr(made, f"{name}_median"), rel=0.05)
        assert p90 == pytest.approx(getattr(made, f"{name}_p90"), rel=0.05)


@pytest.mark.parametrize("wrong", [{"rate_per_s": -1}, {"burstiness": -1}, {"day_swing": 2}])
def test_a_wrong_argument_is_named(wrong):
    with pytest.raises(ValueError, match=next(iter(wrong))):
        Synthetic(**wrong).draw()
