"""A figure in the teacher's notes is the models', by a reading, or it is computed here.

What may stand in digits: notation (P99, M/M/1), what the part's own questions say, and the short
list below, each with the law or the constant that it comes from.
"""

import re
from functools import cache

import pytest

from labpy.missions import load_part
from labpy.models.kv_cache import bytes_per_token
from labpy.models.network import gather_crossover_tokens
from labpy.models.power import NEURALAIDS_W, VOICE_ACTIVITY_W, Gateway
from labpy.models.registry import accelerator, language_model
from labpy.scenarios import scenario
from labpy.scenarios.frames import mesh
from labpy.words import load_book

BOOK = load_book("en")
FIGURE = re.compile(r"\d[\d,.]*\d|\d")
NOTATION = re.compile(
    r"P99\.9|P\d\d|M/[MDG]/[1c]|[Pp]arts? \d|1 − [ρp(]|1/\(1|1 \+ ρ|ρ = 1|ρ gets near 1"
    r"|NVLink \d|Wi-Fi \d|FP8|(TP|PP) = \d"
)
LOW, HIGH, CEILING = (
    0.45,
    0.9,
    0.8,
)  # the locks' loads, and the ceiling that the reflections ask for


def percent(share):
    return f"{100 * share:.0f}"


def mm1():
    """What the response of M/M/1 and a surge give at the loads that the texts name."""
    surge = CEILING * 1.1
    return {
        "low": percent(LOW),
        "idle at the low": percent(1 - LOW),
        "idle at the high": percent(1 - HIGH),
        "growth": f"{(1 - LOW) / (1 - HIGH):.1f}",
        "a surge of a tenth": percent(surge),
        "it is slower by": f"{(1 - CEILING) / (1 - surge):.1f}",
        "at the ceiling": f"{1 / (1 - CEILING):.0f}",
        "at the high load": f"{1 / (1 - HIGH):.0f}",
        "what a surge of half takes to the wall": percent(1 / 1.5),
        "what it takes to the high load": percent(HIGH / 1.5),
        "all": "100",
        "half": "50",
        "beyond the high load": "95",
    }


def llama():
    found = language_model("llama-3-70b")
    token = int(bytes_per_token(found))
    held = int(load_part("cloud", 3).fixed["lock_bytes"]) // token
    return {
        "keys and values, and the bytes of a number": "2",
        "layers": str(found.layers),
        "all-reduces": str(2 * found.layers),
        "kv heads": str(found.kv_heads),
        "query heads": str(found.heads),
        "numbers a head": str(found.head_dim),
        "bytes": f"{token:,.0f}",
        "tokens": f"{held:,.0f}",
    }


def gathering():
    tokens = gather_crossover_tokens(language_model("llama-3-70b"), weight_dtype="fp8")
    return {"from here on gathering sends less": f"{round(tokens, -3):,.0f}"}


def orin():
    fixed = load_part("edge", 2).fixed
    rates = [accelerator(each).ops_per_s("int8") for each in fixed["engines"]]
    hand_offs = 2 * fixed["layers"] * len(fixed["operations"])
    return {"saved at most": percent(1 - rates[0] / sum(rates)), "hand-offs": str(hand_offs)}


def air():
    channel, part = mesh(0.003), load_part("mobile", 1)
    message = channel.air_time_s(part.fixed["frame_bytes"] / part.fixed["regions"])
    assert 0.0001 < message < 0.0002
    return {
        "a message holds the channel less than": "0.2",
        "a stall": f"{1e3 * channel.alpha.stall.quantile_s(0.5):.0f}",
        "a start-up": f"{1e3 * (channel.alpha.base.shift_s + channel.alpha.base.median_s):.0f}",
    }


def crossings():
    part = load_part("mobile", 2)
    crossing, cut = part.fixed["crossing_kilobytes"], part.winning["cut"]
    mean = sum(crossing[cut:]) / len(crossing[cut:])
    return {"mean": f"{mean:.0f}"} | {
        name: f"{crossing[at]:.0f}" for name, at in (("cut", cut), ("before", cut - 1), ("late", 8))
    }


def ear():
    part, first = load_part("tiny", 2), load_part("tiny", 1)
    blocks, codec = part.fixed["stages"], first.fixed["payloads"]["lc3"]
    sums = part.fixed["exchanges_per_block"] * (len(blocks) - 1)
    saved = scenario(part).truth().sentence.values["saved"].value
    knob, gateway = first.knob("hearables"), Gateway()
    requests = first.winning["hearables"] * first.fixed["active_fraction"] / part.fixed["window_s"]
    open_w = scenario(first).evaluate({**first.winning, "batch_window": 0.0}).metrics
    spent_w = open_w["gateway_power_w"] - gateway.idle_w - requests * gateway.inference_j
    wakes = spent_w / gateway.batch_j
    return {
        "from": f"{knob.low:.0f}",
        "to": f"{knob.high:.0f}",
        "frame": f"{1e3 * codec['window_s']:.1f}",
        "the codec looks ahead": f"{1e3 * (codec['capture_s'] - codec['window_s']):.0f}",
        "up": str(blocks[0]["bytes"]),
        "down": str(part.fixed["mask_bytes"]),
        "a window of sound": f"{1e3 * part.fixed['window_s']:.0f}",
        "an interval": f"{part.winning['radio_interval']:.1f}",
        "sums at a tenth": f"{sums * 0.1:.1f}",
        "saved": f"{1e3 * saved:.1f}",
        "saved by a sum": f"{1e3 * saved / sums:.2f}",
        "published": f"{1e3 * NEURALAIDS_W:.1f}",
        "detector": f"{1e3 * VOICE_ACTIVITY_W:.2f}",
        "wake-ups a second without a window": f"{round(wakes, -2):,.0f}",
        "their power at a tenth": f"{wakes * gateway.batch_j / 10:.2f}",
    }


