"""The plan's laws carry the chapter's numbers, and today's where there are any."""

import math

from labpy.scenarios.laws import first_token_and_pace, plan_laws, serving_cost_dominance
from labpy.words import say


def test_the_cost_law_has_the_chapters_numbers():
    told = say(serving_cost_dominance().numbers)
    assert "$18.25 million a year" in told
    assert "$2 million" in told
    assert "90% of the first year is serving" in told  # 18.25 / (18.25 + 2)
    assert "after 40.0 days" in told  # 2 / 18.25 of a year


def test_a_reply_is_its_first_token_and_its_pace():
    told = say(first_token_and_pace({"ttft_s": 0.5, "tpot_s": 0.02}).numbers)
    assert "500 ms + 255 × 20.0 ms = 5.60 s" in told


def test_overload_is_said_and_not_nan():
    told = say(first_token_and_pace({"ttft_p99_s": math.inf, "tpot_p99_s": math.inf}).numbers)
    assert "without end" in told
    assert "nan" not in told


def test_without_tokens_the_law_stands_without_todays_numbers():
    for law in plan_laws({"delay_s": 0.01}):
        assert "Today" not in say(law.numbers)
