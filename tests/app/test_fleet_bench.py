"""The open bench behind the seam: the library's figures, and whatever it is given."""

import json

import numpy as np
import pytest

from labpy.app.fleet import FleetLab
from labpy.app.page import Page
from labpy.fleet import Fleet, Slo, Synthetic, answer
from labpy.fleet.plan import SPLITS

NOW = "2026-01-01T00:00:00.000Z"


class Recorder(Page):
    def __init__(self):
        self.told = []

    def send(self, message):
        self.told.append(message)

    def last(self, kind, **wanted):
        for message in reversed(self.told):
            if message["kind"] == kind and all(message[k] == v for k, v in wanted.items()):
                return message
        raise AssertionError(f"nothing told: {kind} {wanted}")


def bench(query=""):
    page = Recorder()
    lab = FleetLab(page, query=query, track="fleet")
    lab.open(1)
    lab.show(1)
    finish(lab)
    return lab, page


def finish(lab):
    while lab.bench.rest():
        pass


def say_to(lab, do, **values):
    lab.receive({"kind": "fleet", "at": NOW, "do": do, "values": values})


def move(lab, state="first", **values):
    with lab.bench.moving():
        getattr(lab.bench, state).apply(values)
    finish(lab)


def feed(lab, data, piece=1 << 20, size=None, columns=""):
    data = data.encode() if isinstance(data, str) else data
    cuts = range(0, max(len(data), 1), piece)
    for start in cuts:
        last = start + piece >= len(data)
        lab.bench.take_trace(
            size or len(data), columns, data[start : start + piece], last, start == 0
        )
    finish(lab)


TRACE = "TIMESTAMP,ContextTokens,GeneratedTokens\n" + "".join(
    f"2023-11-16 18:{m:02d}:{s:02d},{200 + 7 * s},{20 + s}\n" for m in range(9) for s in range(60)
)


def test_the_bench_tells_what_the_library_says_bit_for_bit():
    lab, page = bench()
    told = page.last("fleet", state="ready")["told"]["metrics"][0]
    assert told == answer(Fleet(), Synthetic().draw(), Slo(1.0, 0.05)).metrics()
    move(lab, replicas=1, burstiness=2.0, rate_multiplier=1.5, max_batched_tokens=2048)
    told = page.last("fleet", state="ready")["told"]["metrics"][0]
    fleet = Fleet(replicas=1, max_batched_tokens=2048)
    assert told == answer(fleet, Synthetic(burstiness=2.0).draw().faster(1.5)).metrics()


def test_a_moving_dial_is_answered_by_formula_before_the_simulation():
    lab, page = bench()
    page.told.clear()
    with lab.bench.moving():
        lab.bench.first.apply({"replicas": 3})
    (told,) = page.told
    assert (told["state"], told["told"]["knobs"]["replicas"]) == ("running", "3")
    (estimate,) = told["told"]["estimates"]
    assert estimate["cost_per_hour"] == "$36.00"
    assert "at random" in told["told"]["trust"]
    assert "metrics" not in told["told"]
    finish(lab)
    assert page.last("fleet", state="ready")["told"]["estimates"] == [estimate]


def test_one_step_further_the_formulas_stand_ready(monkeypatch):
    lab, page = bench()
    move(lab, replicas=3)
    lab.bench.rest()
    monkeypatch.setattr("labpy.app.fleet.formulas.estimate", None)  # whoever asks now, fails
    for key, value in (("replicas", 4), ("replicas", 3), ("replicas", 2), ("rate_per_s", 5.5)):
        with lab.bench.moving():
            lab.bench.first.apply({"replicas": 3, "rate_per_s": 5.0} | {key: value})
        assert page.last("fleet", state="running")["told"]["estimates"]
    with pytest.raises(TypeError), lab.bench.moving():
        lab.bench.first.apply({"replicas": 9})