def rings():
    layers = load_part("tiny", 3).fixed["base_layers"]
    pasts = [2 * 2**layer for layer in range(layers)]
    return {"first": str(pasts[0]), "second": str(pasts[1]), "last": str(pasts[-1])}


ALLOWED = {
    "teach-cloud-part-1": (mm1,),
    "teach-cloud-part-2": (llama, gathering),
    "teach-cloud-part-3": (llama,),
    "teach-edge-part-1": (mm1,),
    "teach-edge-part-2": (orin,),
    "teach-mobile-part-1": (mm1, air),
    "teach-mobile-part-2": (air, crossings),
    "teach-mobile-part-3": (air, crossings),
    "teach-tiny-part-1": (ear,),
    "teach-tiny-part-2": (ear,),
    "teach-tiny-part-3": (ear, rings),
}


@cache
def allowed(prefix):
    return {text for law in ALLOWED.get(prefix, ()) for text in law().values()}


@cache
def asked(prefix):
    """Give the figures of a part's questions, which an answer may take up."""
    _, track, _, number = prefix.split("-")
    part = load_part(track, int(number))
    texts = [part.lock.question, part.reflection.question]
    texts += [part.defence.question] if part.defence else []
    return set(FIGURE.findall(" ".join(texts)))


def bare(key):
    """List the figures that a message writes out, notation aside."""
    text = "".join(each if isinstance(each, str) else "…" for each in BOOK.messages[key])
    return FIGURE.findall(NOTATION.sub("", text))


KEYS = [key for key in BOOK.messages if key.startswith("teach-")]


@pytest.mark.parametrize("prefix", sorted({key[: key.index("part-") + 6] for key in KEYS}))
def test_a_figure_in_digits_is_asked_about_or_comes_from_a_law(prefix):
    for key in (each for each in KEYS if each.startswith(f"{prefix}-")):
        odd = set(bare(key)) - asked(prefix) - allowed(prefix)
        assert not odd, f"{key} writes {odd}: take it from the models, by a reading"


def test_a_figure_that_nobody_computes_is_found(monkeypatch):
    sentence = ["It takes 47.3 ms at P99, in part 2."]
    monkeypatch.setitem(BOOK.messages, "teach-cloud-part-2-reason", sentence)
    assert bare("teach-cloud-part-2-reason") == ["47.3"]
    with pytest.raises(AssertionError, match=r"47\.3"):
        test_a_figure_in_digits_is_asked_about_or_comes_from_a_law("teach-cloud-part-2")


# A share of a limit that is written in words: what it is of the part's own data.
IN_WORDS = re.compile(
    r"\b(?:twice|half|quarter|\w+ times|(?:a|one) (?:third|fifth|tenth))\b"
    r"(?: of)? (?:the|its) (?:limit|deadline)\b"
)


def limit(track, number, key):
    return next(each.limit for each in load_part(track, number).targets if each.key == key)


def window_of_the_deadline():
    return load_part("edge", 1).winning["batch_window"] / 1e3 / limit("edge", 1, "loop")


def echo_of_the_limit(number):
    failures = load_part("tiny", number).failures
    heard = next(each.threshold for each in failures if each.key == "echo")
    return heard / limit("tiny", number, "echo")


SHARES = {
    ("teach-edge-part-3-defence-model", "quarter of the deadline"): (window_of_the_deadline, 0.25),
    ("teach-edge-part-3-defence-look-for-1", "quarter of the deadline"): (
        window_of_the_deadline,
        0.25,
    ),
    ("tiny-1-failure-echo.message", "twice the limit"): (lambda: echo_of_the_limit(1), 2),
    ("tiny-2-failure-echo.message", "twice the limit"): (lambda: echo_of_the_limit(2), 2),
}


def shares_in_words():
    for key, pieces in BOOK.messages.items():
        text = "".join(each if isinstance(each, str) else "…" for each in pieces)
        yield from ((key, found) for found in IN_WORDS.findall(text))


def test_a_share_of_a_limit_in_words_is_that_of_the_part_s_data():
    assert set(shares_in_words()) == set(SHARES)
    for (key, words), (share, said) in SHARES.items():
        assert share() == pytest.approx(said), (key, words)


def test_no_teacher_s_text_speaks_of_a_plan_that_they_never_saw():
    texts = [text for key in KEYS for text in BOOK.messages[key] if isinstance(text, str)]
    assert not [text for text in texts if re.search(r"\b(the|our) plan\b", text)]
