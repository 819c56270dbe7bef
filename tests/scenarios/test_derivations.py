"""What the Math Peek derives is what the models compute, with the reader's own numbers."""

import pytest

from labpy.missions import load_part
from labpy.models.registry import language_model
from labpy.scenarios import derivations, scenario
from labpy.words import amounts, say


def test_a_token_of_a_model_takes_what_its_shape_says():
    told = say(derivations.kv_bytes(language_model("llama-3-70b"), "bf16").numbers)
    assert "(2) × 80 layers × 8 KV heads × 128 numbers × 2 bytes = 328 kB" in told  # 327,680


@pytest.mark.parametrize("drafts", [0, 2, 4])
def test_a_round_brings_the_sum_of_the_powers_of_the_acceptance(drafts):
    told = say(derivations.tokens_a_round(0.5, drafts).numbers)
    whole = sum(0.5**i for i in range(drafts + 1))
    assert say(amounts.average(whole)) in told
    assert say(amounts.average(whole + 0.5 ** (drafts + 1))) in told


def test_a_million_tokens_cost_the_hours_that_they_take():
    told = say(derivations.million_tokens(24.0, 2500.0, 0.8).numbers)
    assert "7.20 million tokens an hour" in told  # 2,500 × 0.8 × 3,600
    assert "$3.33" in told
    assert "no price" in say(derivations.million_tokens(24.0, 0.0, 0.8).numbers)


def test_a_parts_own_figures_stand_in_its_derivations():
    words = {("cloud", 3): "KV heads", ("mobile", 3): "KV heads"}
    for (track, number), word in words.items():
        part = load_part(track, number)
        made = scenario(part)
        memory, drafts = made.derived(part.winning, made.evaluate(part.winning))
        assert word in say(memory.numbers)
        assert f"k = {part.winning['draft_tokens']} drafts" in say(drafts.numbers)
    part = load_part("cloud", 2)
    made = scenario(part)
    outcome = made.evaluate(part.winning)
    (cost,) = made.derived(part.winning, outcome)
    price = amounts.money(outcome.metrics["cost_per_million_usd"])
    assert say(cost.numbers).endswith(say(price))


def test_the_knee_is_where_the_curve_has_it():
    part = load_part("cloud", 1)
    made = scenario(part)
    outcome = made.evaluate({**part.start(), **part.winning})
    (knee,) = made.derived(part.winning, outcome)
    curve = outcome.pictures[part.instruments[0]].curve
    assert say(amounts.requests_per_s(curve.knee_rate)) in say(knee.numbers)
    assert say(amounts.share(curve.knee_rate / curve.capacity)) in say(knee.numbers)