def test_of_two_fleets_and_of_a_trace_formulas_speak_too():
    lab, page = bench()
    feed(lab, TRACE)
    say_to(lab, "compare", on=True)
    page.told.clear()
    with lab.bench.moving():
        lab.bench.second.apply({"replicas_b": 4})
    first, second = page.last("fleet", state="running")["told"]["estimates"]
    assert first["ttft_p99_s"] != second["ttft_p99_s"]


def test_figures_have_tables_a_sentence_and_a_verdict():
    lab, page = bench()
    told = page.last("fleet", state="ready")["told"]
    assert told["verdicts"][0].startswith("Within both limits: P99 ")
    for name in ("course", "distribution"):
        table = told["tables"][name]
        assert {len(row) for row in table["rows"]} == {len(table["columns"])}
        assert "first token" in table["summary"]
    metrics = {row[0]: row[2] for row in told["rows"]}
    (median,) = (row[1] for row in told["tables"]["distribution"]["rows"] if row[0] == "50%")
    assert median == metrics["ttft_p50_s"]
    move(lab, slo_ttft=0.1)
    verdict = page.last("fleet", state="ready")["told"]["verdicts"][0]
    assert verdict.startswith("Over the limit of the first token: ")
    assert "(100 ms allowed)" in verdict


def test_a_fleet_that_can_not_be_says_why_and_the_last_answer_stays():
    lab, page = bench()
    before = page.last("fleet", state="ready")["told"]["metrics"]
    move(lab, tensor_parallel_size=1, weight_dtype="bf16")
    told = page.last("fleet", state="failed")["told"]
    assert "It would fit with" in told["refusal"]
    assert told["metrics"] == before


def test_two_fleets_stand_side_by_side_on_the_same_traffic():
    lab, page = bench()
    say_to(lab, "compare", on=True)
    finish(lab)
    first, second = page.last("fleet", state="ready")["told"]["metrics"]
    assert first == second  # the second begins as the first is
    move(lab, "second", replicas_b=1)
    told = page.last("fleet", state="ready")["told"]
    assert told["metrics"][1]["accelerators"] == 4
    assert told["difference"].startswith("Fleet A costs 2.0 times as much for a token as fleet B; ")
    assert all(len(row) == 4 for row in told["rows"])


def test_a_link_holds_all_of_it():
    lab, page = bench()
    say_to(lab, "compare", on=True)
    move(lab, "second", replicas_b=1, router_b="random")
    move(lab, rate_per_s=7.5, max_batch=64, prefix_caching=True)
    say_to(lab, "link")
    again, page_again = bench("?" + page.last("link")["query"])
    wanted = page.last("fleet", state="ready")["told"]
    assert page_again.last("fleet", state="ready")["told"]["metrics"] == wanted["metrics"]
    assert again.bench.compares


def test_a_link_with_nonsense_is_refused_dial_by_dial():
    _, page = bench("?replicas=900&rate_per_s=8&model=gpt-5")
    warned = [each["text"] for each in page.told if each["kind"] == "notice"]
    assert len(warned) == 2
    told = page.last("fleet", state="ready")["told"]["metrics"][0]
    assert told == answer(Fleet(), Synthetic(rate_per_s=8.0).draw()).metrics()


def test_a_trace_is_read_in_pieces_with_progress_and_replayed():
    lab, page = bench()
    feed(lab, TRACE, piece=4000)
    assert any(each.get("state") == "reading" for each in page.told)
    assert "Azure" in page.last("fleet", state="read")["told"]["trace"]
    assert "540 requests" in page.last("fleet", state="ready")["told"]["traffic"]
    say_to(lab, "link")
    query = "?" + page.last("link")["query"]
    again, page_again = bench(query)
    assert "choose the same file" in page_again.last("fleet", state="failed")["told"]["refusal"]
    feed(again, TRACE)
    wanted = page.last("fleet", state="ready")["told"]["metrics"]
    assert page_again.last("fleet", state="ready")["told"]["metrics"] == wanted


@pytest.mark.parametrize("data", [b"", b"\x89PNG\r\n", b"a,b\n1,2\n", TRACE[:60].encode()])
def test_a_hostile_trace_is_refused_and_the_last_answer_stays(data):
    lab, page = bench()
    before = page.last("fleet", state="ready")["told"]["metrics"]
    feed(lab, data)
    assert page.last("fleet", state="refused")["told"]["trace"]
    move(lab, replicas=2)
    assert page.last("fleet", state="ready")["told"]["metrics"] == before


def test_too_large_a_trace_is_refused_with_its_first_bytes():
    lab, page = bench()
    feed(lab, TRACE, size=200 * 2**20)
    assert "200 MiB" in page.last("fleet", state="refused")["told"]["trace"]


def test_one_s_own_model_is_pasted_and_travels_in_the_link():
    lab, page = bench()
    config = (
        '{"num_hidden_layers": 32, "hidden_size": 4096, "num_attention_heads": 32,'
        '"num_key_value_heads": 8, "intermediate_size": 14336, "vocab_size": 128256}'
    )
    say_to(lab, "config", text=config)
    finish(lab)
    mine = page.last("fleet", state="ready")["told"]["metrics"][0]
    assert mine == answer(Fleet("llama-3-8b"), Synthetic().draw()).metrics()
    say_to(lab, "link")
    _, page_again = bench("?" + page.last("link")["query"])
    assert page_again.last("fleet", state="ready")["told"]["metrics"][0] == mine
    say_to(lab, "config", text="no")
    assert "no JSON" in page.last("notice")["text"]


def test_a_search_tells_its_progress_can_be_stopped_and_opens_a_row():
    lab, page = bench("?model=llama-3-8b&requests=200&most_accelerators=4")
    say_to(lab, "search")
    for _ in range(4):
        assert lab.bench.rest()
    told = page.last("fleet", state="searched")["told"]["search"]
    assert told["running"]
    assert 0 < told["done"] < told["total"]
    say_to(lab, "stop")
    assert not lab.bench.rest()
    assert not page.last("fleet", state="searched")["told"]["search"]["running"]
    say_to(lab, "search")
    finish(lab)
    rows = page.last("fleet", state="searched")["told"]["search"]["rows"]
    assert rows[0]["meets"]
    say_to(lab, "open", row=0)
    finish(lab)
    opened = page.last("fleet", state="ready")["told"]["metrics"][0]
    assert opened["cost_per_hour"] == pytest.approx(rows[0]["price"])


def test_a_dial_that_repeats_its_value_stops_no_search_and_another_does():
    lab, page = bench("?model=llama-3-8b&requests=200&most_accelerators=2")
    say_to(lab, "search")
    assert lab.bench.rest()
    with lab.bench.moving():
        lab.bench.first.apply({"requests": 200})
    assert lab.bench.rest()
    assert page.last("fleet", state="searched")["told"]["search"]["running"]
    with lab.bench.moving():
        lab.bench.first.apply({"requests": 400})
    assert not page.last("fleet", state="searched")["told"]["search"]["running"]
    finish(lab)
    assert page.last("fleet")["state"] == "ready"


def test_every_placement_that_a_search_tries_is_one_that_the_dials_can_show():
    lab, _ = bench("?requests=200")
    dials = {knob.key: knob for knob in lab.bench.mission.knobs}
    assert set(SPLITS) == set(dials["tensor_parallel_size"].choices)
    assert set(SPLITS) == set(dials["pipeline_parallel_size"].choices)
    most = dials["most_accelerators"].high
    assert dials["replicas"].high >= most
    assert dials["prefill_replicas"].high >= most - 1


def test_every_figure_is_told_as_a_number_of_json():
    _, page = bench()
    json.dumps(page.last("fleet", state="ready"), allow_nan=False)
    figures = page.last("fleet", state="ready")["told"]["metrics"][0]
    assert np.isfinite(list(figures.values())).all()
